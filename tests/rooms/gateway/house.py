"""A live room, the people in it with their devices and sessions, and a way to connect them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from django.db import connections

from hearthside.accounts.models import Person
from hearthside.rooms.enums import Part, Stance
from hearthside.rooms.models import Device, Room
from hearthside.rooms.ports import Wire
from tests import world
from tests.rooms import rooms
from tests.rooms.rooms import Table
from tests.rooms.wire_client import Client, connect

T = TypeVar("T")


@dataclass
class Guest:
    """Somebody in the room with one device, signed in."""

    person: Person
    device: Device
    cookie: str


class House:
    """One open room. The clock is the real one, because the gateway's is."""

    def __init__(self, table: Table, **fields: Any) -> None:
        self.table = table
        begun = self.now() - timedelta(minutes=5)
        self.room: Room = rooms.open_room(starts_at=begun, **fields)

    @staticmethod
    def now() -> datetime:
        return datetime.now(UTC)

    def guest(self, part: Part = Part.MEMBER, who: Person | None = None, **fields: Any) -> Guest:
        """Somebody who came in through the lobby, and may want to speak."""
        fields.setdefault("stance", Stance.SPEAK)
        unseen = {"first_here_at": None, "last_here_at": None}
        person = rooms.inside(
            self.room, self.table, part, who=who, now=self.now(), **{**unseen, **fields}
        )
        return Guest(person, rooms.device(person, now=self.now()), cookie_of(person))

    def guests(self, count: int, **fields: Any) -> list[Guest]:
        return [self.guest(**fields) for _ in range(count)]

    async def connect(
        self, port: int, who: Guest, *, after: int = -1, headers: dict[str, str] | None = None
    ) -> Client:
        return await connect(
            port,
            room=self.room.pk,
            device=who.device.pk,
            cookie=who.cookie,
            after=after,
            **(headers or {}),
        )

    async def sit(self, port: int, who: Guest, *, after: int = -1) -> Client:
        """Connected, and told everything."""
        client = await self.connect(port, who, after=after)
        await client.until("CAUGHT_UP")
        return client

    async def founded(self, port: int, who: Guest) -> Client:
        """Connected, and the keys are made: the room is at seq 1 and epoch 0."""
        client = await self.sit(port, who)
        client.found()
        await client.envelope()
        return client


def cookie_of(person: Person) -> str:
    """A browser's session in which the person signed in and proved themselves twice."""
    return world.browser(person).cookies["hearthside"].value


async def done(act: Callable[[], T]) -> T:
    """What the act gives, done in a thread of its own as a page's is, with nothing left open."""

    def acted() -> T:
        try:
            return act()
        finally:
            connections.close_all()

    return await asyncio.to_thread(acted)


def fill_disk(wire: Wire) -> None:
    """No page more for this SQLite database, and none that an earlier test left free."""
    wire._open.execute("VACUUM")  # type: ignore[attr-defined]
    wire._open.execute("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]
