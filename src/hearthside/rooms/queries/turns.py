"""The talking piece of a room as it stands, and whom a seat in it stands for."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from hearthside.rooms.enums import Stance
from hearthside.rooms.models import Entry, Journal, Room
from hearthside.rooms.queries.aliases import alias_of, person_of
from hearthside.rooms.queries.chairs import outside_of
from peerkit.circle import Circle, from_plain

# An alias, 16 bytes, in lower-case hex.
SEAT: Final = re.compile(r"[0-9a-f]{32}")


def circle_of(room_id: UUID) -> Circle:
    """The circle as it was last written; a new one where nobody has come yet."""
    kept = Journal.objects.filter(room_id=room_id).values_list("circle", flat=True).first()
    return read(kept)


def read(kept: Mapping[str, object] | None) -> Circle:
    """The circle in what a Journal keeps of it. Raises what `peerkit.circle.from_plain` raises."""
    return from_plain(dict(kept)) if kept else Circle()


def seat_of(room_id: UUID, person_id: UUID) -> str:
    """The key of the person's seat in the room's circle: their alias, in lower-case hex."""
    return alias_of(room_id, person_id).hex()


def entry_at(room: Room, seat: str) -> Entry | None:
    """Who came into the room and has this seat; None for nobody, or what is no seat at all."""
    if not SEAT.fullmatch(seat):
        return None
    entries = {
        entry.person_id: entry for entry in Entry.objects.filter(room=room).select_related("person")
    }
    found = person_of(room.pk, bytes.fromhex(seat), candidates=entries)
    return entries[found] if found else None


def people_here(room: Room, *, now: datetime) -> list[Entry]:
    """Those who are in the room now, first come first; nobody who is kept outside."""
    here = Entry.objects.filter(room=room).here(now=now).select_related("person")
    outside = outside_of(room, now=now)
    return [
        entry
        for entry in here.order_by("first_here_at", "accepted_at", "pk")
        if entry.person_id not in outside
    ]


def round_order(entries: list[Entry]) -> list[str]:
    """The seats to whom a round is offered, in the order of the entries; who came to listen is let be."""
    return [
        seat_of(entry.room_id, entry.person_id)
        for entry in entries
        if entry.stance != Stance.LISTEN
    ]
