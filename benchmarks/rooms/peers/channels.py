"""Django Channels with the in-memory layer, served by uvicorn on uvloop."""

from pathlib import Path

import packages
from peer import Peer
from scenarios import Scenario
from sockets import join

CHANNELS, UVICORN, WEBSOCKETS, UVLOOP = "4.3.2", "0.54.0", "17.4", "0.23.0"
FOLDER = Path(__file__).parents[1] / "served"


def prepare(folder: Path) -> Peer:
    """Fetch Channels and uvicorn into `folder`; or IsAbsent."""
    python = packages.python_with(
        folder,
        f"channels=={CHANNELS}",
        f"uvicorn=={UVICORN}",
        f"websockets=={WEBSOCKETS}",
        f"uvloop=={UVLOOP}",
        "httptools",
    )

    def command(_: Scenario, port: int) -> list[str]:
        words = f"-m uvicorn channels_room:application --port {port} --log-level warning"
        more = "--loop uvloop --ws websockets-sansio --ws-per-message-deflate false"
        return [str(python), *words.split(), "--app-dir", str(FOLDER), *more.split()]

    about = f"Channels {CHANNELS}, uvicorn {UVICORN}"
    return Peer("channels", about, command, join, is_slow=True)
