"""What everybody in a room is shown of it (STATE), and each person of themselves (YOU); see docs/engines/wire.md."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Max
from django.utils import translation

from hearthside.accounts.models import Person
from hearthside.rooms.enums import Kind, Part
from hearthside.rooms.models import Device, Envelope, Room
from hearthside.rooms.queries.gate import Gate, Guest, gate_of
from hearthside.rooms.queries.rules import rules_of
from hearthside.rooms.queries.run_sheet import step_now
from hearthside.rooms.queries.side_rooms import Sides, Team, Word, rooms_beside, sides_for
from hearthside.safety.queries.blocks import unreached, veiled_for
from peerkit.circle import Circle, Hold, view

Plain = dict[str, Any]
VERSION = 1
NOT_FOUNDED = -1


@dataclass(frozen=True, slots=True)
class Scene:
    """A room's gate, and everything that is shown of the room at that revision."""

    gate: Gate
    state: Plain
    sides: Mapping[UUID, Sides]
    veiled: Mapping[UUID, Collection[UUID]]
    device_ids: frozenset[UUID]

    @property
    def shows_presence(self) -> bool:
        return bool(self.state["shows_presence"])

    def you(self, person_id: UUID, *, last_no: int) -> Plain:
        """The person's YOU, for a device whose highest number accepted here is `last_no`."""
        guest, sides = self.gate.guests[person_id], self.sides.get(person_id, Sides())
        return {
            "v": VERSION,
            "alias": guest.alias.hex(),
            "part": guest.part.value,
            "is_lead": guest.is_lead,
            "is_keeper": guest.is_keeper,
            "may_say": not guest.why_not,
            "why_not": guest.why_not,
            "last_no": last_no,
            # To the person alone: whose words their own device covers.
            "veiled": sorted(self.gate.alias_of(key) for key in self.veiled.get(person_id, ())),
            "side": str(sides.own) if sides.own else None,
            "sides": [_plain(word) for word in sides.words],
            "asks": [
                {
                    "alias": self.gate.alias_of(word.member_id),
                    "name": word.name,
                    "room": str(word.room_id),
                }
                for word in sides.asking
            ],
            "questions": [
                {"room": str(one.room_id), "names": list(one.names), "is_join": one.is_join}
                for one in sides.questions
            ],
            "calls": [
                {"room": str(one.room_id), "by": one.by, "name": one.name} for one in sides.calls
            ],
        }


def scene_of(room_id: UUID, *, now: datetime) -> Scene | None:
    """The room as it is shown now; None for no such room."""
    gate = gate_of(room_id, now=now)
    if gate is None:
        return None
    devices = _devices(gate)
    return Scene(
        gate=gate,
        state=_state(gate, devices, now),
        sides=_sides(gate, now),
        veiled=veiled_for(gate.guests.keys(), now=now),
        device_ids=frozenset(each.pk for held in devices.values() for each in held),
    )


def state_of(room_id: UUID, *, now: datetime) -> Plain | None:
    """The room's STATE; None for no such room."""
    scene = scene_of(room_id, now=now)
    return scene.state if scene else None


def you_of(
    room_id: UUID, person_id: UUID, device_id: UUID | None, *, now: datetime
) -> Plain | None:
    """The person's YOU, as one of their devices gets it; None for whoever may not read in the room."""
    scene = scene_of(room_id, now=now)
    if scene is None or person_id not in scene.gate.guests:
        return None
    return scene.you(person_id, last_no=last_no(room_id, device_id))


def sides_of(room: Room, person: Person, *, now: datetime) -> Sides:
    """What the person is shown of private words beside the meeting, for a door: nobody answers what they do not see."""
    scene = scene_of(room.pk, now=now)
    return scene.sides.get(person.pk, Sides()) if scene else Sides()


def heard_by(room: Room, person: Person, *, now: datetime) -> str:
    """Who is here to see that the person asks for a private word: "somebody", "nobody", or "blocked" for only such
    people as the person blocked; "" where the group does not show who is here."""
    scene = scene_of(room.pk, now=now)
    if scene is None or not scene.shows_presence:
        return ""
    team = team_of(scene.gate, now=now)
    here = (team.leads & team.here) - {person.pk}
    if team.hear(person.pk) & here:
        return "somebody"
    return "blocked" if here else "nobody"


def last_no(room_id: UUID, device_id: UUID | None) -> int:
    """The highest `no` that the device ever had accepted in the room; 0 for none."""
    if device_id is None:
        return 0
    found = Envelope.objects.filter(journal__room_id=room_id, voice__device_id=device_id)
    return int(found.aggregate(highest=Max("no"))["highest"] or 0)


def _devices(gate: Gate) -> Mapping[UUID, list[Device]]:
    found: dict[UUID, list[Device]] = defaultdict(list)
    for device in Device.objects.in_use().filter(person__in=[*gate.guests]):
        found[device.person_id].append(device)
    return found


def team_of(gate: Gate, *, now: datetime) -> Team:
    """Who came and leads the meeting or keeps it safe, and who is blocked by whom, in one query."""
    leads = [key for key, guest in gate.guests.items() if guest.part == Part.FACILITATOR]
    keeps = [key for key, guest in gate.guests.items() if guest.is_keeper]
    return Team(
        leads=frozenset(leads),
        # Where somebody may be under 18, only those whose training is signed sit with them.
        keeper=next(iter(keeps), None) if not gate.room.group.is_young() else None,
        here=frozenset(key for key, guest in gate.guests.items() if guest.is_here),
        unreached=unreached({*gate.guests, *gate.outside}, now=now),
    )


def _sides(gate: Gate, now: datetime) -> Mapping[UUID, Sides]:
    """What each person may know of private words, in two queries, and one where there are none.

    Inside one, of that one only: a member who waits outside the meeting is asked there as well.
    """
    side, meeting = (
        (gate.room, gate.room.parent) if gate.room.kind == Kind.SIDE else (None, gate.room)
    )
    rooms = [] if meeting is None else rooms_beside(meeting)
    rooms = [each for each in rooms if side in (None, each)]
    seen = gate_of(meeting.pk, now=now) if rooms and side and meeting else gate
    if not rooms or seen is None:
        return {}
    team = team_of(seen, now=now)
    return {key: sides_for(rooms, key, team) for key in gate.guests}


def _plain(word: Word) -> Plain:
    return {
        "room": str(word.room_id),
        "name": word.name,
        "stage": word.stage.value,
        "beside": word.beside.value,
        "other": word.other,
        "is_lead": word.is_lead,
    }


def _state(gate: Gate, devices: Mapping[UUID, list[Device]], now: datetime) -> Plain:
    room, shows_presence = gate.room, rules_of(gate.room.group).shows_presence
    return {
        "v": VERSION,
        "room": str(room.pk),
        "revision": room.revision,
        "now_ms": milliseconds(now),
        "kind": room.kind,
        "phase": room.phase,
        "paused": room.paused_at is not None,
        "epoch": NOT_FOUNDED if gate.epoch is None else gate.epoch,
        "floor_epoch": gate.floor_epoch,
        "starts_ms": milliseconds(room.starts_at),
        "ends_ms": milliseconds(room.ends_at),
        "step": _step(room),
        "people": [
            _person(guest, devices.get(key, []), shows_presence=shows_presence)
            for key, guest in gate.guests.items()
        ],
        "circle": _circle(gate.circle, now),
        "shows_presence": shows_presence,
    }


def _step(room: Room) -> Plain | None:
    spoken = [language for language in room.group.languages if language in dict(settings.LANGUAGES)]
    # Everybody reads the same prompt, so it is in the group's language, not in a reader's.
    with translation.override(spoken[0] if spoken else settings.LANGUAGE_CODE):
        found = step_now(room)
    if found is None:
        return None
    return {
        "name": found.part.step.value,
        "since_ms": milliseconds(found.from_at),
        "minutes": found.part.minutes,
        "prompt": found.part.prompt,
    }


def _person(guest: Guest, devices: list[Device], *, shows_presence: bool) -> Plain:
    return {
        "alias": guest.alias.hex(),
        "name": guest.person.pseudonym,
        "part": guest.part.value,
        "is_lead": guest.is_lead,
        "is_keeper": guest.is_keeper,
        "is_first_time": guest.is_first_time,
        "stance": guest.stance.value,
        "is_here": shows_presence and guest.is_here,
        "devices": [{"id": str(each.pk), "fingerprint": each.fingerprint} for each in devices],
    }


def _circle(circle: Circle, now: datetime) -> Plain:
    seen = view(circle, now=now)
    return {
        "mode": seen.mode.value,
        "turn": seen.version,
        "prompt": seen.prompt,
        "held_by": seen.seat if seen.hold is Hold.HELD else None,
        "offered_to": seen.seat if seen.hold is Hold.OFFERED else None,
        "since_ms": milliseconds(seen.since) if seen.since else None,
        "seconds_each": seen.seconds_allowed,
        "seconds_used": round(seen.seconds_used, 1),
        "next": list(seen.coming),
        "had": list(seen.spoken),
        "hands": list(seen.hands),
        "minute": list(seen.put_off),
        "skipping": list(seen.skipping),
    }


def milliseconds(moment: datetime) -> int:
    """The moment in milliseconds since 1970 (UTC)."""
    return int(moment.timestamp() * 1000)
