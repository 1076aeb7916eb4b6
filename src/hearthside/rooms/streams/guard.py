"""Who may come in over the wire: the session's person, at their own device, in a room they are inside of."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from hearthside.accounts.models import Person
from hearthside.rooms.actions import presence
from hearthside.rooms.actions.refusals import RoomIsClosed
from hearthside.rooms.models import Device, Voice
from hearthside.rooms.queries.aliases import alias_of
from hearthside.rooms.queries.gate import Gate, gate_of
from hearthside.rooms.queries.live import Pulse, devices_in_use, last_numbers, pulses
from hearthside.rooms.queries.sessions import Ticket, signed_in, void
from hearthside.rooms.queries.state import Scene, scene_of
from hearthside.rooms.streams.handshake import Wanted

NOT_SIGNED_IN: Final = 4401
NO_SUCH_ROOM: Final = 4404
UNKNOWN_DEVICE: Final = 4409
TOO_MANY: Final = 4429


class Turned(Exception):
    """Not let in: `code` closes the socket, after a BYE with `reason` unless that is ""."""

    def __init__(self, code: int, reason: str = "") -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody who may read in a room, through one device. `last_no`: the highest number it had accepted."""

    ticket: Ticket
    alias: bytes
    device_id: UUID
    journal_id: int
    voice_id: int
    last_no: int

    @property
    def person_id(self) -> UUID:
        return self.ticket.person_id


@dataclass(frozen=True, slots=True)
class Reception:
    """An answer for each of those who wanted to come in, and the room with those in it who may."""

    answers: Sequence[Admitted | Turned]
    scene: Scene | None


def receive(
    room_id: UUID, wanting: Sequence[Wanted], *, last: Gate | None, now: datetime
) -> Reception:
    """Decide by the database about all who want to come into one room, and note that they are here.

    `last` is the gate as it was read last; it is asked only if the room's revision is still the same.
    """
    gate = last if last is not None and _is_current(last) else gate_of(room_id, now=now)
    known = signed_in((each.session_key for each in wanting), now=now)
    people = {person for person, _ in known.values()}
    devices = {device.pk: device for device in devices_in_use(people)}
    answers = [_judged(each, gate, known, devices) for each in wanting]
    guests = {
        each.device_id: known[each.session_key][0]
        for each, code in zip(wanting, answers, strict=True)
        if code is None
    }
    if gate is None or not guests:
        return Reception([code or Turned(NO_SUCH_ROOM) for code in answers], None)
    try:
        voices = presence.arrive_all(
            room=gate.room,
            guests=[(person, devices[key]) for key, person in guests.items()],
            now=now,
        )
    except RoomIsClosed:
        return Reception([code or Turned(NO_SUCH_ROOM, "closed") for code in answers], None)
    numbers = last_numbers(voices.values())
    admitted = [
        code or _admitted(known[each.session_key][1], voices[each.device_id], numbers, room_id)
        for each, code in zip(wanting, answers, strict=True)
    ]
    return Reception(admitted, scene_of(room_id, now=now))


def _is_current(gate: Gate) -> bool:
    pulse = pulses([gate.room.pk]).get(gate.room.pk)
    return pulse is not None and pulse.revision == gate.revision


def _judged(
    wanted: Wanted,
    gate: Gate | None,
    known: Mapping[str, tuple[Person, Ticket]],
    devices: Mapping[UUID, Device],
) -> Turned | None:
    """Why somebody is not let in; the same rules as `rooms.access.inside_for` and `device_for`."""
    if wanted.session_key not in known:
        return Turned(NOT_SIGNED_IN)
    person, _ = known[wanted.session_key]
    # Threat: somebody with the address of a room asks whether it exists.
    if gate is None:
        return Turned(NO_SUCH_ROOM)
    farewell = gate.farewell(person.pk)
    if farewell:
        is_theirs = person.pk in gate.seated and farewell != "unknown"
        return Turned(NO_SUCH_ROOM, farewell if is_theirs else "")
    # Threat: somebody connects with the device of another person and is shown as them.
    device = devices.get(wanted.device_id)
    if device is None or device.person_id != person.pk:
        return Turned(UNKNOWN_DEVICE)
    return None


def _admitted(ticket: Ticket, voice: Voice, numbers: Mapping[int, int], room_id: UUID) -> Admitted:
    return Admitted(
        ticket=ticket,
        alias=alias_of(room_id, ticket.person_id),
        device_id=voice.device_id,
        journal_id=voice.journal_id,
        voice_id=voice.pk,
        last_no=numbers.get(voice.pk, 0),
    )


@dataclass(frozen=True, slots=True)
class Look:
    """What has changed: where each room stands, and whose sign-in no longer holds."""

    pulses: dict[UUID, Pulse]
    void: set[Ticket]


def look(rooms: Collection[UUID], tickets: Collection[Ticket], *, now: datetime) -> Look:
    """One look at everything on which the stay of those connected depends."""
    return Look(pulses(rooms), void(tickets, now=now))
