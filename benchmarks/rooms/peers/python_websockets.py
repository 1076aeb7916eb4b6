"""Python's `websockets` on uvloop, with its own `broadcast`, without compression."""

from pathlib import Path

import packages
from peer import Peer
from scenarios import Scenario
from sockets import join

WEBSOCKETS, UVLOOP = "17.4", "0.23.0"
PROGRAM = Path(__file__).parents[1] / "served/broadcast.py"


def prepare(folder: Path) -> Peer:
    """Fetch `websockets` into `folder`; or IsAbsent."""
    python = packages.python_with(folder, f"websockets=={WEBSOCKETS}", f"uvloop=={UVLOOP}")

    def command(_: Scenario, port: int) -> list[str]:
        return [str(python), str(PROGRAM), str(port)]

    return Peer("websockets", f"websockets {WEBSOCKETS}, uvloop {UVLOOP}", command, join)
