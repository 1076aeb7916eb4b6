"""Leading a meeting: begin, steps, rounds, who leads, who keeps it safe, a pause for all."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from hearthside.accounts.models import Person
from hearthside.rooms.actions import leading, turns
from hearthside.rooms.actions.refusals import (
    LeadIsHere,
    MeetingHasNotBegun,
    NotAFacilitator,
    NotHere,
    RoomIsClosed,
    TooFewToBegin,
)
from hearthside.rooms.enums import Part, Phase, Step
from hearthside.rooms.models import Entry, Room, RoomRules
from hearthside.rooms.queries.run_sheet import run_sheet_now, step_now
from hearthside.rooms.queries.turns import circle_of
from tests.meetings.test_seats_raced import at_once
from tests.rooms import rooms
from tests.rooms.people import begun, go_round, holder, shown, speaker
from tests.rooms.rooms import Table
from tests.world import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def room(table: Table) -> Room:
    return rooms.room()


@pytest.fixture
def lead(room: Room, table: Table) -> Person:
    return rooms.inside(room, table, Part.FACILITATOR)


def test_whoever_begins_leads_and_the_meeting_opens_with_the_welcome(
    room: Room, lead: Person, table: Table
) -> None:
    for _ in range(2):
        rooms.inside(room, table)
    moment = NOW + timedelta(seconds=59)
    leading.begin(room=room, by=lead, now=moment)
    room.refresh_from_db()
    assert (room.phase, room.opened_at, room.lead) == (Phase.OPEN, moment, lead)
    assert (room.step, room.step_from_at) == (Step.WELCOME, moment)


def test_with_too_few_here_the_facilitator_is_told_how_many_and_may_begin_anyway(
    room: Room, lead: Person, table: Table
) -> None:
    rooms.inside(room, table)
    rooms.inside(room, table, left_at=NOW)
    table.seat(room)
    with pytest.raises(TooFewToBegin) as refused:
        leading.begin(room=room, by=lead, now=NOW)
    assert (refused.value.here, refused.value.wanted) == (2, 3)
    leading.begin_anyway(room=room, by=lead, now=NOW)
    room.refresh_from_db()
    assert room.phase == Phase.OPEN


def test_how_many_it_takes_is_what_the_group_wants(room: Room, lead: Person, table: Table) -> None:
    RoomRules.objects.create(group=room.group, people_min=2)
    rooms.inside(room, table)
    leading.begin(room=room, by=lead, now=NOW)
    room.refresh_from_db()
    assert room.is_open()


def test_a_second_tap_on_begin_starts_nothing_anew(room: Room, lead: Person, table: Table) -> None:
    begun(room, lead)
    leading.step_to(room=room, step=Step.TOPIC, now=LATER)
    before = Room.objects.get(pk=room.pk)
    second = rooms.inside(room, table, Part.FACILITATOR)
    leading.begin(room=room, by=second, now=LATER)
    after = Room.objects.get(pk=room.pk)
    assert (after.opened_at, after.lead, after.step) == (NOW, lead, Step.TOPIC)
    assert after.revision == before.revision


def test_the_run_sheet_shows_where_the_meeting_stands_and_time_without_pressing(
    room: Room, lead: Person
) -> None:
    assert step_now(room) is None
    begun(room, lead)
    leading.step_to(room=room, step=Step.CHECK_IN, now=LATER)
    room.refresh_from_db()
    sheet = run_sheet_now(room)
    assert [line.part.step for line in sheet.lines if line.is_past] == [Step.WELCOME, Step.GROUND_RULES]  # fmt: skip
    assert [line.part.step for line in sheet.lines if line.is_now] == [Step.CHECK_IN]
    assert sheet.now is not None
    assert sheet.now.until_at == LATER + timedelta(minutes=20)
    assert not sheet.now.is_over_time(now=sheet.now.until_at)
    assert sheet.now.is_over_time(now=sheet.now.until_at + timedelta(seconds=1))
    assert sheet.following is not None
    assert sheet.following.step == Step.TOPIC


def test_the_same_step_again_keeps_its_time(room: Room, lead: Person) -> None:
    begun(room, lead)
    leading.step_to(room=room, step=Step.WELCOME, now=LATER)
    room.refresh_from_db()
    assert room.step_from_at == NOW


def test_before_the_meeting_has_begun_there_are_no_steps_and_no_rounds(
    room: Room, lead: Person
) -> None:
    with pytest.raises(MeetingHasNotBegun):
        leading.step_to(room=room, step=Step.TOPIC, now=NOW)
    with pytest.raises(MeetingHasNotBegun):
        go_round(room, lead)
    with pytest.raises(MeetingHasNotBegun):
        leading.talk_freely(room=room, by=lead, now=NOW)


def test_the_lead_is_handed_to_a_facilitator_who_is_here_and_to_nobody_else(
    room: Room, lead: Person, table: Table
) -> None:
    begun(room, lead)
    second = rooms.inside(room, table, Part.FACILITATOR)
    away = rooms.inside(room, table, Part.FACILITATOR, left_at=NOW)
    with pytest.raises(NotAFacilitator):
        leading.hand_to(room=room, to=rooms.inside(room, table, Part.GREETER), now=NOW)
    with pytest.raises(NotHere):
        leading.hand_to(room=room, to=away, now=NOW)
    leading.hand_to(room=room, to=second, now=NOW)
    room.refresh_from_db()
    assert room.lead == second


def test_the_lead_is_taken_over_once_whoever_leads_has_been_away_for_a_minute(
    room: Room, lead: Person, table: Table
) -> None:
    begun(room, lead)
    second = rooms.inside(room, table, Part.FACILITATOR)
    with pytest.raises(LeadIsHere) as refused:
        leading.take_over(room=room, by=second, now=NOW + timedelta(seconds=59))
    assert str(lead) in str(refused.value)
    leading.take_over(room=room, by=second, now=NOW + timedelta(seconds=60))
    room.refresh_from_db()
    assert room.lead == second


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_over_at_once_one_leads(room: Room, lead: Person, table: Table) -> None:
    begun(room, lead)
    Entry.objects.filter(person=lead).update(left_at=NOW)
    two = [rooms.inside(room, table, Part.FACILITATOR) for _ in range(2)]
    results = at_once(
        *(lambda who=who: leading.take_over(room=room, by=who, now=NOW) for who in two)
    )
    assert sorted(type(result).__name__ for result in results) == ["LeadIsHere", "NoneType"]


def test_somebody_here_keeps_the_room_safe_until_nobody_does(
    room: Room, lead: Person, table: Table
) -> None:
    member, gone = rooms.inside(room, table), rooms.inside(room, table, left_at=NOW)
    with pytest.raises(NotHere):
        leading.name_keeper(room=room, person=gone, now=NOW)
    leading.name_keeper(room=room, person=member, now=NOW)
    room.refresh_from_db()
    assert room.keeper == member
    leading.name_no_keeper(room=room, now=NOW)
    room.refresh_from_db()
    assert room.keeper is None


def test_a_pause_stops_the_clocks_for_all_and_taps_on_it_twice_are_one(
    room: Room, lead: Person, table: Table
) -> None:
    begun(room, lead)
    ana = speaker(room, table)
    go_round(room, lead, seconds_each=60)
    for minute in (1, 2):
        leading.pause(room=room, by=lead, now=NOW + timedelta(seconds=minute))
    room.refresh_from_db()
    assert room.paused_at == NOW + timedelta(seconds=1)
    assert not turns.tick(room_id=room.pk, now=LATER)
    for _ in range(2):
        leading.resume(room=room, by=lead, now=LATER)
    room.refresh_from_db()
    assert room.paused_at is None
    assert holder(room, ana) == ana
    assert shown(room, LATER).seconds_used == 1


def test_every_change_is_told_to_the_room(room: Room, lead: Person, table: Table) -> None:
    speaker(room, table)
    changes: list[Any] = [
        lambda: leading.begin_anyway(room=room, by=lead, now=NOW),
        lambda: leading.step_to(room=room, step=Step.TOPIC, now=NOW),
        lambda: go_round(room, lead, seconds_each=9),
        lambda: leading.add_time(room=room, by=lead, now=NOW),
        lambda: leading.move_on(room=room, by=lead, now=NOW),
        lambda: leading.talk_freely(room=room, by=lead, now=NOW),
        lambda: leading.name_keeper(room=room, person=lead, now=NOW),
        lambda: leading.pause(room=room, by=lead, now=NOW),
        lambda: leading.resume(room=room, by=lead, now=NOW),
    ]
    for number, change in enumerate(changes):
        before = Room.objects.get(pk=room.pk).revision
        change()
        assert Room.objects.get(pk=room.pk).revision > before, number


def test_in_a_closed_room_nothing_is_led_any_more(room: Room, lead: Person) -> None:
    Room.objects.update(phase=Phase.CLOSED, closed_at=NOW)
    for act in (leading.begin, leading.begin_anyway, leading.take_over, leading.pause):
        with pytest.raises(RoomIsClosed):
            act(room=room, by=lead, now=NOW)


@pytest.mark.parametrize("people", [1, 3])
def test_taking_a_turn_costs_the_same_in_a_small_circle_and_in_a_large_one(
    room: Room,
    lead: Person,
    table: Table,
    people: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    begun(room, lead)
    first, *_ = [speaker(room, table, now=NOW + timedelta(seconds=n)) for n in range(people)]
    go_round(room, lead)
    seen = circle_of(room.pk).version
    # Two savepoints (four), the room, the journal twice, its circle, the revision.
    with django_assert_num_queries(9):
        turns.tap(room_id=room.pk, person_id=first.pk, action="accept", turn=seen, now=NOW)
