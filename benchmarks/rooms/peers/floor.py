"""The floor: a loop of send() of the same bytes, in C and in Python. Nothing that sends one by one is faster."""

import asyncio
import shutil
import sys
from functools import partial
from pathlib import Path

import packages
from peer import IsAbsent, Peer
from scenarios import PAYLOAD_BYTES, Scenario
from seating import Seat

FRAME_BYTES = PAYLOAD_BYTES + 4
SERVED = Path(__file__).parents[1] / "served"


class Drain(asyncio.Protocol):
    """Counts bytes for one seat; every frame has the same size."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.rest = 0

    def data_received(self, data: bytes) -> None:
        """So many whole frames more."""
        frames, self.rest = divmod(self.rest + len(data), FRAME_BYTES)
        self.seat.took(frames)


async def join(seat: Seat, port: int) -> asyncio.Transport:
    """Connect and drain. What a seat of the first room says is one byte; the others say nothing."""
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_connection(partial(Drain, seat), "127.0.0.1", port)

    def ask(_: bytes) -> None:
        transport.write(b"." if seat.room.number == 0 else b"")

    seat.speak = ask
    return transport


def prepare_c(folder: Path) -> Peer:
    """Compile the loop in C into `folder`; or IsAbsent."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise IsAbsent("no C compiler")
    folder.mkdir(parents=True)
    packages.output(compiler, "-O2", "-o", str(folder / "floor"), str(SERVED / "floor.c"))
    version = packages.output(compiler, "--version")
    return _floor("floor (C)", version, [str(folder / "floor")])


def prepare_python(_: Path) -> Peer:
    """The loop in this Python."""
    version = f"Python {sys.version.split()[0]}"
    return _floor("floor (Python)", version, [sys.executable, str(SERVED / "floor.py")])


def _floor(name: str, version: str, program: list[str]) -> Peer:
    def command(scenario: Scenario, port: int) -> list[str]:
        return [*program, str(port), str(scenario.seats), str(scenario.members)]

    # One by one, for the program takes those who come first for the first room.
    return Peer(name, version, command, join, is_floor=True, at_once=1)
