"""Starting a server on its own core, and ending it."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from peer import IsAbsent, Peer
from scenarios import Scenario

STARTS_WITHIN_S = 60.0


def cores() -> tuple[int, int]:
    """The core for the load generator and the core for servers; the same one if there is no other."""
    mine = sorted(os.sched_getaffinity(0))
    return mine[0], mine[-1]


@contextmanager
def serving(peer: Peer, scenario: Scenario, *, core: int, log: Path) -> Iterator[tuple[int, int]]:
    """Run the server on `core`; gives (process id, port) once it answers, and ends it afterwards."""
    port = _free_port()
    with log.open("wb") as said:
        before = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {core})
        try:
            process = subprocess.Popen(
                peer.command(scenario, port),
                env=os.environ | dict(peer.environment),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        finally:
            os.sched_setaffinity(0, before)
    try:
        _wait_for(process, port, peer, log)
        yield process.pid, port
    finally:
        _end(process)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _wait_for(process: subprocess.Popen[bytes], port: int, peer: Peer, log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while process.poll() is None and time.monotonic() < deadline:
        if _is_listening(port):
            return
        time.sleep(0.02)
    raise IsAbsent(f"{peer.name} did not start: {log.read_text(errors='replace')[-500:].strip()}")


def _is_listening(port: int) -> bool:
    """Without connecting: a server that counts its connections must not count ours."""
    wanted = f":{port:04X}"
    rows = Path("/proc/net/tcp").read_text().splitlines()[1:]
    if any(row.split()[1].endswith(wanted) and row.split()[3] == "0A" for row in rows):
        return True
    rows = Path("/proc/net/tcp6").read_text().splitlines()[1:]
    return any(row.split()[1].endswith(wanted) and row.split()[3] == "0A" for row in rows)


def _end(process: subprocess.Popen[bytes]) -> None:
    """At once: nothing that it holds is kept."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
