"""Our own gateway: `hearthside serve` on a database of its own, writes durable, driven on the real wire."""

import asyncio
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from struct import Struct

from peer import IsAbsent, Peer
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect
from scenarios import Scenario
from seating import Seat

SEEDING = "import django; django.setup(); import seeding; seeding.main()"
GATEWAY = "hearthside.rooms.streams.protocol"
SUBPROTOCOL = "hearthside.room.1"
SEND, FOUND, ENVELOPE, REFUSED, BYE, CAUGHT_UP = 1, 3, 129, 132, 133, 137
SAY, FOUNDED = 1, 4
# docs/engines/wire.md: op, kind, no, epoch, commitment; the sealed payload follows.
HEAD = Struct(">BBIQ32s")
# op, no; the group info follows.
FOUND_HEAD = Struct(">BI")
GROUP_INFO = bytes(400)
# The founding is the first envelope of a room.
FIRST_SEQ = 1
COOKIE = "hearthside"
# The gateway carries commitments unread; only a report would look at one.
COMMITMENT = bytes(32)
JOINED_WITHIN_S = 30


class Ear(WSListener):
    """Counts what people said, as it comes to one seat."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.caught_up = asyncio.Event()
        self.founded = asyncio.Event()

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:  # noqa: ARG002
        """An envelope is a delivery; a refusal or a farewell is a fault; the rest is not of interest."""
        if frame.msg_type is not WSMsgType.BINARY:
            return
        data = frame.get_payload_as_bytes()
        if data[0] == ENVELOPE and data[1] == SAY:
            if self.seat.is_reading:
                self.seat.read(data)
            self.seat.took(1)
        elif data[0] == ENVELOPE and data[1] == FOUNDED:
            self.founded.set()
        elif data[0] == CAUGHT_UP:
            self.caught_up.set()
        elif data[0] == REFUSED:
            self.seat.room.remarks["refused: " + data[5:].decode()] += 1
        elif data[0] == BYE:
            self.seat.room.remarks["sent away: " + data[1:].decode()] += 1


async def join(seeded: dict[str, list[str]], seat: Seat, port: int) -> WSTransport:
    """Connect as the person of that seat; the first one in a room founds it, at epoch 0."""
    room, no = seat.room, count(1)
    if seat.number:
        await asyncio.wait_for(room.made.wait(), JOINED_WITHIN_S)
    person = room.number * room.members + seat.number
    ear, transport = await _connected(
        partial(Ear, seat),
        port,
        path=f"/rooms/{seeded[room.scenario.name][room.number]}/wire/",
        # A device that holds no state yet says -1; the others have worked through the founding.
        query=f"device={seeded['devices'][person]}&after={FIRST_SEQ if seat.number else -1}",
        session=seeded["sessions"][person],
    )

    def speak(payload: bytes) -> None:
        transport.send(WSMsgType.BINARY, HEAD.pack(SEND, SAY, next(no), 0, COMMITMENT) + payload)

    seat.speak = speak
    # The gateway looks at who comes after it has opened the wire; only then are they in.
    await asyncio.wait_for(ear.caught_up.wait(), JOINED_WITHIN_S)
    if not seat.number:
        transport.send(WSMsgType.BINARY, FOUND_HEAD.pack(FOUND, next(no)) + GROUP_INFO)
        await asyncio.wait_for(ear.founded.wait(), JOINED_WITHIN_S)
        room.made.set()
    return transport


async def _connected(
    made: Callable[[], Ear], port: int, *, path: str, query: str, session: str
) -> tuple[Ear, WSTransport]:
    headers = {
        "Origin": f"http://127.0.0.1:{port}",
        "Cookie": f"{COOKIE}={session}",
        "Sec-WebSocket-Protocol": SUBPROTOCOL,
    }
    transport, ear = await ws_connect(
        made,
        f"ws://127.0.0.1:{port}{path}?{query}",
        extra_headers=headers,
        websocket_handshake_timeout=JOINED_WITHIN_S,
    )
    assert isinstance(ear, Ear)
    return ear, transport


def prepare(folder: Path) -> Peer:
    """Make an installation in `folder` and fill it; or IsAbsent."""
    if find_spec(GATEWAY) is None:
        raise IsAbsent("this version has no gateway")
    filled, used = folder / "filled", folder / "used"
    environment = _environment(filled)
    _run([sys.executable, "-m", "hearthside", "setup"], environment)
    seeded = json.loads(_run([sys.executable, "-c", SEEDING], environment))

    def command(_: Scenario, port: int) -> list[str]:
        shutil.rmtree(used, ignore_errors=True)
        shutil.copytree(filled, used)
        return [sys.executable, "-m", "hearthside", "serve", "--port", str(port)]

    about = f"hearthside {version('hearthside')}, SQLite {sqlite3.sqlite_version} durable"
    joining = partial(join, seeded)
    return Peer("hearthside", about, command, joining, _environment(used))


def _environment(home: Path) -> dict[str, str]:
    return {
        "HEARTHSIDE_HOME": str(home),
        "DATABASE_URL": f"sqlite:///{home / 'hearthside.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "hearthside.project.settings",
        # What one person and one room may send in a second is not what is measured.
        "HEARTHSIDE_ROOMS_RATES": "1000",
    }


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        command,
        cwd=Path(__file__).parent,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise IsAbsent(f"{' '.join(command[1:])} failed: {done.stderr.strip()[-800:]}")
    return done.stdout
