"""One process group, one port: this process answers the web and carries the rooms, a child works in the background.

With HEARTHSIDE_ROOMS_PORT a second child carries the rooms on a port of its own.
"""

import contextlib
import gc
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
from django.utils import timezone

from hearthside.finder.queries import catalogue
from hearthside.rooms.streams.protocol import Door

RESTART_AFTER = 2.0
STOP_WITHIN = 10.0
# Seconds that a busy thread may keep the interpreter from the loop; see docs/decisions/0007-gateway.md.
SWITCH_EVERY = 0.001
# Garbage is looked for in small portions, and rarely through all that lives: each look stops every thread.
COLLECTED_AFTER = (2_000, 50, 100)


def serve(*, host: str, port: int) -> None:
    """Serve until told to stop; whoever works beside us is restarted if they die, and stopped with us."""
    listening = _listen(host, port)
    taken = listening.getsockname()[1]
    typer.echo(f"Hearthside is at {address(host=host, port=taken)}")
    with contextlib.ExitStack() as beside:
        beside.enter_context(_child("Background work", "work"))
        if settings.ROOMS_PORT:
            words = ("--host", host, "--port", str(settings.ROOMS_PORT), "--web-port", str(taken))
            beside.enter_context(_child("The rooms' process", "rooms", *words))
        gc.set_threshold(*COLLECTED_AFTER)
        catalogue.serve(now=timezone.now())
        _run("hearthside.project.asgi:application", listening, Door(rates=settings.ROOMS_RATES))


def serve_rooms(*, host: str, port: int, web_port: int, parent: int) -> None:
    """Carry the rooms only, for pages at `web_port`, until told to stop or the process `parent` is gone."""
    door = Door(rates=settings.ROOMS_RATES, web_port=web_port)
    threading.Thread(target=_end_with, args=(parent,), name="parent-watch", daemon=True).start()
    _run("hearthside.project.asgi:rooms_only", _listen(host, port), door)


def _run(application: str, listening: socket.socket, door: Door) -> None:
    config = uvicorn.Config(
        application,
        loop="uvloop",
        http="httptools",
        ws=door,  # type: ignore[arg-type] # it makes protocols, as a class would
        log_level="warning",
        lifespan="off",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    # uvicorn stops gracefully and then raises the signal again: it must end in our `finally`, not in death.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    sys.setswitchinterval(SWITCH_EVERY)
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        door.close()


def _end_with(parent: int) -> None:
    while not parent or os.getppid() == parent:
        time.sleep(1)
    # The web process was killed: rooms alone would go on unseen and hold the port.
    os.kill(os.getpid(), signal.SIGTERM)


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
def _child(name: str, *words: str) -> Iterator[None]:
    """Keep one child process alive beside the body: `hearthside` with these words, called `name` to people."""
    stopping = threading.Event()
    keeper = threading.Thread(
        target=_keep, args=(stopping, name, words), name=f"{words[0]}-keeper", daemon=True
    )
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        keeper.join(timeout=STOP_WITHIN + 2)


def _keep(stopping: threading.Event, name: str, words: tuple[str, ...]) -> None:
    while not stopping.is_set():
        child = subprocess.Popen(
            [sys.executable, "-m", "hearthside", *words, "--parent", str(os.getpid())]
        )
        while child.poll() is None and not stopping.wait(0.2):
            pass
        if child.poll() is None:
            _stop(child)
        elif not stopping.wait(RESTART_AFTER):
            typer.echo(f"{name} stopped by itself; starting it again.", err=True)


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_WITHIN
    while child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    if child.poll() is None:
        child.kill()
    child.wait()
