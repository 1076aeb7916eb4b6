"""The pages of the rota and of the desk: who reaches them, what they say, and what a form does twice."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import world
from tests.meetings.people import reachable
from tests.safety.concerned import called, lead, on_duty

from hearthside.accounts.models import Person
from hearthside.accounts.ports import holders
from hearthside.groups.enums import RoleKind
from hearthside.safety.models import DutyRules, Shift, Swap
from hearthside.safety.queries.duty import minutes_to_answer

pytestmark = pytest.mark.django_db

SHIFT = {"days": "1", "begins": "18:00", "ends": "22:00", "zone": "Europe/London"}


def rota() -> str:
    return reverse("duty_rota")


def text_for(who: Person, path: str) -> str:
    return world.browser(who).get(path).content.decode()


def test_a_safety_lead_adds_a_shift_and_is_told_whom_no_letter_can_reach() -> None:
    client, kim = world.browser(lead()), world.role(RoleKind.EVALUATOR, world.person("grey-heron"))
    page = client.post(rota(), {"person": "Grey-Heron", **SHIFT}, follow=True).content.decode()
    assert Shift.objects.get().person == kim
    assert "We cannot write to grey-heron" in page
    client.post(rota(), {"person": "grey-heron", **SHIFT, "days": ["1", "2", "5"]})
    assert sorted(Shift.objects.values_list("weekday", flat=True)) == [1, 2, 5]


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed() -> None:
    client = world.browser(lead())
    world.person("no-role")
    for name, words in (
        ("no-role", "They need a role here first"),
        ("nobody", "Nobody here goes by"),
    ):
        answer = client.post(rota(), {"person": name, **SHIFT})
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert f'value="{name}"' in answer.content.decode()
    assert not Shift.objects.exists()


def test_strangers_find_no_rota_and_whoever_is_on_it_changes_nothing_of_others() -> None:
    kim, other = on_duty(), on_duty()
    shift = Shift.objects.filter(person=other).first()
    assert shift is not None
    day = {"day": (timezone.now() + timedelta(days=1)).date().isoformat()}
    named = [("duty_shift_end", [shift.pk]), ("duty_free", [shift.pk]), ("duty_minutes", [])]
    for who in (world.person(), world.role(RoleKind.FACILITATOR, group=world.group())):
        client = world.browser(who)
        assert client.get(rota()).status_code == 404
        assert client.get(reverse("safety_desk")).status_code == 404
        for name, key in [*named, ("duty_take", [shift.pk]), ("duty_days_off", [])]:
            assert client.post(reverse(name, args=key), day).status_code == 404, name
    mine = world.browser(kim)
    assert mine.get(rota()).status_code == 200
    assert mine.post(rota(), {"person": str(kim), **SHIFT}).status_code == 404
    for name, key in named:
        assert mine.post(reverse(name, args=key), day).status_code == 404, name
    shift.refresh_from_db()
    assert shift.until_at is None
    assert not Swap.objects.exists()


def test_the_time_to_answer_is_set_within_bounds() -> None:
    client = world.browser(lead())
    assert client.post(reverse("duty_minutes"), {"minutes_to_answer": "1"}).status_code == 422
    client.post(reverse("duty_minutes"), {"minutes_to_answer": "5"})
    client.post(reverse("duty_minutes"), {"minutes_to_answer": "7"})
    assert minutes_to_answer() == DutyRules.objects.get().minutes_to_answer == 7


def test_the_rota_says_plainly_when_nobody_is_there() -> None:
    keeper = lead()
    text = text_for(keeper, rota())
    assert "Nobody is on duty now." in text
    assert "duty-gap" in text
    kim = on_duty()
    text = text_for(keeper, rota())
    assert "somebody is always on duty" in text
    assert "duty-gap" not in text
    assert f"On duty now:</strong> {kim}" in text


def test_whoever_cannot_be_called_is_told_so_on_their_desk() -> None:
    silent = on_duty(is_reachable=False)
    assert "We cannot call you" in text_for(silent, reverse("safety_desk"))
    reachable(silent)
    assert "We cannot call you" not in text_for(silent, reverse("safety_desk"))


def test_everything_held_about_somebody_on_duty_is_shown_and_erased() -> None:
    kim = on_duty(weekday=timezone.now().weekday())
    called(kim)
    holder = holders()["concerns"]
    assert [len(held.rows) for held in holder.held(kim)] == [1, 1, 0, 0]
    assert holder.held(kim)[0].stays_because
    holder.erase(kim, now=timezone.now())
    assert [len(held.rows) for held in holder.held(kim)] == [0, 0, 0, 0]
