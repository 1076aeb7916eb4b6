"""One process group, one port: this process answers the web, a child does the background work."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import typer
import uvicorn
from django.conf import settings

RESTART_AFTER = 2.0
STOP_WITHIN = 10.0


def serve(*, host: str, port: int) -> None:
    """Serve until told to stop; the worker is restarted if it dies, and stopped with us."""
    listening = _listen(host, port)
    typer.echo(f"Hearthside is at {address(host=host, port=listening.getsockname()[1])}")
    config = uvicorn.Config(
        "hearthside.project.asgi:application",
        host=host,
        port=port,
        log_level="warning",
        lifespan="off",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    # uvicorn stops gracefully and then raises the signal again: it must end in our `finally`, not in death.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    with _worker():
        uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else starts, so that a port in use is one clear sentence."""
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=256
        )
    except (OSError, OverflowError) as error:
        typer.secho(
            f"Port {port} on {host} can't be used ({error}). Perhaps Hearthside runs already. "
            f"Another port: --port {port + 1}",
            err=True,
            fg="red",
        )
        raise typer.Exit(1) from error


def _leave(number: int, frame: object) -> None:  # noqa: ARG001 - the signature of a signal handler
    raise SystemExit(0)


def address(*, host: str, port: int) -> str:
    """Where people open the site: the public address, or this machine's."""
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::") else host  # noqa: S104 - only shown
    return settings.SITE_URL if settings.BEHIND_TLS else f"http://{shown}:{port}"


@contextlib.contextmanager
def _worker() -> Iterator[None]:
    """Keep one worker process alive beside the body."""
    stopping = threading.Event()
    keeper = threading.Thread(target=_keep, args=(stopping,), name="worker-keeper", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        keeper.join(timeout=STOP_WITHIN + 2)


def _keep(stopping: threading.Event) -> None:
    while not stopping.is_set():
        child = subprocess.Popen(
            [sys.executable, "-m", "hearthside", "work", "--parent", str(os.getpid())]
        )
        while child.poll() is None and not stopping.wait(0.2):
            pass
        if child.poll() is None:
            _stop(child)
        elif not stopping.wait(RESTART_AFTER):
            typer.echo("Background work stopped by itself; starting it again.", err=True)


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_WITHIN
    while child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    if child.poll() is None:
        child.kill()
    child.wait()
