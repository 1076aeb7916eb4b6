"""Shorthands of the tests of rooms: who sits where in the circle, what somebody said with its proof, and doors for scripts."""

import base64
import json
import os
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from hearthside.accounts.models import Person
from hearthside.rooms.actions import leading, turns
from hearthside.rooms.enums import Stance
from hearthside.rooms.models import Entry, Room
from hearthside.rooms.queries.aliases import alias_of, key
from hearthside.rooms.queries.turns import circle_of, seat_of
from peerkit.circle import Hold, View, view
from peerkit.franking import Stamper, commitment_of
from tests.rooms import rooms
from tests.rooms.rooms import Table
from tests.world import NOW


def in_circle(at: Room, *people: Person, now: datetime = NOW) -> None:
    """The gateway has seen them come, in this order."""
    for who in people:
        stance = Stance(Entry.objects.get(room=at, person=who).stance)
        turns.arrive(room_id=at.pk, person_id=who.pk, stance=stance, now=now)


def seat(at: Room, who: Person) -> str:
    return seat_of(at.pk, who.pk)


def shown(at: Room, now: datetime = NOW) -> View:
    """The talking piece as every page in the room shows it."""
    return view(circle_of(at.pk), now=now)


def holder(at: Room, *people: Person) -> Person | None:
    """Which of these has the turn, offered or taken."""
    piece = circle_of(at.pk).piece
    return next((who for who in people if seat(at, who) == piece.seat), None)


def has_taken(at: Room, who: Person) -> bool:
    piece = circle_of(at.pk).piece
    return piece.hold is Hold.HELD and piece.seat == seat(at, who)


def proof(
    at: Room,
    by: Person,
    text: str = "You are not welcome here.",
    *,
    seq: int = 1,
    when: datetime = NOW,
    content: bytes | None = None,
) -> dict[str, Any]:
    """What a browser hands in for one message that this person said: sealed, stamped, and opened again."""
    said = {"v": 1, "type": "say", "id": "x" * 22, "text": text}
    content = json.dumps(said).encode() if content is None else content
    opening, alias, time_ms = os.urandom(32), alias_of(at.pk, by.pk), int(when.timestamp() * 1000)
    commitment = commitment_of(content, room=at.pk.bytes, key=opening)
    stamp = Stamper(key()).stamp(commitment, at.pk.bytes, alias, seq, time_ms)
    return {
        "version": 1,
        "content": base64url(content),
        "key": base64url(opening),
        "commitment": base64url(commitment),
        "room": base64url(at.pk.bytes),
        "alias": base64url(alias),
        "seq": seq,
        "time_ms": time_ms,
        "stamp": base64url(stamp),
    }  # fmt: skip


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def tap(client: Client, door: str, at: Room, **fields: Any) -> HttpResponse:
    """What a button on the room's page sends."""
    answer: Any = client.post(reverse(door, args=[at.pk]), fields)
    return answer  # type: ignore[no-any-return]


def tell(client: Client, door: str, *args: Any, **told: Any) -> HttpResponse:
    """What the page's script sends as JSON."""
    answer: Any = client.post(reverse(door, args=args), told, content_type="application/json")
    return answer  # type: ignore[no-any-return]


def words_of(answer: HttpResponse) -> str:
    return str(json.loads(answer.content)["words"])


def begun(room: Room, lead: Person) -> Room:
    leading.begin_anyway(room=room, by=lead, now=NOW)
    room.refresh_from_db()
    return room


def speaker(room: Room, table: Table, **fields: Any) -> Person:
    return rooms.inside(room, table, stance=Stance.SPEAK, **fields)


def go_round(room: Room, by: Person, **fields: Any) -> None:
    defaults: dict[str, Any] = {"prompt": "", "seconds_each": 0, "is_order_random": False}
    leading.go_round(room=room, by=by, now=NOW, **{**defaults, **fields})
