"""The pages of concerns: from a tap to an answer, with and without an account; and what nobody learns from them."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import world
from tests.safety.concerned import called, fresh, lead, on_duty, raised

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind, Stage
from hearthside.groups.models import Group
from hearthside.safety.actions import concerns as actions
from hearthside.safety.enums import ConcernState, Done, Lane
from hearthside.safety.models import Concern
from hearthside.safety.queries.concerns import link_of

pytestmark = pytest.mark.django_db


def page(client: Client, path: str, expected: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == expected, path
    return answer.content.decode()


def asked(kind: str, key: object) -> str:
    return f"?about={kind}&key={key}"


def send(client: Client, lane: Lane, query: str = "", words: str = "It was not right.") -> str:
    """Fills in the form as it stands on the page; where it leads."""
    path = reverse("concern_raise", args=[lane]) + query
    once = re.search(r'name="once" value="([^"]+)"', page(client, path))
    assert once is not None
    answer = client.post(path, {"words": words, "once": once[1]})
    assert answer.status_code == 302
    return answer.headers["Location"]


def at(name: str, concern: Concern) -> str:
    return reverse(name, args=[concern.pk])


def test_the_link_stands_on_the_pages_of_groups_meetings_and_under_every_page() -> None:
    group = world.group()
    meeting = world.meeting(group)
    client = world.browser(world.member(group))
    new = reverse("concern_new")
    assert f'href="{new}"' in page(client, reverse("privacy"))
    assert f"{new}?about=group&amp;key={group.pk}" in page(client, group.get_absolute_url())
    assert f"{new}?about=meeting&amp;key={meeting.pk}" in page(client, meeting.get_absolute_url())


def test_the_lane_is_asked_first_with_lines_above_and_the_truth_about_who_is_there() -> None:
    client, group = world.browser(), world.group("Living with a stoma")
    query = asked("group", group.pk)
    text = page(client, reverse("concern_new") + query)
    assert "Nobody is here right now, and nobody else can take this on." in text
    assert text.index("People you can reach right now") < text.index(
        "Somebody may be in danger now"
    )
    assert "Living with a stoma" in text
    assert f"{reverse('concern_raise', args=['now'])}?about=group&amp;key={group.pk}" in text
    lead()
    assert "We write to the people who look after safety at once." in page(
        client, reverse("concern_new")
    )
    on_duty(), on_duty()
    text = page(client, reverse("concern_raise", args=["now"]))
    assert "2 people are on duty now." in text
    assert "too few calls so far" in text
    assert text.index("2 people are on duty now.") < text.index("<textarea")


def test_whoever_it_is_about_is_not_counted_as_being_there() -> None:
    group = world.group()
    on_duty(world.role(RoleKind.FACILITATOR, group=group))
    text = page(world.browser(), reverse("concern_new") + asked("group", group.pk))
    assert "Nobody is here right now" in text
    assert "1 person is on duty now." in page(world.browser(), reverse("concern_new"))


def test_the_figures_shown_are_those_of_real_calls() -> None:
    kim, now = on_duty(), timezone.now() - timedelta(hours=2)
    for index in range(10):
        concern = called(world.person(), now=now)
        actions.acknowledge(concern=concern, by=kim, now=now + timedelta(minutes=index + 1))
    text = page(world.browser(), reverse("concern_new"))
    assert "Half of the calls were answered within 5 minutes." in text
    assert "9 of 10 within 9 minutes." in text


def test_a_member_raises_one_reads_how_far_it_is_and_asks_for_a_second_look() -> None:
    group = world.group("Living with a stoma")
    facilitator = world.role(RoleKind.FACILITATOR, group=group)
    safety, operator, robin = lead(), world.role(RoleKind.OPERATOR), world.member(group)
    mine, theirs = world.browser(robin), world.browser(safety)
    path = send(mine, Lane.TELL, asked("group", group.pk), "He <b>shouted</b>.")
    concern = Concern.objects.get()
    assert path == at("concern", concern)
    assert {party.person for party in concern.parties.all()} == {facilitator}
    text = page(mine, path)
    assert "He &lt;b&gt;shouted&lt;/b&gt;." in text
    assert "answers you here within two days" in text

    assert "Living with a stoma" in page(theirs, reverse("safety_desk"))
    assert str(robin) in page(theirs, path)
    assert "Seen by a person" in page(mine, path)
    theirs.post(at("concern_words", concern), {"words": "When was that?"})
    assert "When was that?" in page(mine, path)
    mine.post(at("concern_words", concern), {"words": "On Tuesday."})
    assert "On Tuesday." in page(theirs, path)
    told = {"done": Done.SPOKE, "words": "We spoke with them."}
    assert theirs.post(at("concern_answer", concern), told).status_code == 302
    text = page(mine, path)
    assert "We spoke with the people it is about." in text
    assert "We spoke with them." in text
    assert str(safety) not in text

    assert mine.post(at("concern_appeal", concern), {"words": "It goes on."}).status_code == 302
    assert "Somebody who has not answered before does that." in page(theirs, path)
    assert theirs.post(at("concern_answer", concern), told).status_code == 422
    judge = world.browser(operator)
    assert "It goes on." in page(judge, path)
    judge.post(at("concern_answer", concern), {"done": Done.CHANGED, "words": "You are right."})
    assert "You are right." in page(mine, path)
    assert "Ask for a second look" not in page(mine, path)


def test_somebody_without_an_account_reads_the_answer_by_a_private_address_and_nobody_else_does() -> (
    None
):
    group, safety, visitor = world.group(), lead(), world.browser()
    path = send(visitor, Lane.TELL, asked("group", group.pk))
    concern = Concern.objects.get()
    assert concern.is_by_visitor
    text = page(visitor, path)
    assert "Keep this address" in text
    assert path in text
    assert "no-store" in visitor.get(path).headers["Cache-Control"]
    visitor.post(f"{path}words/", {"words": "And it was twice."})
    theirs = world.browser(safety)
    assert "And it was twice." in page(theirs, at("concern", concern))
    theirs.post(at("concern_answer", concern), {"done": Done.WATCH, "words": "We look."})
    assert "We look." in page(visitor, path)
    visitor.post(f"{path}appeal/", {"words": "Not enough."})
    assert fresh(concern).state == ConcernState.APPEALED
    for guess in (path[:-3] + "aaa", reverse("concern_linked", args=[concern.pk.hex])):
        page(visitor, guess if guess.endswith("/") else guess + "/", expected=404)
    # The plain address asks strangers to sign in, and tells those who did nothing.
    assert visitor.get(at("concern", concern)).status_code == 302
    page(world.browser(world.person()), at("concern", concern), expected=404)


def test_no_private_address_opens_a_concern_of_somebody_with_an_account() -> None:
    concern = raised(world.person())
    page(world.browser(), reverse("concern_linked", args=[link_of(concern)]), expected=404)


def test_who_may_not_know_a_thing_cannot_raise_a_concern_about_it_or_learn_its_name() -> None:
    draft = world.group("A hidden one", stage=Stage.DRAFT)
    meeting, stranger = world.meeting(draft), world.person("somebody-else")
    paused = world.group("A paused one", stage=Stage.PAUSED)
    for who in (None, world.person()):
        client = world.browser(who)
        for kind, key in (
            ("group", draft.pk),
            ("group", paused.pk),
            ("group", uuid4()),
            ("group", "no-key"),
            ("meeting", meeting.pk),
            ("person", stranger.pk),
            ("message", uuid4()),
            ("thing", uuid4()),
        ):
            for path in (reverse("concern_new"), reverse("concern_raise", args=["now"])):
                page(client, path + asked(kind, key), expected=404)
                told = {"words": "x", "once": str(uuid4())}
                assert client.post(path + asked(kind, key), told).status_code in (404, 405)
    assert not Concern.objects.exists()
    member = world.browser(world.member(paused))
    assert "A paused one" in page(member, reverse("concern_new") + asked("group", paused.pk))


def test_a_person_can_be_named_by_those_who_know_them_from_a_group_only() -> None:
    group = world.group()
    robin, wren = world.member(group), world.member(group)
    query = asked("person", wren.pk)
    assert str(wren) in page(world.browser(robin), reverse("concern_new") + query)
    page(world.browser(world.member(world.group())), reverse("concern_new") + query, expected=404)
    page(world.browser(wren), reverse("concern_new") + query, expected=404)
    send(world.browser(robin), Lane.TELL, query)
    assert [party.person for party in Concern.objects.get().parties.all()] == [wren]


def everybody_else(group: Group) -> list[Person]:
    return [
        world.person(),
        world.member(group),
        world.role(RoleKind.COORDINATOR, site=group.site),
        world.role(RoleKind.OPERATOR),
        on_duty(),
    ]


def test_nobody_else_finds_a_concern_not_even_by_its_address() -> None:
    group = world.group()
    shut = lead(world.role(RoleKind.FACILITATOR, group=group))
    lead()
    send(world.browser(world.member(group)), Lane.TELL, asked("group", group.pk))
    concern = Concern.objects.get()
    for who in [shut, *everybody_else(group)]:
        client = world.browser(who)
        page(client, at("concern", concern), expected=404)
        for name in ("concern_here", "concern_words", "concern_answer", "concern_appeal"):
            told = {"words": "x", "done": Done.NOTHING}
            assert client.post(at(name, concern), told).status_code == 404, name
        desk = client.get(reverse("safety_desk"))
        assert desk.status_code in (200, 404)
        assert str(concern.pk) not in desk.content.decode()
        assert str(concern.pk) not in page(client, reverse("concerns"))
    assert fresh(concern).state == ConcernState.RECEIVED


def test_whoever_raised_it_cannot_answer_it_and_whoever_answers_cannot_appeal() -> None:
    safety, robin = lead(), lead()
    concern = raised(robin)
    mine, theirs = world.browser(robin), world.browser(safety)
    told = {"words": "All well.", "done": Done.NOTHING}
    assert mine.post(at("concern_answer", concern), told).status_code == 404
    assert mine.post(at("concern_here", concern)).status_code == 404
    theirs.post(at("concern_answer", concern), told)
    assert theirs.post(at("concern_appeal", concern), told).status_code == 404
    assert fresh(concern).state == ConcernState.CLOSED


def test_to_open_a_call_is_not_to_be_there_and_a_tap_is() -> None:
    kim, robin = on_duty(), world.person()
    concern = called(robin, now=timezone.now())
    theirs, mine = world.browser(kim), world.browser(robin)
    assert "Somebody waits for a person" in page(theirs, at("concern", concern))
    assert fresh(concern).state == ConcernState.RECEIVED
    assert "We are calling somebody." in page(mine, at("concern", concern))
    theirs.post(at("concern_here", concern))
    news = mine.get(at("concern", concern), headers={"HX-Request": "true"}).content.decode()
    assert "A person is there" in news
    assert "<html" not in news
    second = world.browser(on_duty())
    answer = second.post(at("concern_here", concern), follow=True)
    assert "Somebody else is on it already." in answer.content.decode()


def test_whoever_was_called_reads_nothing_more_once_their_role_has_ended() -> None:
    kim = on_duty()
    concern = called(world.person())
    assert str(concern.pk) in page(world.browser(kim), reverse("safety_desk"))
    kim.roles.update(until_at=timezone.now())
    client = world.browser(kim)
    page(client, at("concern", concern), expected=404)
    page(client, reverse("safety_desk"), expected=404)
