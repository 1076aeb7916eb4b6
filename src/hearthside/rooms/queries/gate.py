"""What the gateway must know of a room before it lets a frame in or out: frozen, and read anew with each revision."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from hearthside.accounts.models import Person
from hearthside.rooms.enums import Exclusion, Kind, Part, Phase, Stance
from hearthside.rooms.models import PRESENCE, Entry, Room
from hearthside.rooms.ports import Chair
from hearthside.rooms.queries.aliases import alias_of
from hearthside.rooms.queries.chairs import chairs_of, outside_of
from hearthside.rooms.queries.turns import read
from hearthside.safety.queries.measures import listening_only
from peerkit.circle import Circle, may_speak

NO_FLOOR = -1
# How many facilitators have to be in a private word beside a meeting of young people.
LEADING_A_WORD = 2


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who came in and may read. `why_not` says why they may not speak now; "" when they may."""

    person: Person
    alias: bytes
    part: Part
    stance: Stance
    is_lead: bool
    is_keeper: bool
    is_first_time: bool
    is_here: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class Gate:
    """One room at one revision: who may read, who may speak, and why others are not here (`farewells`)."""

    room: Room
    journal_id: int | None
    epoch: int | None
    floor_epoch: int
    last_seq: int
    circle: Circle
    circle_due_at: datetime | None
    guests: Mapping[UUID, Guest]
    outside: Mapping[UUID, str]
    seated: frozenset[UUID]

    @property
    def revision(self) -> int:
        return self.room.revision

    def alias_of(self, person_id: UUID) -> str:
        """What stands for the person here, in hex."""
        return alias_of(self.room.pk, person_id).hex()

    def farewell(self, person_id: UUID) -> str:
        """ "" for whoever may be here, else the reason with which they are sent away."""
        if self.room.is_closed():
            return "closed"
        if person_id in self.guests:
            return ""
        if person_id not in self.seated:
            return "seat"
        return self.outside.get(person_id, "unknown")


def gate_of(room_id: UUID, *, now: datetime) -> Gate | None:
    """The room's gate now, in a number of queries that no number of people changes; None for no such room."""
    room = (
        Room.objects.with_group()
        .select_related("journal")
        .defer("journal__group_info")
        .filter(pk=room_id)
        .first()
    )
    if room is None:
        return None
    journal = getattr(room, "journal", None)
    chairs = chairs_of(room, now=now)
    outside = outside_of(room, now=now)
    circle = read(journal.circle if journal else None)
    entries = Entry.objects.filter(room=room, person__in=[*chairs.keys() - outside.keys()])
    found = entries.select_related("person").order_by("accepted_at", "pk")
    guests = {
        each.person_id: _guest(each, room, chairs[each.person_id], circle, now) for each in found
    }
    return Gate(
        room=room,
        journal_id=journal.pk if journal else None,
        epoch=journal.epoch if journal else None,
        floor_epoch=journal.floor_epoch if journal else NO_FLOOR,
        last_seq=journal.last_seq if journal else 0,
        circle=circle,
        circle_due_at=journal.circle_due_at if journal else None,
        guests=_accompanied(_quietened(guests, room, now=now), room),
        outside={person: Exclusion(row.kind).value for person, row in outside.items()},
        seated=frozenset(chairs),
    )


def _guest(entry: Entry, room: Room, chair: Chair, circle: Circle, now: datetime) -> Guest:
    alias, stance = alias_of(room.pk, entry.person_id), Stance(entry.stance)
    return Guest(
        person=entry.person,
        alias=alias,
        part=chair.part,
        stance=stance,
        is_lead=entry.person_id == room.lead_id,
        is_keeper=entry.person_id == room.keeper_id,
        is_first_time=entry.is_first_time,
        is_here=_is_here(entry, now),
        why_not=_why_not(room, circle, alias.hex(), chair.part, stance),
    )


def _quietened(guests: Mapping[UUID, Guest], room: Room, *, now: datetime) -> Mapping[UUID, Guest]:
    """Whoever is there to listen only, by a measure, may not speak, whatever the turn or the phase says."""
    quiet = listening_only(room.group_id, now=now)
    # A private word stays open to them: it is how they are heard meanwhile.
    if room.kind == Kind.SIDE:
        return guests
    return {
        key: replace(guest, why_not="measure") if key in quiet else guest
        for key, guest in guests.items()
    }


def _accompanied(guests: Mapping[UUID, Guest], room: Room) -> Mapping[UUID, Guest]:
    """Where somebody under 18 may sit: nobody writes without a facilitator, and nobody is alone with one.

    Threat: a grown-up, whatever their role, talks with a child while nobody else reads along; or children
    are left to themselves. So a private word waits for a second facilitator, and the meeting for a first.
    """
    if not room.group.is_young():
        return guests
    leading = [
        key for key, each in guests.items() if each.part == Part.FACILITATOR and each.is_here
    ]
    is_side = room.kind == Kind.SIDE
    if len(leading) >= (LEADING_A_WORD if is_side else 1):
        return guests
    why = "second" if is_side else "unled"
    # It says more than a turn or a wish to listen, and lets nothing through: see STILL in streams/hall.py.
    return {
        key: each if each.why_not in ("waiting", "paused") else replace(each, why_not=why)
        for key, each in guests.items()
    }


def _is_here(entry: Entry, now: datetime) -> bool:
    seen = entry.last_here_at
    return entry.left_at is None and seen is not None and seen > now - PRESENCE


def _why_not(room: Room, circle: Circle, seat: str, part: Part, stance: Stance) -> str:
    # A facilitator may always say something, and a private word has no turns.
    if part == Part.FACILITATOR or room.kind == Kind.SIDE:
        return ""
    if room.phase == Phase.WAITING:
        return "waiting"
    if room.paused_at is not None:
        return "paused"
    if circle.piece.seat == seat and may_speak(circle, seat):
        return ""
    if stance == Stance.LISTEN:
        return "listening"
    return "" if may_speak(circle, seat) else "turn"
