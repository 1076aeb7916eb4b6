"""Calls: one person after the other, until somebody says that they are there; and never a false word to who waits."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from tests import world
from tests.meetings.people import letters_to, reachable
from tests.meetings.test_seats_raced import at_once
from tests.safety.concerned import about, called, fresh, lead, on_duty, raised, readers
from tests.world import NOW

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Role
from hearthside.notices.models import Letter, Unsubscription
from hearthside.safety.actions import concerns, duty, duty_calls
from hearthside.safety.actions.concern_refusals import SomebodyIsOnIt
from hearthside.safety.enums import ConcernState, StepKind
from hearthside.safety.models import Concern, ConcernStep, Page

pytestmark = pytest.mark.django_db


def minutes(count: int) -> datetime:
    return NOW + timedelta(minutes=count)


def called_for(concern: Concern) -> list[Person]:
    return [page.person for page in Page.objects.filter(concern=concern).order_by("called_at")]


def is_told(concern: Concern) -> bool:
    return ConcernStep.objects.filter(concern=concern, kind=StepKind.UNANSWERED).exists()


def goes_on(concern: Concern, at: Sequence[int]) -> list[int]:
    """How many people were called after the clock rang at each of these minutes."""
    counts = []
    for minute in at:
        duty_calls.escalate(now=minutes(minute))
        counts.append(len(called_for(concern)))
    return counts


def test_first_one_person_then_the_next_then_all_leads_and_then_the_truth() -> None:
    duties, leads = {on_duty(), on_duty()}, {lead(), lead()}
    operator, robin = world.role(RoleKind.OPERATOR, reachable()), reachable()
    concern = called(robin)
    assert concern.on_duty == 2
    assert len(called_for(concern)) == 1
    assert goes_on(concern, [9, 10, 19, 20]) == [1, 2, 2, 4]
    assert set(called_for(concern)[:2]) == duties
    assert set(called_for(concern)) == duties | leads
    assert not is_told(concern)
    assert goes_on(concern, [29, 30]) == [4, 5]
    assert is_told(concern)
    assert called_for(concern)[-1] == operator
    assert letters_to(robin) == ["report"]
    assert "/help-now/" in Letter.objects.get(person=robin).text
    # It goes on for as long as nobody is there, and nobody is called twice.
    assert goes_on(concern, [40, 50, 60]) == [5, 5, 5]
    assert letters_to(robin) == ["report"]
    late = on_duty()
    assert goes_on(concern, [70]) == [6]
    assert called_for(concern)[-1] == late


def test_every_letter_of_a_call_says_nothing_of_who_or_what() -> None:
    kim = on_duty()
    called(world.person("robin-red"), about(label="Living with a stoma"))
    letter = Letter.objects.get(person=kim)
    assert letter.kind == "call"
    told = (letter.subject + letter.text).lower()
    assert not [word for word in ("robin", "stoma", "danger", "come.") if word in told]


def test_whoever_says_that_they_are_there_stops_the_calling_and_the_raiser_is_told() -> None:
    kim, other, robin = on_duty(), on_duty(), reachable()
    concern = called(robin)
    [first] = called_for(concern)
    concerns.acknowledge(concern=concern, by=first, now=minutes(4))
    assert goes_on(concern, [10, 20, 30]) == [1, 1, 1]
    found = fresh(concern)
    assert (found.state, found.seen_at, found.next_call_at) == (
        ConcernState.SEEN,
        minutes(4),
        None,
    )
    page = Page.objects.get(concern=concern)
    assert (page.acknowledged_at, page.escalated_at) == (minutes(4), None)
    assert letters_to(robin) == ["report"]
    second = other if first == kim else kim
    with pytest.raises(SomebodyIsOnIt):
        concerns.acknowledge(concern=concern, by=second, now=minutes(5))
    # A second tap of the first changes nothing and is no error.
    concerns.acknowledge(concern=concern, by=first, now=minutes(6))
    assert fresh(concern).seen_at == minutes(4)


def test_the_time_to_answer_is_the_programmes_to_choose() -> None:
    on_duty(), on_duty()
    duty.set_minutes(minutes=3, now=NOW)
    concern = called(world.person())
    assert goes_on(concern, [2, 3]) == [1, 2]


def test_somebody_whom_it_is_about_is_never_called_though_they_are_on_duty() -> None:
    shut, safety = on_duty(), lead()
    concern = called(world.person(), about(shut))
    assert concern.on_duty == 0
    assert called_for(concern) == [safety]
    assert goes_on(concern, [10, 20, 30, 40]) == [1, 1, 1, 1]
    assert readers(concern) == {safety}
    assert letters_to(shut) == []


def test_whoever_no_letter_can_reach_costs_no_time() -> None:
    silent = on_duty(is_reachable=False)
    stopped = on_duty()
    Unsubscription.objects.create(person=stopped, kind="call", since=NOW)
    kim = on_duty()
    # Called often of late, so asked last.
    for _ in range(7):
        Page.objects.create(
            concern=called(world.person(), about(silent, stopped, kim)), person=kim, called_at=NOW
        )
    concern = called(world.person())
    assert set(called_for(concern)) == {silent, stopped, kim}
    assert Page.objects.get(concern=concern, person=silent).sent_at is None
    assert letters_to(kim).count("call") == 1


def test_whose_role_has_ended_is_on_duty_no_more() -> None:
    gone, safety = on_duty(), lead()
    Role.objects.filter(person=gone).update(until_at=NOW - timedelta(days=300))
    concern = called(world.person())
    assert concern.on_duty == 0
    assert called_for(concern) == [safety]


def test_where_nobody_is_on_duty_all_leads_are_called_at_once() -> None:
    leads = {lead(), lead()}
    concern = called(world.person())
    assert set(called_for(concern)) == leads
    assert not is_told(concern)
    goes_on(concern, [10])
    assert is_told(concern)


def test_where_nobody_at_all_can_be_called_the_raiser_is_told_at_once() -> None:
    shut = lead()
    assert is_told(called(world.person(), about(shut)))
    assert is_told(called(None, about(shut)))


def test_a_flood_of_calls_wakes_nobody_and_is_kept_and_says_so() -> None:
    kim, robin = on_duty(), world.person()
    held = [called(robin).is_call_held_back for _ in range(5)]
    assert held == [False, False, False, True, True]
    assert letters_to(kim).count("call") == 3
    assert Concern.objects.count() == 5
    assert not called(world.person()).is_call_held_back
    assert not called(robin, now=minutes(61)).is_call_held_back


def test_visitors_have_one_limit_together() -> None:
    on_duty()
    held = [called(None).is_call_held_back for _ in range(duty_calls.VISITOR_CALLS_AN_HOUR + 1)]
    assert held == [*[False] * duty_calls.VISITOR_CALLS_AN_HOUR, True]
    assert not called(world.person()).is_call_held_back


def test_a_call_reaches_those_on_duty_and_those_called_but_the_slow_lane_does_not() -> None:
    kim, safety = on_duty(), lead()
    concern = called(world.person())
    assert readers(concern) == {kim, safety}
    slow = raised(world.person())
    assert readers(slow) == {safety}


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_say_at_once_that_they_are_there_one_is_first() -> None:
    people = [on_duty() for _ in range(10)]
    concern = called(world.person())
    results = at_once(
        *[
            lambda who=who: concerns.acknowledge(concern=concern, by=who, now=minutes(1))
            for who in people
        ]
    )
    refused = [each for each in results if isinstance(each, SomebodyIsOnIt)]
    assert [each for each in results if isinstance(each, Exception)] == refused
    assert len(refused) == 9
    assert ConcernStep.objects.filter(concern=concern, kind=StepKind.SEEN).count() == 1
    assert Page.objects.filter(concern=concern, acknowledged_at=None).count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_clocks_that_ring_at_once_call_the_next_person_once() -> None:
    for _ in range(4):
        on_duty()
    concern = called(world.person())
    results = at_once(*[lambda: duty_calls.escalate(now=minutes(10))] * 6)
    assert sum(each for each in results if isinstance(each, int)) == 1
    assert len(called_for(concern)) == 2


@pytest.mark.django_db(transaction=True)
def test_a_clock_and_an_answer_in_one_moment_leave_one_truth() -> None:
    kim, _other = on_duty(), on_duty()
    for _ in range(4):
        concern = called(world.person())
        [first] = called_for(concern)
        at_once(
            lambda: concerns.acknowledge(concern=concern, by=first, now=minutes(10)),  # noqa: B023
            lambda: duty_calls.escalate(now=minutes(10)),
        )
        found = fresh(concern)
        assert (found.state, found.next_call_at) == (ConcernState.SEEN, None)
        assert duty_calls.escalate(now=minutes(60)) == 0
    assert kim.is_active


@pytest.mark.django_db(transaction=True)
def test_a_form_that_is_sent_ten_times_at_once_is_one_concern() -> None:
    on_duty()
    robin, subject, once = world.person(), about(), uuid4()
    results = at_once(*[lambda: called(robin, subject, once=once)] * 10)
    assert {getattr(each, "pk", each) for each in results} == {Concern.objects.get().pk}
