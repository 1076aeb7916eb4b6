"""Browsers that talk and come back whatever happens, and the check of what they and the database remember."""

import asyncio
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from picows import WSError

from tests.rooms.wire_client import Client, Envelope, Heard, connect

# At most this long for a browser between two attempts to come back.
AGAIN = 0.05


@dataclass
class Browser:
    """One device that says numbered words without end, one at a time, and keeps all that it hears."""

    port: int
    room: UUID
    device: UUID
    cookie: str
    founds: bool = False
    last_seq: int = -1
    confirmed: dict[int, int] = field(default_factory=dict)
    heard: dict[int, Envelope] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    connections: int = 0

    async def live(self, stop: asyncio.Event, ready: asyncio.Event) -> None:
        """Talk until told to stop, and hear the rest."""
        await ready.wait() if not self.founds else None
        # Whoever founds has nothing before; the others begin with the founding.
        self.last_seq = max(self.last_seq, -1 if self.founds else 0)
        while not stop.is_set():
            try:
                client = await connect(
                    self.port,
                    room=self.room, device=self.device, cookie=self.cookie, after=self.last_seq,
                )  # fmt: skip
                self.connections += 1
                await self._talk(client, stop, ready)
            except (WSError, OSError, AssertionError, TimeoutError):
                await asyncio.sleep(AGAIN)

    async def _talk(self, client: Client, stop: asyncio.Event, ready: asyncio.Event) -> None:
        await self._until_caught_up(client)
        if self.founds and self.last_seq < 0:
            client.found(no=1)
            await self._confirmation(client, 1)
        ready.set()
        while not stop.is_set():
            no = max(self.confirmed, default=1) + 1
            client.say(b"%d " % no + os.urandom(150), no=no)
            await self._confirmation(client, no)

    async def hear_the_rest(self, until: int) -> None:
        """Come back once more and hear everything up to `until`."""
        client = await connect(
            self.port,
            room=self.room, device=self.device, cookie=self.cookie, after=self.last_seq,
        )  # fmt: skip
        await self._until_caught_up(client)
        if self.last_seq != until:
            self.faults.append(f"heard up to {self.last_seq}, not {until}")

    async def _until_caught_up(self, client: Client) -> None:
        while True:
            frame = await client.next()
            if isinstance(frame, Heard) and frame.op == "CAUGHT_UP":
                return
            self._hear(frame)

    async def _confirmation(self, client: Client, no: int) -> None:
        while no not in self.confirmed:
            self._hear(await client.next())

    def _hear(self, frame: Envelope | Heard) -> None:
        if isinstance(frame, Heard):
            if frame.op == "REFUSED":
                self.faults.append(f"refused: {frame.body}")
            return
        if frame.seq in self.heard:
            if self.heard[frame.seq] != frame:
                self.faults.append(f"{frame.seq} was one thing and then another")
        elif self.last_seq >= 0 and frame.seq != self.last_seq + 1:
            self.faults.append(f"heard {frame.seq} after {self.last_seq}")
        self.heard[frame.seq] = frame
        self.last_seq = max(self.last_seq, frame.seq)
        if frame.device == self.device:
            before = self.confirmed.setdefault(frame.no, frame.seq)
            if before != frame.seq:
                self.faults.append(f"{frame.no} was confirmed at {before} and at {frame.seq}")


def faults_of(browsers: Iterable[Browser], stored: list[tuple[int, str, int]]) -> list[str]:
    """What is wrong, against the room's (seq, device hex, no) in the database: lost, doubled, out of order."""
    found = [fault for browser in browsers for fault in browser.faults]
    if [row[0] for row in stored] != list(range(1, len(stored) + 1)):
        found.append("the room's numbers have a gap")
    if len({row[1:] for row in stored}) != len(stored):
        found.append("a message is stored twice")
    places = {(device, no): seq for seq, device, no in stored}
    for browser in browsers:
        for no, seq in browser.confirmed.items():
            if places.get((browser.device.hex, no)) != seq:
                found.append(
                    f"confirmed at {seq} and stored at {places.get((browser.device.hex, no))}"
                )
        own = [seq for _no, seq in sorted(browser.confirmed.items())]
        if own != sorted(own):
            found.append("one browser's messages changed their order")
        for seq, frame in browser.heard.items():
            if places.get((frame.device.hex, frame.no)) != seq:
                found.append(f"heard {seq}, which the database does not have")
    return found
