"""A small world of rooms to test in: a table with chairs, people who came in, and what passed between them.

Makers write rows directly, as those of tests/world.py do, so that a test of one action does not pass
through another.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group
from hearthside.rooms.enums import EnvelopeKind, Kind, Part, Phase, Step
from hearthside.rooms.models import Device, Entry, Envelope, Journal, KeyPackage, Room, Voice
from hearthside.rooms.ports import Chair, Stay
from tests import world
from tests.world import NOW


@dataclass(frozen=True)
class Held:
    """What the floor above was told when a meeting was over."""

    room: Room
    stays: Sequence[Stay]
    by: Person | None


class Table:
    """A Seating whose chairs a test puts there; it remembers what it was told."""

    def __init__(self) -> None:
        self._chairs: dict[UUID, dict[UUID, Chair]] = {}
        self.held_rooms: list[Held] = []
        self.next: tuple[datetime, str] | None = None

    def seat(
        self, at: Room, who: Person | None = None, part: Part = Part.MEMBER, **facts: bool
    ) -> Person:
        """The person has a chair from now on, as a real one would belong to the group as well."""
        who = who or world.person()
        self._chairs.setdefault(at.pk, {})[who.pk] = Chair(person=who, part=part, **facts)
        return who

    def clear(self, at: Room, who: Person) -> None:
        """The person has lost their chair."""
        del self._chairs[at.pk][who.pk]

    def chairs(self, room: Room, *, now: datetime) -> Sequence[Chair]:  # noqa: ARG002
        return tuple(self._chairs.get(room.pk, {}).values())

    def address(self, room: Room) -> str:
        return f"/groups/{room.group.slug}/"

    def held(self, room: Room, *, stays: Sequence[Stay], by: Person | None, now: datetime) -> None:  # noqa: ARG002
        self.held_rooms.append(Held(room, tuple(stays), by))

    def afterwards(self, room: Room, *, person: Person, now: datetime) -> str:  # noqa: ARG002
        return ""

    def next_meeting(self, room: Room, *, now: datetime) -> tuple[datetime, str] | None:  # noqa: ARG002
        return self.next


def room(of: Group | None = None, *, starts_at: datetime = NOW, **fields: Any) -> Room:
    """A room that has not begun, of a meeting that starts now and lasts ninety minutes."""
    defaults: dict[str, Any] = {"ends_at": starts_at + timedelta(minutes=90)}
    return Room.objects.create(
        group=of or world.group(format="online"), starts_at=starts_at, **{**defaults, **fields}
    )


def open_room(of: Group | None = None, *, starts_at: datetime = NOW, **fields: Any) -> Room:
    """A room whose meeting has begun."""
    begun = {"phase": Phase.OPEN, "opened_at": starts_at}
    step = {"step": Step.WELCOME, "step_from_at": starts_at}
    return room(of, starts_at=starts_at, **{**begun, **step, **fields})


def side_room(beside: Room, member: Person, **fields: Any) -> Room:
    """A private word between the member and, with `lead`, a facilitator."""
    return open_room(
        beside.group, starts_at=beside.starts_at, kind=Kind.SIDE, parent=beside, member=member, **fields
    )  # fmt: skip


def entry(to: Room, who: Person, *, now: datetime = NOW, **fields: Any) -> Entry:
    """The person came through the lobby and is here."""
    defaults: dict[str, Any] = {
        "ground_rules": to.group.ground_rules.first(),
        "accepted_at": now,
        "first_here_at": now,
        "last_here_at": now,
    }
    return Entry.objects.create(room=to, person=who, **{**defaults, **fields})


def inside(
    at: Room, table: Table, part: Part = Part.MEMBER, *, who: Person | None = None, **fields: Any
) -> Person:
    """Somebody with a chair who came in and is here; a facilitator or greeter has the role as well."""
    who = table.seat(at, who, part)
    if part != Part.MEMBER:
        world.role(RoleKind(part), who, group=at.group)
    entry(at, who, part=part, **fields)
    return who


def device(of: Person, *, now: datetime = NOW, **fields: Any) -> Device:
    defaults: dict[str, Any] = {"fingerprint": os.urandom(32).hex(), "made_at": now, "seen_at": now}
    return Device.objects.create(person=of, **{**defaults, **fields})


def key_package(of: Device, *, now: datetime = NOW, **fields: Any) -> KeyPackage:
    defaults: dict[str, Any] = {
        "data": os.urandom(120),
        "made_at": now,
        "expires_at": now + timedelta(days=30),
    }
    return KeyPackage.objects.create(device=of, **{**defaults, **fields})


def journal(of: Room, **fields: Any) -> Journal:
    """A live room's journal, founded."""
    return Journal.objects.create(room=of, **{"epoch": 0, "group_info": os.urandom(200), **fields})


def voice(in_: Journal, of: Device) -> Voice:
    return Voice.objects.create(journal=in_, device=of, person=of.person)


def envelope(by: Voice, *, at: datetime = NOW, **fields: Any) -> Envelope:
    """Something said, sealed: next in the order of its journal."""
    number = by.journal.envelopes.count() + 1
    defaults: dict[str, Any] = {
        "seq": number,
        "no": number,
        "kind": EnvelopeKind.SAY,
        "epoch": by.journal.epoch,
        "at_ms": int(at.timestamp() * 1000),
        "commitment": os.urandom(32),
        "payload": os.urandom(334),
    }
    made = Envelope.objects.create(journal=by.journal, voice=by, **{**defaults, **fields})
    Journal.objects.filter(pk=by.journal_id).update(last_seq=made.seq)
    return made
