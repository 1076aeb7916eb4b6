"""The door of a room: when it opens and closes, for whom, and coming in through it."""

from datetime import datetime, timedelta

import pytest

from hearthside.groups.models import Acceptance, GroundRules
from hearthside.rooms.actions import entries
from hearthside.rooms.actions.refusals import (
    DoorIsClosed,
    DoorIsNotOpenYet,
    GroundRulesHaveChanged,
    KeptOutside,
    MustAcceptGroundRules,
    RoomIsClosed,
)
from hearthside.rooms.enums import Exclusion, Part, Phase, Stance
from hearthside.rooms.models import Entry, Outside, Room, RoomRules
from hearthside.rooms.ports import Chair
from tests import world
from tests.rooms import rooms
from tests.world import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def come_in(
    room: Room, *, chair: Chair | None = None, part: Part = Part.MEMBER, now: datetime = NOW
) -> Entry:
    chair = chair or Chair(person=world.person(), part=part)
    rules = room.group.ground_rules.order_by("-version").first()
    return entries.come_in(
        room=room, person=chair.person, chair=chair, stance=Stance.SPEAK, rules=rules, now=now
    )


def is_in(
    room: Room, *, chair: Chair | None = None, part: Part = Part.MEMBER, now: datetime = NOW
) -> bool:
    entry = come_in(room, chair=chair, part=part, now=now)
    return Entry.objects.filter(pk=entry.pk, accepted_at=now).exists()


# When the door is open.


def test_the_door_opens_a_quarter_of_an_hour_before_the_start() -> None:
    room = rooms.room()
    with pytest.raises(DoorIsNotOpenYet):
        come_in(room, now=NOW - 16 * MINUTE)
    assert is_in(room, now=NOW - 15 * MINUTE)


@pytest.mark.parametrize("part", [Part.FACILITATOR, Part.GREETER])
def test_it_opens_an_hour_before_for_those_who_lead_or_greet(part: Part) -> None:
    room = rooms.room()
    with pytest.raises(DoorIsNotOpenYet):
        come_in(room, part=part, now=NOW - 61 * MINUTE)
    assert is_in(room, part=part, now=NOW - 60 * MINUTE)


def test_it_closes_to_whoever_has_not_been_in_and_never_to_who_has() -> None:
    room = rooms.open_room()
    RoomRules.objects.create(group=room.group, door_minutes=10)
    early = Chair(person=world.person(), part=Part.MEMBER)
    come_in(room, chair=early, now=NOW + 9 * MINUTE)
    with pytest.raises(DoorIsClosed):
        come_in(room, now=NOW + 10 * MINUTE)
    assert is_in(room, chair=early, now=NOW + 80 * MINUTE)
    assert is_in(room, part=Part.FACILITATOR, now=NOW + 80 * MINUTE)


def test_a_group_may_leave_its_door_open() -> None:
    room = rooms.open_room()
    RoomRules.objects.create(group=room.group, door_minutes=0)
    assert is_in(room, now=NOW + 85 * MINUTE)


def test_the_door_does_not_close_on_a_meeting_that_waits_for_people() -> None:
    assert is_in(rooms.room(), now=NOW + 40 * MINUTE)


def test_a_meeting_that_began_late_closes_its_door_later() -> None:
    room = rooms.open_room(opened_at=NOW + 20 * MINUTE)
    assert is_in(room, now=NOW + 34 * MINUTE)
    with pytest.raises(DoorIsClosed):
        come_in(room, now=NOW + 35 * MINUTE)


# Coming in.


def test_the_ground_rules_are_accepted_anew_and_their_version_is_kept() -> None:
    room = rooms.room()
    chair = Chair(person=world.person(), part=Part.MEMBER, is_first_time=True)
    entry = come_in(room, chair=chair)
    assert (entry.ground_rules, entry.is_first_time) == (room.group.ground_rules.get(), True)
    assert Acceptance.objects.filter(person=chair.person).count() == 1
    with pytest.raises(MustAcceptGroundRules):
        entries.come_in(
            room=room, person=chair.person, chair=chair, stance=Stance.LISTEN, rules=None, now=NOW
        )


def test_a_yes_to_an_older_version_lets_nobody_in() -> None:
    room = rooms.room()
    chair = Chair(person=world.person(), part=Part.MEMBER)
    older = room.group.ground_rules.get()
    GroundRules.objects.create(group=room.group, version=2, text="Newer.", written_at=NOW)
    with pytest.raises(GroundRulesHaveChanged):
        entries.come_in(
            room=room, person=chair.person, chair=chair, stance=Stance.SPEAK, rules=older, now=NOW
        )
    assert not Entry.objects.exists()


def test_whoever_is_kept_outside_does_not_come_in_through_the_lobby() -> None:
    room = rooms.open_room()
    chair = Chair(person=world.person(), part=Part.MEMBER)
    come_in(room, chair=chair)
    Outside.objects.create(room=room, person=chair.person, from_at=NOW, kind=Exclusion.HELD)
    with pytest.raises(KeptOutside):
        come_in(room, chair=chair)


def test_nobody_comes_into_a_closed_room() -> None:
    room = rooms.room(phase=Phase.CLOSED, closed_at=NOW)
    with pytest.raises(RoomIsClosed):
        come_in(room)


def test_everybody_in_the_room_hears_of_who_came_changed_or_left() -> None:
    room = rooms.open_room()
    entry = come_in(room)
    Entry.objects.update(first_here_at=NOW, last_here_at=NOW)

    def revision() -> int:
        return Room.objects.get().revision

    came = revision()
    entries.change_stance(room=room, person=entry.person, stance=Stance.TIME, now=NOW)
    changed = revision()
    entries.leave(room=room, person=entry.person, now=NOW + MINUTE)
    left = revision()
    assert 0 < came < changed < left
    entry.refresh_from_db()
    assert (entry.stance, entry.left_at) == (Stance.TIME, NOW + MINUTE)
