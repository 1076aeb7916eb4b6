"""A room follows its meeting: seats lost and won, people who leave, roles, another time, called off."""

from datetime import timedelta

import pytest

from hearthside.accounts.actions.people import erase
from hearthside.accounts.models import Person
from hearthside.groups.actions import groups as group_actions
from hearthside.groups.actions import membership, roles
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Membership, Role
from hearthside.meetings import actions
from hearthside.meetings.enums import DutyKind
from hearthside.meetings.models import Duty, Meeting, Seat
from hearthside.rooms.models import Entry, Room
from peerkit.calendar import Recurrence
from tests import world
from tests.meetings.in_rooms import (
    START,
    afresh,
    begin,
    floor,
    inside,
    may_be_in,
    meeting_in_room,
    online,
    revision,
    room_in,
    seated,
)
from tests.meetings.people import leader, ready
from tests.rooms import rooms
from tests.world import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=30)


def seat_of(person: Person) -> Seat:
    return Seat.objects.select_related("meeting", "person").get(person=person)


def leave(person: Person, meeting: Meeting) -> None:
    own = Membership.objects.select_related("group", "person").get(
        person=person, group=meeting.group
    )
    membership.leave(membership=own, now=LATER)


def test_who_gives_up_a_seat_is_out_at_once_and_new_keys_are_asked_for() -> None:
    meeting = meeting_in_room()
    stays, goes = inside(meeting, seated(meeting)), inside(meeting, seated(meeting))
    before = revision(meeting)
    actions.release(seat=seat_of(goes), now=LATER)
    assert may_be_in(meeting, now=LATER) == {stays}
    assert floor(meeting) == 4
    assert revision(meeting) > before
    assert Entry.objects.get(person=goes).left_at is not None
    assert Entry.objects.get(person=stays).left_at is None


def test_who_never_had_the_keys_of_the_room_leaves_no_keys_to_change() -> None:
    meeting = meeting_in_room()
    inside(meeting, seated(meeting))
    before = revision(meeting)
    actions.release(seat=seat_of(seated(meeting)), now=LATER)
    assert floor(meeting) == -1
    assert revision(meeting) > before


def test_who_leads_and_gives_up_a_seat_may_stay() -> None:
    meeting = meeting_in_room()
    lead = inside(meeting, seated(meeting, leader(meeting.group, who=ready(meeting.group))))
    actions.release(seat=seat_of(lead), now=LATER)
    assert may_be_in(meeting, now=LATER) == {lead}
    assert floor(meeting) == -1
    assert Entry.objects.get(person=lead).left_at is None


def test_whoever_waited_may_come_in_when_a_seat_is_free() -> None:
    meeting = meeting_in_room(seats_max=1)
    seat = actions.take_seat(meeting=meeting, person=ready(meeting.group), now=NOW)
    waiting = ready(meeting.group)
    actions.take_seat(meeting=meeting, person=waiting, now=NOW)
    assert waiting not in may_be_in(meeting)
    before = revision(meeting)
    actions.release(seat=seat, now=NOW)
    assert may_be_in(meeting) == {waiting}
    assert revision(meeting) > before


def test_a_seat_taken_taken_back_or_won_by_more_chairs_opens_the_room() -> None:
    meeting = meeting_in_room(seats_max=1)
    first, second = ready(meeting.group), ready(meeting.group)
    steps = [revision(meeting)]
    seat = actions.take_seat(meeting=meeting, person=first, now=NOW)
    steps.append(revision(meeting))
    actions.release(seat=seat, now=NOW)
    steps.append(revision(meeting))
    actions.take_back(seat=seat, now=NOW)
    steps.append(revision(meeting))
    actions.take_seat(meeting=meeting, person=second, now=NOW)
    actions.resize(meeting=meeting, seats_max=2, now=NOW)
    steps.append(revision(meeting))
    assert sorted(set(steps)) == steps
    assert may_be_in(meeting) == {first, second}


def test_who_leaves_the_group_is_out_of_its_rooms_even_of_one_that_runs_late() -> None:
    meeting = meeting_in_room()
    person = inside(meeting, seated(meeting))
    begin(meeting)
    Meeting.objects.update(ends_at=LATER)
    before = revision(meeting)
    leave(person, meeting)
    assert may_be_in(meeting, now=LATER) == set()
    assert floor(meeting) == 4
    assert revision(meeting) > before


def test_a_private_word_closes_to_whoever_lost_their_seat() -> None:
    meeting = meeting_in_room()
    person = inside(meeting, seated(meeting))
    side = rooms.side_room(room_in(meeting), person)
    rooms.voice(rooms.journal(side, epoch=2), person.devices.get())
    leave(person, meeting)
    side.refresh_from_db()
    assert side.revision > 0
    assert side.journal.floor_epoch == 2


def test_rooms_of_other_groups_hear_nothing() -> None:
    meeting, other = meeting_in_room(), meeting_in_room()
    person = inside(meeting, seated(meeting))
    seated(other, ready(other.group, person))
    inside(other, person)
    before = revision(other)
    leave(person, meeting)
    assert revision(other) == before
    assert floor(other) == -1
    assert person in may_be_in(other, now=LATER)


def test_whose_role_ends_is_out_and_no_old_promise_brings_them_back() -> None:
    meeting = meeting_in_room()
    lead = inside(meeting, leader(meeting.group))
    actions.confirm(meeting=meeting, person=lead, kind=DutyKind.LEAD, now=NOW)
    earlier = world.meeting(meeting.group, starts_at=NOW - timedelta(days=7))
    Duty.objects.create(
        meeting=earlier, person=lead, kind=DutyKind.LEAD, asked_at=NOW, confirmed_at=NOW
    )
    by = world.role(RoleKind.COORDINATOR, site=meeting.group.site)
    roles.end_role(role=Role.objects.get(person=lead), by=by, now=LATER)
    assert may_be_in(meeting, now=LATER) == set()
    assert floor(meeting) == 4
    # Who led in the past stays written down.
    assert Duty.objects.get().meeting == earlier


def test_whose_role_begins_may_come_in_at_once() -> None:
    meeting = meeting_in_room()
    person, before = seated(meeting), revision(meeting)
    by = world.role(RoleKind.COORDINATOR, site=meeting.group.site)
    new = world.person()
    for who in (person, new):
        roles.give(kind=RoleKind.FACILITATOR, person=who, by=by, group=meeting.group, now=LATER)
    assert may_be_in(meeting, now=LATER) == {person, new}
    assert revision(meeting) > before
    assert floor_or_none(meeting) is None


def floor_or_none(meeting: Meeting) -> int | None:
    room = room_in(meeting)
    return room.journal.floor_epoch if hasattr(room, "journal") else None


def test_a_role_over_a_site_opens_and_closes_no_room() -> None:
    meeting = meeting_in_room()
    before = revision(meeting)
    operator = world.role(RoleKind.OPERATOR)
    given = roles.give(
        kind=RoleKind.COORDINATOR,
        person=world.person(),
        by=operator,
        site=meeting.group.site,
        now=NOW,
    )
    roles.end_role(role=given, by=operator, now=LATER)
    assert revision(meeting) == before


def test_who_is_erased_is_out_of_every_room_they_were_in() -> None:
    meeting, led = meeting_in_room(), meeting_in_room()
    stays = inside(meeting, seated(meeting))
    person = inside(meeting, seated(meeting))
    leader(led.group, who=person)
    inside(led, person)
    inside(led, seated(led))
    erase(person=person, now=LATER)
    assert may_be_in(meeting, now=LATER) == {stays}
    assert floor(meeting) == 4
    assert floor(led) == 4


def test_a_meeting_at_another_time_takes_its_room_along() -> None:
    meeting = meeting_in_room()
    room, later = room_in(meeting), START + timedelta(days=1)
    actions.move(
        meeting=meeting, starts_at=later, ends_at=later + timedelta(hours=1), by=None, now=NOW
    )
    assert room_in(meeting) == room
    assert (room_in(meeting).starts_at, room_in(meeting).ends_at) == (
        later,
        later + timedelta(hours=1),
    )
    assert revision(meeting) > room.revision


def test_a_timetable_that_changes_takes_the_rooms_along() -> None:
    group = online()
    weekly = Recurrence(
        starts=world.NOW.replace(tzinfo=None, hour=19), zone="Europe/London", minutes=60,
        rule="FREQ=WEEKLY",
    )  # fmt: skip
    series = actions.start_series(group=group, recurrence=weekly, now=NOW)
    meeting = series.meetings.earliest("starts_at")
    actions.room_of(meeting=meeting, now=NOW)
    half_past = weekly.starts.replace(minute=30)
    changed = Recurrence(
        starts=half_past, zone=weekly.zone, minutes=weekly.minutes, rule=weekly.rule
    )
    actions.change_series(series=series, recurrence=changed, by=None, now=NOW)
    assert room_in(meeting).starts_at == afresh(meeting).starts_at
    actions.end_series(series=series, by=None, now=NOW)
    # Nobody had a seat, yet somebody was at the door: it is called off, not wiped away under them.
    assert afresh(meeting).is_cancelled()
    assert series.meetings.count() == 1


def test_a_room_that_closed_is_left_behind_when_the_meeting_is_held_later() -> None:
    meeting = meeting_in_room()
    room = room_in(meeting)
    Room.objects.filter(pk=room.pk).update(phase="closed", closed_at=NOW)
    later = START + timedelta(days=1)
    actions.move(
        meeting=meeting, starts_at=later, ends_at=later + timedelta(hours=1), by=None, now=NOW
    )
    assert actions.room_of(meeting=meeting, now=NOW) != room
    assert room_in(meeting).starts_at == later


def test_a_meeting_called_off_closes_its_room_and_held_after_all_has_a_new_one() -> None:
    meeting = meeting_in_room()
    person = inside(meeting, seated(meeting))
    room = begin(meeting)
    actions.cancel(meeting=meeting, message="Ill.", by=None, now=LATER)
    room.refresh_from_db()
    assert room.is_closed()
    assert not hasattr(room, "journal")
    assert not meeting.attendances.exists()
    actions.restore(meeting=meeting, now=LATER)
    assert actions.room_of(meeting=meeting, now=LATER) != room
    assert may_be_in(meeting, now=LATER) == {person}


def test_when_a_group_ends_the_room_that_is_open_closes() -> None:
    meeting = meeting_in_room(starts_at=NOW - timedelta(minutes=10))
    inside(meeting, seated(meeting))
    room = begin(meeting, opened_at=meeting.starts_at)
    group_actions.end(group=meeting.group, by=world.person(), now=NOW)
    room.refresh_from_db()
    assert room.is_closed()
