"""A browser's end of the room's wire, for tests: it speaks docs/engines/wire.md and keeps what it heard."""

import asyncio
import json
import os
import struct
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar
from uuid import UUID

from picows import WSCloseCode, WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

T = TypeVar("T")

SUBPROTOCOL: Final = "hearthside.room.1"
PATIENCE: Final = 15.0
SAY, SOFT, COMMIT, FOUNDED = 1, 2, 3, 4


@dataclass(frozen=True)
class Envelope:
    """One ENVELOPE as it came."""

    kind: int
    seq: int
    at_ms: int
    epoch: int
    no: int
    alias: bytes
    device: UUID
    commitment: bytes
    stamp: bytes
    payload: bytes


@dataclass(frozen=True)
class Heard:
    """Any other frame: its op, its numbers in their order, and its text, plain values or bytes."""

    op: str
    numbers: tuple[int, ...] = ()
    body: Any = None


Frame = Envelope | Heard
ENVELOPE = struct.Struct(">xBQQQI16s16s32s32s")


def parse(frame: bytes) -> Frame:  # noqa: PLR0911 - one way out for each op
    """One frame of the server."""
    op, rest = frame[0], frame[1:]
    if op == 129:
        kind, seq, at_ms, epoch, no, alias, device, commitment, stamp = ENVELOPE.unpack_from(frame)
        said = frame[ENVELOPE.size :]
        return Envelope(
            kind, seq, at_ms, epoch, no, alias, UUID(bytes=device), commitment, stamp, said
        )
    if op in (130, 131):
        return Heard("STATE" if op == 130 else "YOU", (), json.loads(rest))
    if op == 132:
        return Heard("REFUSED", struct.unpack_from(">I", rest), rest[4:].decode())
    if op == 133:
        return Heard("BYE", (), rest.decode())
    if op == 134:
        return Heard("WELCOME", struct.unpack_from(">Q", rest), rest[8:])
    if op == 135:
        return Heard("INFO", struct.unpack_from(">QQ", rest), rest[16:])
    if op == 136:
        return Heard("TYPING", (), rest)
    assert op == 137, op
    return Heard("CAUGHT_UP", struct.unpack_from(">Q", rest))


class Listener(WSListener):
    """What picows calls."""

    def __init__(self, heard: Callable[[bytes], None], closed: Callable[[int], None]) -> None:
        self._heard, self._closed = heard, closed
        self._code = 0

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.BINARY:
            self._heard(frame.get_payload_as_bytes())
        elif frame.msg_type == WSMsgType.CLOSE:
            self._code = int.from_bytes(frame.get_payload_as_bytes()[:2], "big")
            transport.send_close(WSCloseCode.OK)
            transport.disconnect()

    def on_ws_disconnected(self, transport: WSTransport) -> None:  # noqa: ARG002 - picows' signature
        self._closed(self._code)


@dataclass
class Client:
    """One device in one room. `no` counts what it sent; `close_code` is set once the socket is closed."""

    room: UUID
    device: UUID
    transport: WSTransport
    heard: list[Frame] = field(default_factory=list)
    no: int = 0
    epoch: int = 0
    close_code: int | None = None
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _read: int = 0

    def say(
        self, payload: bytes = b"", *, no: int | None = None, kind: int = SAY, **fields: Any
    ) -> int:
        """Send a sealed message; returns its number."""
        self.no = no or self.no + 1
        epoch = fields.get("epoch", self.epoch)
        commitment = fields.get("commitment") or os.urandom(32)
        head = struct.pack(">BBIQ32s", 1, kind, self.no, epoch, commitment)
        self.send(head + (payload or os.urandom(40)))
        return self.no

    def commit(
        self, commit: bytes = b"a commit", *, epoch: int | None = None, no: int | None = None,
        info: bytes = b"group info", welcome: bytes = b"", devices: Sequence[UUID] = (),
    ) -> int:  # fmt: skip
        """Change the keys."""
        self.no = no or self.no + 1
        head = struct.pack(">BIQ", 2, self.no, self.epoch if epoch is None else epoch)
        parts = (struct.pack(">I", len(part)) + part for part in (commit, info))
        named = bytes([len(devices)]) + b"".join(device.bytes for device in devices)
        self.send(head + b"".join(parts) + named + welcome)
        return self.no

    def found(self, info: bytes = b"the first info", *, no: int | None = None) -> int:
        """Make the first keys."""
        self.no = no or self.no + 1
        self.send(struct.pack(">BI", 3, self.no) + info)
        return self.no

    def ask_for_info(self) -> None:
        self.send(b"\x04")

    def type(self) -> None:
        self.send(b"\x05")

    def send(self, frame: bytes) -> None:
        self.transport.send(WSMsgType.BINARY, frame)

    def drop(self) -> None:
        """The line is cut, without a word."""
        self.transport.disconnect(graceful=False)

    async def next(self, *, within: float = PATIENCE) -> Frame:
        """The next frame that was not read yet."""
        async with asyncio.timeout(within):
            while self._read >= len(self.heard):
                assert self.close_code is None, f"closed with {self.close_code}"
                self._news.clear()
                await self._news.wait()
        self._read += 1
        return self.heard[self._read - 1]

    async def until(self, op: str, *, within: float = PATIENCE) -> Heard:
        """The next frame of that op; others before it are passed over."""
        async with asyncio.timeout(within):
            while True:
                frame = await self.next(within=within)
                if isinstance(frame, Heard) and frame.op == op:
                    return frame

    async def envelope(self, *, within: float = PATIENCE) -> Envelope:
        """The next ENVELOPE; STATE, YOU and the like before it are passed over."""
        async with asyncio.timeout(within):
            while True:
                frame = await self.next(within=within)
                assert not isinstance(frame, Heard) or frame.op not in {"REFUSED", "BYE"}, frame
                if isinstance(frame, Envelope):
                    return frame

    async def answer(self, no: int) -> Frame:
        """What became of this device's own message: its ENVELOPE, or REFUSED."""
        while True:
            frame = await self.next()
            if isinstance(frame, Envelope):
                if (frame.device, frame.no) == (self.device, no):
                    return frame
            elif frame.op == "REFUSED" and frame.numbers == (no,):
                return frame

    async def envelopes(self, count: int) -> list[Envelope]:
        return [await self.envelope() for _ in range(count)]

    async def state_where(self, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first STATE to come in which that holds."""
        while True:
            state: dict[str, Any] = (await self.until("STATE")).body
            if holds(state):
                return state

    async def closed(self, *, within: float = PATIENCE) -> int:
        """Wait until the socket is closed; its code."""
        async with asyncio.timeout(within):
            while self.close_code is None:
                self._news.clear()
                await self._news.wait()
        return self.close_code

    def bye(self) -> str | None:
        """The reason in the BYE that came, if one did."""
        said = [one.body for one in self.heard if isinstance(one, Heard) and one.op == "BYE"]
        return said[-1] if said else None

    def all_envelopes(self) -> list[Envelope]:
        """Every ENVELOPE that ever came, in the order in which they came."""
        return [frame for frame in self.heard if isinstance(frame, Envelope)]


_open: list[Client] = []


def run(scene: Coroutine[Any, Any, T]) -> T:
    """What the scene gives; every line that it opened is closed afterwards."""

    async def played() -> T:
        try:
            return await scene
        finally:
            for client in _open:
                client.drop()
            for client in _open:
                await client.closed()
            _open.clear()

    # In a thread of its own: Playwright keeps a loop running in this one, once a browser test has been here.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, played()).result()


async def connect(
    port: int, *, room: UUID, device: UUID, cookie: str, after: int = -1, **headers: str
) -> Client:
    """Open the wire; raises picows' WSHandshakeError when the server refuses to."""
    sent = {
        "Origin": f"http://localhost:{port}",
        "Host": f"localhost:{port}",
        "Cookie": f"hearthside={cookie}",
        "Sec-WebSocket-Protocol": SUBPROTOCOL,
    }
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    early: list[bytes] = []
    made: list[Client] = []

    def heard(frame: bytes) -> None:
        if made:
            made[0].heard.append(parse(frame))
            made[0]._news.set()
        else:
            early.append(frame)

    codes: list[int] = []

    def closed(code: int) -> None:
        codes.append(code)
        if made:
            made[0].close_code = code
            made[0]._news.set()

    transport, _ = await ws_connect(
        lambda: Listener(heard, closed),
        f"ws://127.0.0.1:{port}/rooms/{room}/wire/?device={device}&after={after}",
        extra_headers={name: value for name, value in sent.items() if value},
        max_frame_size=1 << 24,
        enable_auto_ping=False,
    )
    client = Client(room, device, transport, heard=[parse(frame) for frame in early])
    client.close_code = codes[0] if codes else None
    made.append(client)
    _open.append(client)
    return client
