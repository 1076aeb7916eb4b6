"""Coming into a room, changing how one is there, and leaving it: quietly, and never for good."""

from datetime import datetime

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.groups.actions import ground_rules
from hearthside.groups.models import GroundRules
from hearthside.groups.queries.belonging import rules_in_force
from hearthside.rooms.actions import turns
from hearthside.rooms.actions.changes import touch
from hearthside.rooms.actions.refusals import (
    DoorIsClosed,
    DoorIsNotOpenYet,
    GroundRulesHaveChanged,
    KeptOutside,
    MustAcceptGroundRules,
    RoomIsClosed,
)
from hearthside.rooms.enums import Stance
from hearthside.rooms.models import Entry, Room
from hearthside.rooms.ports import Chair
from hearthside.rooms.queries.chairs import outside_of
from hearthside.rooms.queries.doors import Doorway, door_of
from hearthside.safety.queries.measures import is_listening_only


@transaction.atomic
def come_in(
    *,
    room: Room,
    person: Person,
    chair: Chair,
    stance: Stance,
    rules: GroundRules | None,
    now: datetime,
) -> Entry:
    """The person has said yes to the ground rules for today and may be in the room.

    `rules` is the version they said yes to; None where the group has none. Whoever was in before comes
    back, whatever the door says. Raises RoomIsClosed, KeptOutside, DoorIsNotOpenYet, DoorIsClosed,
    MustAcceptGroundRules, or GroundRulesHaveChanged.
    """
    room = turns.lock(room_id=room.pk)
    before = Entry.objects.of(person).filter(room=room).first()
    _refuse_outsiders(room, person, chair, has_been_in=before is not None, now=now)
    _refuse_other_rules(room, rules)
    if rules is not None:
        # A yes for today is a yes: nobody is asked for it again on the page of the ground rules.
        ground_rules.accept(ground_rules=rules, person=person, now=now)
    stance = _allowed(stance, room, person, now=now)
    entry, _is_new = Entry.objects.update_or_create(
        room=room,
        person=person,
        defaults={"stance": stance, "ground_rules": rules, "accepted_at": now, "part": chair.part},
        create_defaults={
            "stance": stance,
            "ground_rules": rules,
            "accepted_at": now,
            "part": chair.part,
            "is_first_time": chair.is_first_time,
        },
    )
    touch(room_id=room.pk)
    return entry


@transaction.atomic
def change_stance(*, room: Room, person: Person, stance: Stance, now: datetime) -> None:
    """How the person is here from now on: as often as they like, and nobody asks why. Raises RoomIsClosed."""
    turns.lock(room_id=room.pk)
    stance = _allowed(stance, room, person, now=now)
    if Entry.objects.of(person).filter(room=room).exclude(stance=stance).update(stance=stance):
        turns.follow(room_id=room.pk, person_id=person.pk, stance=stance, now=now)
        touch(room_id=room.pk)


@transaction.atomic
def leave(*, room: Room, person: Person, now: datetime) -> None:
    """The person is not here any more, until they come back. A room that is closed stays as it is."""
    try:
        turns.lock(room_id=room.pk)
    except RoomIsClosed:
        return
    here = Entry.objects.of(person).filter(room=room, first_here_at__isnull=False)
    if here.filter(left_at=None).update(left_at=now):
        turns.leave(room_id=room.pk, person_id=person.pk, now=now)
        touch(room_id=room.pk)


def _allowed(stance: Stance, room: Room, person: Person, *, now: datetime) -> Stance:
    # Threat: whoever may only listen comes as somebody who wants to speak, and the talking piece waits for them.
    quiet = is_listening_only(person, room.group_id, now=now)
    return Stance.LISTEN if quiet and not room.is_side() else stance


def _refuse_outsiders(
    room: Room, person: Person, chair: Chair, *, has_been_in: bool, now: datetime
) -> None:
    door = door_of(room, part=chair.part, has_been_in=has_been_in)
    stands = door.stands(now=now)
    if stands == Doorway.OVER:
        raise RoomIsClosed
    # Threat: somebody who was asked to wait outside walks in again through the lobby.
    if person.pk in outside_of(room, now=now):
        raise KeptOutside
    if stands == Doorway.EARLY:
        raise DoorIsNotOpenYet
    if stands == Doorway.SHUT:
        raise DoorIsClosed


def _refuse_other_rules(room: Room, rules: GroundRules | None) -> None:
    newest = rules_in_force(room.group)
    if newest is not None and rules is None:
        raise MustAcceptGroundRules
    if newest != rules:
        raise GroundRulesHaveChanged
