"""Offering a place: it is kept for a week, and nobody is placed without a yes."""

from datetime import timedelta
from typing import Any

import pytest

from hearthside.accounts.enums import Purpose
from hearthside.groups.actions import membership as joining
from hearthside.groups.actions.ground_rules import RulesHaveChanged
from hearthside.groups.enums import Openness, RoleKind, Stage, Standing
from hearthside.groups.models import Group
from hearthside.placing.actions.refusals import (
    AlreadyBelongs,
    AlreadyOffered,
    GroupIsFull,
    KeptApart,
    NobodyWaits,
    PlaceIsGone,
    TakesNobody,
)
from hearthside.placing.enums import Ended
from hearthside.placing.queries.waiting import places_left
from tests import world
from tests.placing.people import (
    a_group,
    agreeing,
    apart,
    belongs,
    full_but_one,
    offered,
    say_yes,
    waiting,
)
from tests.world import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
NEXT_WEEK = NOW + timedelta(days=7)


def test_an_offer_keeps_one_place_free_for_seven_days() -> None:
    group = full_but_one()
    assert places_left(group, now=NOW) == 1
    made = offered(group)
    assert places_left(group, now=NOW) == 0
    assert made.expires_at == NEXT_WEEK
    assert places_left(group, now=NEXT_WEEK) == 1


def test_whoever_came_in_by_themselves_does_not_keep_a_second_place() -> None:
    group = a_group(size_max=3)
    made = offered(group)
    world.member(group, made.request.person)
    assert places_left(group, now=NOW) == 2


def test_the_last_place_is_offered_once() -> None:
    group = full_but_one()
    offered(group)
    with pytest.raises(GroupIsFull):
        offered(group)


def test_somebody_has_one_offer_at_a_time() -> None:
    group = a_group()
    made = offered(group)
    with pytest.raises(AlreadyOffered):
        offered(a_group(site=group.site), made.request)


def test_an_offer_that_nobody_answered_stands_in_nobodys_way() -> None:
    group = a_group()
    made = offered(group)
    again = offered(group, made.request, now=NEXT_WEEK)
    made.refresh_from_db()
    assert made.has_lapsed(now=NEXT_WEEK)
    assert again.stands(now=NEXT_WEEK)


def test_nobody_is_offered_a_place_who_belongs_there_or_waits_no_more() -> None:
    group = a_group()
    inside = waiting(group.site, world.member(group))
    with pytest.raises(AlreadyBelongs):
        offered(group, inside)
    gone = waiting(group.site, until_at=NOW, ended=Ended.WITHDRAWN)
    with pytest.raises(NobodyWaits):
        offered(group, gone)


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.PAUSED, Stage.ENDED])
def test_no_place_is_offered_in_a_group_that_is_not_open(stage: Stage) -> None:
    with pytest.raises(TakesNobody):
        offered(a_group(stage=stage))


def test_nobody_is_offered_a_place_beside_somebody_they_must_not_meet() -> None:
    group = a_group()
    for person in (
        world.member(group),
        world.role(RoleKind.FACILITATOR, group=group),
        offered(group).request.person,
    ):
        request = waiting(group.site)
        apart(request.person, person)
        with pytest.raises(KeptApart) as refusal:
            offered(group, request)
        assert (
            str(refusal.value) == "This place cannot be offered any more. The next run looks again."
        )


def test_a_yes_makes_a_visitor_who_accepted_the_ground_rules_and_waits_no_more() -> None:
    group = a_group()
    made = offered(group)
    taken = say_yes(made, now=LATER)
    made.refresh_from_db()
    assert taken.membership.standing == Standing.VISITING
    assert made.is_accepted()
    assert (made.request.ended, made.request.until_at) == (Ended.PLACED, LATER)
    assert made.request.person.acceptances.get().ground_rules == group.ground_rules.get()
    assert places_left(group, now=LATER) == 3


def test_a_yes_takes_a_seat_at_the_next_meeting_if_wanted() -> None:
    group = a_group()
    meeting = world.meeting(group)
    taken = say_yes(offered(group), seat_at=meeting)
    assert taken.seat is not None
    assert taken.seat.meeting == meeting
    assert taken.no_seat_because == ""


def test_a_seat_that_cannot_be_had_spoils_no_yes() -> None:
    group, elsewhere = a_group(), world.group()
    person = agreeing(world.member(elsewhere))
    world.seat(world.meeting(elsewhere), person)
    made = offered(group, waiting(group.site, person))
    taken = say_yes(made, seat_at=world.meeting(group))
    assert belongs(person, group)
    assert taken.seat is None
    assert "same time" in taken.no_seat_because


def test_a_closed_group_lets_in_at_once_whoever_was_offered_a_place() -> None:
    group = a_group(openness=Openness.CLOSED)
    assert say_yes(offered(group)).membership.standing == Standing.VISITING


def test_whoever_had_asked_a_closed_group_already_is_let_in_by_the_offer() -> None:
    group = a_group(openness=Openness.CLOSED)
    request = waiting(group.site)
    world.member(group, request.person, standing=Standing.ASKED)
    say_yes(offered(group, request))
    assert belongs(request.person, group)


def test_a_second_yes_changes_nothing() -> None:
    made = offered(a_group())
    first, second = say_yes(made), say_yes(made, now=LATER)
    assert first.membership == second.membership
    made.refresh_from_db()
    assert made.answered_at == NOW


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"ground_rules": None}, RulesHaveChanged),
        ({"says_it_fits": False}, joining.DoesNotFit),
    ],
)
def test_a_yes_needs_what_every_first_visit_needs(
    said: dict[str, Any], refusal: type[Exception]
) -> None:
    made = offered(a_group())
    with pytest.raises(refusal):
        say_yes(made, **said)
    made.refresh_from_db()
    assert made.stands(now=LATER)
    assert made.request.is_open()


def test_whoever_took_the_consent_back_comes_into_no_group() -> None:
    made = offered(a_group())
    made.request.person.consents.filter(purpose=Purpose.HEALTH).delete()
    with pytest.raises(PlaceIsGone):
        say_yes(made)
    assert not belongs(made.request.person, made.group)


def test_after_a_week_it_is_too_late_for_a_yes() -> None:
    made = offered(a_group())
    with pytest.raises(PlaceIsGone):
        say_yes(made, now=NEXT_WEEK)
    assert not belongs(made.request.person, made.group)


def test_a_yes_is_refused_alike_whether_a_group_closed_or_somebody_came_whom_one_must_not_meet() -> (
    None
):
    closed, met, beside = offered(a_group()), offered(a_group()), offered(a_group())
    Group.objects.filter(pk=closed.group_id).update(stage=Stage.PAUSED)
    apart(met.request.person, world.member(met.group))
    apart(beside.request.person, offered(beside.group).request.person)
    told = set()
    for made in (closed, met, beside):
        with pytest.raises(PlaceIsGone) as refusal:
            say_yes(made)
        told.add(str(refusal.value))
        made.refresh_from_db()
        assert not made.stands(now=NOW)
        assert made.request.is_open()
        assert not belongs(made.request.person, made.group)
    assert len(told) == 1
