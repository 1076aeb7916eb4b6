"""Fills an installation, serves it, and asks it as visitors do: whole pages, and results swapped in."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles
from typing import Any, Final
from urllib.parse import urlencode

GROUPS: Final = 100_000
QUICK: Final = 2_000
LIMIT_MS: Final = 20.0
ASKED: Final = 1000
CLIENTS: Final = (1, 4)
BARE: Final = "/how-it-works/"


@dataclass(frozen=True)
class Asked:
    """One request: a bare page, an answer as a page, or an answer swapped in."""

    kind: str
    method: str
    path: str
    zone: str
    body: str = ""


@dataclass(frozen=True)
class Figure:
    """Times of one kind of request in milliseconds, with so many clients at once; and CPU of the server."""

    kind: str
    clients: int
    count: int
    p50: float
    p95: float
    p99: float
    cpu: float
    of_limit: float
    of_bare: float = 0.0


def main() -> None:
    """Fill, serve, ask, print."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--quick", action="store_true")
    told.add_argument("--json", action="store_true")
    told.add_argument("--home", type=Path)
    options = told.parse_args()
    count = QUICK if options.quick else GROUPS
    with tempfile.TemporaryDirectory() as folder:
        home = options.home or Path(folder)
        count, asked = _prepare(home, count, ASKED // 5 if options.quick else ASKED)
        with _serving(home) as (port, process):
            begun = time.perf_counter()
            _wait_until_read(port, asked["page"][:1])
            first = time.perf_counter() - begun
            for some in asked.values():
                _ask(port, some[:30])
            figures = [
                _figure(kind, some, clients, port, process.pid)
                for clients in CLIENTS
                for kind, some in asked.items()
            ]
            memory = _memory_mb(process.pid)
    _print(count, first, memory, _beside_bare(figures), is_json=options.json)


def _prepare(home: Path, groups: int, count: int) -> tuple[int, dict[str, list[Asked]]]:
    """Make the installation if it is not there yet; how many groups it has, and what is asked, by kind."""
    os.environ |= {
        "HEARTHSIDE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "hearthside.project.settings",
    }
    home.mkdir(parents=True, exist_ok=True)
    import django

    django.setup()
    from django.utils import timezone
    from filling import fill
    from searches import bodies, sealed_words

    from hearthside.groups.models import Group
    from hearthside.project.prepare import prepare

    prepare()
    now = timezone.now()
    if not Group.objects.exists():
        fill(groups, seed=1, now=now)
    words, sent = sealed_words(count, now=now), bodies(count)
    return Group.objects.count(), {
        "bare": [Asked("bare", "GET", BARE, "Europe/London")] * count,
        "page": [
            Asked("page", "GET", f"/find/?{urlencode({'for': word})}", zone) for word, zone in words
        ],
        "swap": [Asked("swap", "POST", "/find/", zone, body) for body, zone in sent],
    }


@contextmanager
def _serving(home: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    port = _free_port()
    log = (home / "server.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "hearthside", "serve", "--port", str(port)],
        stdout=log, stderr=log, env=os.environ | {"HEARTHSIDE_HOME": str(home)},
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                _ask(port, [Asked("bare", "GET", "/health/", "UTC")])
                break
            except OSError:
                time.sleep(0.2)
        yield port, process
    finally:
        process.terminate()
        process.wait()


class _NotYet(Exception):
    """The site says that its groups are still being read."""


def _wait_until_read(port: int, some: Sequence[Asked]) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        with suppress(_NotYet):
            _ask(port, some)
            return
        time.sleep(0.2)
    raise SystemExit("The groups were not read within five minutes.")


def _figure(kind: str, some: Sequence[Asked], clients: int, port: int, pid: int) -> Figure:
    before = _cpu_ms(pid)
    shares = [some[at::clients] for at in range(clients)]
    times: list[float] = []
    threads = [
        threading.Thread(target=lambda share=share: times.extend(_ask(port, share)))
        for share in shares
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cuts = quantiles(times, n=100)
    cpu = (_cpu_ms(pid) - before) / len(times)
    return Figure(kind, clients, len(times), cuts[49], cuts[94], cuts[98], cpu, cuts[98] / LIMIT_MS)


def _ask(port: int, some: Sequence[Asked]) -> list[float]:
    """Ask one after the other over one connection; milliseconds until each answer is whole."""
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    times = []
    for one in some:
        headers = {"Cookie": f"zone={one.zone}", "Accept-Language": "en"}
        if one.body:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
        begun = time.perf_counter()
        connection.request(one.method, one.path, one.body or None, headers)
        answer = connection.getresponse()
        text = answer.read()
        times.append((time.perf_counter() - begun) * 1000)
        if answer.status == HTTPStatus.SERVICE_UNAVAILABLE:
            raise _NotYet
        if answer.status != HTTPStatus.OK or (
            one.kind != "bare" and b"result-" not in text and b"finder-found" not in text
        ):
            raise SystemExit(f"{one.kind}: status {answer.status}")
    connection.close()
    return times


def _beside_bare(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    bare = {one.clients: one.p99 for one in figures if one.kind == "bare"}
    return [asdict(one) | {"of_bare": one.p99 / bare[one.clients]} for one in figures]


def _print(
    groups: int, first: float, memory: float, figures: Sequence[dict[str, Any]], *, is_json: bool
) -> None:
    if is_json:
        told = {"groups": groups, "first_s": first, "memory_mb": memory, "load": os.getloadavg()[0]}
        print(json.dumps({**told, "limit_ms": LIMIT_MS, "figures": figures}))
        return
    print(
        f"{groups} groups; first answer after {first:.1f} s; {memory:.0f} MB; load {os.getloadavg()[0]:.1f}"
    )
    print("| what | clients | p50 ms | p95 ms | p99 ms | CPU ms | p99 of 20 ms | of a bare page |")
    print("|---|---|---|---|---|---|---|---|")
    for one in figures:
        print(
            "| {kind} | {clients} | {p50:.1f} | {p95:.1f} | {p99:.1f} | {cpu:.1f} |"
            " {of_limit:.2f} | {of_bare:.2f} |".format(**one)
        )


def _cpu_ms(pid: int) -> float:
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _memory_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def _free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


if __name__ == "__main__":
    main()
