"""Days on which nothing works: nobody wakes, no mail leaves, accounts go while something about them is open."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import world
from tests.meetings.people import letters_to, reachable
from tests.safety import measuring
from tests.safety.concerned import about, called, fresh, lead, on_duty, raised

from hearthside.accounts.actions import people
from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.notices.models import Letter
from hearthside.safety import tasks
from hearthside.safety.actions import (
    care,
    case_requests,
    cases,
    concerns,
    duty,
    duty_calls,
    flags,
    measure_appeals,
)
from hearthside.safety.enums import (
    CaseRequestKind,
    ConcernState,
    Done,
    MeasureReason,
    SubjectKind,
    Verdict,
)
from hearthside.safety.models import Appeal, Case, Concern, Shift
from hearthside.safety.ports import Subject

pytestmark = pytest.mark.django_db
NOW = world.NOW
A_MINUTE = timedelta(minutes=1)


def rings(*, until: timedelta, start: timedelta = timedelta()) -> None:
    """The worker's clock, every ten minutes."""
    at = NOW + start
    while at <= NOW + until:
        duty_calls.escalate(now=at)
        at += 10 * A_MINUTE


def test_whoever_slept_through_the_first_call_is_called_again_until_somebody_is_there() -> None:
    kim, safety = on_duty(), lead()
    operator = world.role(RoleKind.OPERATOR, reachable())
    concern = called(world.person())
    rings(until=timedelta(minutes=30))
    assert [letters_to(each).count("call") for each in (kim, safety, operator)] == [1, 1, 1]
    rings(start=timedelta(minutes=40), until=timedelta(hours=6))
    # About once an hour those who should be there; whoever was only asked in the end is left alone.
    assert [letters_to(each).count("call") for each in (kim, safety, operator)] == [7, 7, 1]
    concerns.acknowledge(concern=concern, by=kim, now=NOW + timedelta(hours=6))
    rings(start=timedelta(hours=6), until=timedelta(hours=9))
    assert letters_to(safety).count("call") == 7


def test_after_a_day_they_are_called_once_a_day_and_never_forgotten() -> None:
    kim = on_duty()
    called(world.person())
    rings(until=timedelta(days=1))
    before = letters_to(kim).count("call")
    rings(start=timedelta(days=1, minutes=10), until=timedelta(days=4))
    assert 3 <= letters_to(kim).count("call") - before <= 4


def test_a_clock_that_jumps_back_calls_nobody_twice_and_forgets_nobody() -> None:
    kim, safety = on_duty(), lead()
    called(world.person())
    duty_calls.escalate(now=NOW - timedelta(hours=5))
    assert letters_to(safety) == []
    duty_calls.escalate(now=NOW + 10 * A_MINUTE)
    duty_calls.escalate(now=NOW - timedelta(days=1))
    assert (letters_to(kim), letters_to(safety)) == (["call"], ["call"])


def test_without_a_mail_server_calls_go_on_and_the_truth_is_on_the_page() -> None:
    # No letter leaves: the calling does not wait for one, and the letters wait for the server.
    on_duty(), lead()
    robin = world.person()
    concern = called(robin)
    rings(until=timedelta(minutes=40))
    assert not Letter.objects.exclude(sent_at=None).exists()
    assert Letter.objects.waiting().filter(kind="call").count() >= 2
    page = world.browser(robin).get(f"/concerns/{concern.pk}/").content.decode()
    assert "Nobody has answered yet" in page


def test_whoever_is_on_duty_and_asked_to_stay_away_is_called_for_nothing() -> None:
    kim = on_duty(world.role(RoleKind.FACILITATOR, group=world.group()))
    safety, now = lead(), timezone.now()
    first = called(world.person(), now=now)
    assert letters_to(kim) == ["call"]
    measuring.suspend(kim, by=safety, days=3, now=now)
    kim = Person.objects.get(pk=kim.pk)
    assert world.browser(kim).get(f"/concerns/{first.pk}/").status_code == 404
    second = called(world.person(), now=timezone.now())
    assert second.on_duty == 0
    assert letters_to(safety).count("call") == 1


def test_every_day_that_is_free_is_told_to_the_others_and_each_once() -> None:
    kim, other = on_duty(), on_duty()
    shift = Shift.objects.filter(person=kim, weekday=2).get()
    for week in (0, 1):
        now = NOW + timedelta(weeks=week)
        for _ in range(3):
            duty.free_day(shift=shift, day=(now + timedelta(days=2)).date(), now=now)
    assert letters_to(other) == ["call", "call"]


def test_no_day_of_the_calendar_breaks_the_rota() -> None:
    kim = on_duty()
    browser = world.browser(kim)
    shift = Shift.objects.filter(person=kim).first()
    assert shift is not None
    for day in (date.min, date.max, date(9999, 12, 27), date(2, 1, 2)):
        for path in (f"/safety/duty/{shift.pk}/free/", f"/safety/duty/{shift.pk}/take/"):
            assert browser.post(path, {"day": day.isoformat()}).status_code == 302
        for first, last in ((day, day), (date.min, day), (day, date.max)):
            sent = {"first": first.isoformat(), "last": last.isoformat()}
            assert browser.post("/safety/duty/days-off/", sent).status_code == 302
    assert duty.take_days_off(person=kim, first=date(9999, 1, 1), last=date.max, now=NOW) == 0


def everything_about(heron: Person, safety: Person, wren: Person) -> Case:
    """Everything at once that can be open about somebody, told by somebody else."""
    now, group = timezone.now(), world.group()
    for who in (heron, wren):
        world.member(group, who)
    subject = Subject(
        SubjectKind.PERSON, heron.pk, "heron", people=frozenset({heron.pk}), group=group.pk
    )
    made = cases.open_case(concern=raised(wren, subject=subject, now=now), by=safety, now=now)
    called(wren, subject, now=now)
    flags.flag(by=wren, about=heron, group=group.pk, reason=MeasureReason.RULES, now=now)
    held = measuring.hold(heron, group, by=safety, now=now)
    measure_appeals.appeal(measure=held, person=heron, words="It was not me.", now=now)
    care.offer(person=wren, keeper=safety, now=now)
    raised(heron, subject=about(group=group.pk), now=now)
    return made


@pytest.mark.parametrize("who", ["heron", "wren", "safety"])
def test_any_of_them_deletes_their_account_and_the_rest_stands_and_goes_on(who: str) -> None:
    heron, wren = world.person("heron"), world.person("wren")
    safety, other = lead(world.person("safety")), lead()
    made = everything_about(heron, safety, wren)
    asked = case_requests.ask(
        case=made, kind=CaseRequestKind.CLOSE, words="x", by=safety, now=timezone.now()
    )
    people.erase(person={"heron": heron, "wren": wren, "safety": safety}[who], now=timezone.now())
    browser = world.browser(other)
    for path in ("/safety/desk/", "/safety/cases/", reverse("measures")):
        page = browser.get(path)
        assert page.status_code == 200, path
        assert who == "safety" or who not in page.content.decode()
    for concern in Concern.objects.all():
        page = browser.get(f"/concerns/{concern.pk}/")
        assert page.status_code == 200
        concerns.close(concern=concern, done=Done.WATCH, words="x", by=other, now=timezone.now())
        assert fresh(concern).state == ConcernState.CLOSED
    cases.take_up(case=made, words="For a colleague.", by=other, now=timezone.now())
    assert browser.get(f"/safety/cases/{made.pk}/").status_code == 200
    case_requests.sign(request=asked, by=other, now=timezone.now())
    for appeal in Appeal.objects.all():
        measure_appeals.answer(
            appeal=appeal, verdict=Verdict.KEPT, words="x", by=other, now=timezone.now()
        )
    for task in (
        tasks.escalate, tasks.erase_expired, tasks.forget_what_is_over, tasks.look_after_cases,
        tasks.look_after_people,
    ):  # fmt: skip
        task.call()
    assert not Person.objects.filter(pseudonym=who).exists()
