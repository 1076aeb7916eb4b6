"""Measures every server in every scenario, in turn, and prints what came out."""

import argparse
import asyncio
import os
import resource
import signal
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from time import perf_counter

import ours
import report
import uvloop
from load import Load, Measured
from peer import IsAbsent, Peer
from peers import channels, ejabberd, floor, node, python_websockets
from picows import WSError
from processes import cores, serving
from results import Result, result
from scenarios import FEWER, FULL, MANY, QUICK, SCENARIOS, Plan, Scenario

BEGAN = perf_counter()
# The name of a server, and what it was measured in.
Key = tuple[str, Scenario]
PREPARED_BY: dict[str, Callable[[Path], Peer]] = {
    report.OURS: ours.prepare,
    "ejabberd": ejabberd.prepare,
    "ws": node.prepare,
    "websockets": python_websockets.prepare,
    "channels": channels.prepare,
    "floor (C)": floor.prepare_c,
    "floor (Python)": floor.prepare_python,
}


def main() -> None:
    """Print one line (`--json`) or one table per scenario."""
    words = _arguments()
    # Told to stop, as by `timeout`: the server that runs is ended on the way out, not left behind.
    signal.signal(signal.SIGTERM, _leave)
    core_of_load, core_of_servers = cores()
    with tempfile.TemporaryDirectory(prefix="rooms-") as folder:
        peers, absent = _prepared(words.only, Path(folder))
        os.sched_setaffinity(0, {core_of_load})
        scenarios = [one for one in SCENARIOS if one.name in words.scenario]
        plan = QUICK if words.quick else FULL
        if words.quick:
            scenarios = [FEWER if one == MANY else one for one in scenarios]
        found = _all_measured(peers, scenarios, plan, core=core_of_servers, folder=Path(folder))
    about = report.about(
        core_of_load=core_of_load, core_of_servers=core_of_servers, is_quick=words.quick
    )
    if not words.json:
        sys.stdout.write(report.heading(about) + "\n\n")
    for scenario in scenarios:
        results = {name: found.get((name, scenario)) or absent[name] for name in words.only}
        line = (
            report.as_json(scenario, results, about)
            if words.json
            else report.as_table(scenario, results)
        )
        sys.stdout.write(line + "\n")


def _leave(number: int, frame: object) -> None:  # noqa: ARG001 - the signature of a signal handler
    raise SystemExit(1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks/rooms.py", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object per scenario")
    parser.add_argument(
        "--quick",
        action="store_true",
        help="once and briefly: under 50 s, with 40x10 in place of 200x10",
    )
    parser.add_argument(
        "--only", nargs="+", choices=[*PREPARED_BY], default=[*PREPARED_BY], metavar="SERVER"
    )
    names = [one.name for one in SCENARIOS]
    parser.add_argument("--scenario", nargs="+", choices=names, default=names, metavar="1x100")
    return parser.parse_args()


def _prepared(names: list[str], folder: Path) -> tuple[list[Peer], dict[str, Result]]:
    """The servers that can be measured here, and why the others cannot."""
    peers, absent = [], {}
    with ThreadPoolExecutor() as pool:
        coming = {
            name: pool.submit(PREPARED_BY[name], folder / str(number))
            for number, name in enumerate(names)
        }
        # Here, so that whoever is told to stop meanwhile waits for the others before the folder goes.
        wait(coming.values())
    for name, one in coming.items():
        try:
            peers.append(one.result())
        except IsAbsent as reason:
            absent[name] = Result(why_not=f"skipped: {reason}")
    return peers, absent


def _all_measured(
    peers: list[Peer], scenarios: list[Scenario], plan: Plan, *, core: int, folder: Path
) -> dict[Key, Result]:
    """Repetition by repetition, so that a bad minute of the machine falls on every server alike."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    found: defaultdict[Key, list[Measured]] = defaultdict(list)
    reasons: dict[Key, Result] = {}
    jobs = [(peer, scenario) for scenario in scenarios for peer in peers] * plan.repetitions
    for peer, scenario in sorted(jobs, key=lambda job: job[0].is_slow):
        key = (peer.name, scenario)
        try:
            measured = _measured(peer, scenario, plan, core=core, log=folder / "log")
            found[key].append(measured)
        except (IsAbsent, OSError, TimeoutError, WSError) as reason:
            late = perf_counter() - BEGAN >= plan.ends_within_s
            why = "skipped: no time left for it" if late else f"failed: {reason!r}"
            reasons[key] = Result(why_not=why)
    versions = {peer.name: peer.version for peer in peers}
    return {key: result(versions[key[0]], runs) for key, runs in found.items()} | reasons


def _measured(peer: Peer, scenario: Scenario, plan: Plan, *, core: int, log: Path) -> Measured:
    """Raises TimeoutError when the plan has come to its end."""
    left = plan.ends_within_s - (perf_counter() - BEGAN)
    if left <= 0:
        raise TimeoutError
    with serving(peer, scenario, core=core, log=log) as (pid, port):
        load = Load(peer, scenario, plan, core=core)
        return uvloop.run(asyncio.wait_for(load.measured(pid=pid, port=port), left))


if __name__ == "__main__":
    main()
