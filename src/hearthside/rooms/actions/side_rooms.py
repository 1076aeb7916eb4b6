"""A private word between one person in a meeting and one facilitator: asked for, answered, ended."""

from datetime import datetime

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.rooms.actions import closing, turns
from hearthside.rooms.actions.changes import touch
from hearthside.rooms.actions.refusals import RoomIsClosed, WordIsTaken
from hearthside.rooms.enums import Kind, Part, Phase, Stance
from hearthside.rooms.models import Entry, Room
from hearthside.rooms.queries.side_rooms import has_come, side_of


@transaction.atomic
def ask(*, room: Room, person: Person, now: datetime) -> Room:
    """A side room for the person; facilitators of the meeting see that somebody waits in it.

    Asked again, it is the one there is. Who is asked to come somewhere, and asks for a private word instead,
    gets one of their own: that question is over. Raises RoomIsClosed.
    """
    parent = turns.lock(room_id=room.pk)
    if (side := side_of(parent, person)) is not None:
        if has_come(side, person):
            return side
        closing.close(room=side, by=person, now=now)
    side = Room.objects.create(
        group=parent.group, kind=Kind.SIDE, parent=parent, member=person,
        starts_at=now, ends_at=parent.ends_at, phase=Phase.OPEN, opened_at=now,
    )  # fmt: skip
    enter(side=side, parent=parent, person=person, part=Part.MEMBER, now=now)
    touch(room_id=parent.pk)
    return side


@transaction.atomic
def answer(*, side: Room, by: Person, now: datetime) -> None:
    """This facilitator comes, and from now on the word is between the two. Raises WordIsTaken, RoomIsClosed."""
    parent, side = lock_pair(side=side)
    if side.lead_id not in (None, by.pk):
        raise WordIsTaken
    if side.lead_id is None:
        Room.objects.filter(pk=side.pk).update(lead=by)
        enter(side=side, parent=parent, person=by, part=Part.FACILITATOR, now=now)
        touch(room_id=parent.pk)
        touch(room_id=side.pk)


@transaction.atomic
def end(*, side: Room, by: Person, now: datetime) -> None:
    """The word is over, and every sealed message of it is erased. Ended already: nothing changes."""
    try:
        parent = lock_parent(side=side)
    except RoomIsClosed:
        return
    closing.close(room=side, by=by, now=now)
    touch(room_id=parent.pk)


def enter(*, side: Room, parent: Room, person: Person, part: Part, now: datetime) -> None:
    """The person sits in it, and came through no second lobby: what they agreed to for the meeting holds beside it as well."""
    agreed = Entry.objects.of(person).filter(room=parent).first()
    Entry.objects.get_or_create(
        room=side,
        person=person,
        defaults={
            "part": part,
            "stance": Stance.SPEAK,
            "ground_rules_id": agreed.ground_rules_id if agreed else None,
            "accepted_at": agreed.accepted_at if agreed else now,
        },
    )


def lock_parent(*, side: Room) -> Room:
    """The meeting that the side room is beside, locked. Raises RoomIsClosed."""
    if side.parent_id is None:
        raise RoomIsClosed
    # The meeting before the word beside it, as everywhere, so that no two changes wait for each other.
    return turns.lock(room_id=side.parent_id)


def lock_pair(*, side: Room) -> tuple[Room, Room]:
    """The meeting, and the side room beside it, both locked. Raises RoomIsClosed."""
    return lock_parent(side=side), turns.lock(room_id=side.pk)
