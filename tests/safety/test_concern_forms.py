"""What a person typed about a concern is never lost, and pages cost the same for one and for many."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import world
from tests.groups.counting import own_queries
from tests.safety.concerned import about, called, lead, raised
from tests.safety.test_concern_pages import at, page

from hearthside.safety.actions import concerns as actions
from hearthside.safety.enums import Done

pytestmark = pytest.mark.django_db


def test_words_that_are_not_accepted_stand_in_the_form_again() -> None:
    client, safety = world.browser(world.person()), world.browser(lead())
    path = reverse("concern_raise", args=["tell"])
    answer = client.post(path, {"words": "x" * 2001 + "kept", "once": str(uuid4())})
    assert answer.status_code == 422
    assert "xkept" in answer.content.decode()
    assert client.post(path, {"words": " ", "once": str(uuid4())}).status_code == 422
    concern = raised(world.person())
    answer = safety.post(at("concern_answer", concern), {"words": "Half an answer"})
    assert answer.status_code == 422
    assert "Half an answer" in answer.content.decode()
    assert client.post(reverse("concern_raise", args=["now"]), {"once": str(uuid4())}).status_code == 302  # fmt: skip


def test_no_two_fields_of_a_page_have_the_same_id() -> None:
    concern, safety = raised(world.person()), lead()
    ids = re.findall(r' id="([^"]+)"', page(world.browser(safety), at("concern", concern)))
    assert "id_answer_words" in ids
    assert len(ids) == len(set(ids))


def test_too_many_concerns_are_refused_in_words_and_the_words_stay() -> None:
    robin = world.person()
    for _ in range(actions.CONCERNS_AN_HOUR):
        raised(robin, now=timezone.now())
    told = {"words": "One more thing.", "once": str(uuid4())}
    answer = world.browser(robin).post(reverse("concern_raise", args=["tell"]), told)
    assert answer.status_code == 422
    assert "Please try again in an hour." in answer.content.decode()
    assert "One more thing." in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_and_ones_own_list_cost_the_same_for_one_and_for_many(count: int) -> None:
    safety, robin = lead(), world.person()
    for _ in range(count):
        raised(robin, subject=about(world.person()))
        actions.close(
            concern=called(robin), done=Done.HELP, words="Yes.", by=safety, now=timezone.now()
        )
    assert own_queries(world.browser(safety), reverse("safety_desk")) == 19
    assert own_queries(world.browser(robin), reverse("concerns")) == 2
