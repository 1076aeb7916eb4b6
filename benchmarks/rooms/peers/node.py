"""Node's `ws`, without compression: a loop of send() over the room, as its own manual shows it."""

import shutil
from pathlib import Path

import packages
from peer import Peer
from scenarios import Scenario
from sockets import join

WS = "8.23.0"
PROGRAM = Path(__file__).parents[1] / "served/broadcast.mjs"


def prepare(folder: Path) -> Peer:
    """Fetch `ws` into `folder`; or IsAbsent."""
    node = packages.node_with(folder, f"ws@{WS}")
    # Node looks for packages beside the program, so the program goes to them.
    program = shutil.copy(PROGRAM, folder / PROGRAM.name)

    def command(_: Scenario, port: int) -> list[str]:
        return [node, str(program), str(port)]

    return Peer("ws", f"ws {WS}, Node {packages.output(node, '--version')}", command, join)
