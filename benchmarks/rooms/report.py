"""What is printed: one JSON object per scenario, or a table to read."""

import json
import os
import platform
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cpu
from results import Result, ratio
from scenarios import PACED_DELIVERIES_PER_S, PAYLOAD_BYTES, Scenario

OURS = "hearthside"
HEADING = """\
{at}, {processor}, {cores} cores (load on {core_of_load}, servers on {core_of_servers}), {system}, load average {load_average}
Messages of {message_bytes} bytes on loopback; members take turns. Ours writes every message durably first; the others keep nothing.
Saturated: deliveries per second of the server's processor time (user and system of all its processes; soft interrupts: {soft_interrupts}), median, lowest, highest.
Paced at {paced_deliveries_per_s:,} deliveries/s: milliseconds from send to receipt, every delivery counted."""


def as_json(scenario: Scenario, results: Mapping[str, Result], about: Mapping[str, Any]) -> str:
    """One line. Rates are deliveries per CPU-second of the server, times are milliseconds."""
    ours = results.get(OURS, Result(why_not="not asked for"))
    return json.dumps(
        {
            "scenario": scenario.name,
            "deliveries_per_cpu_s": _rounded(ours.deliveries_per_cpu_s, 0),
            "p50_ms": _rounded(ours.p50_ms, 3),
            "p99_ms": _rounded(ours.p99_ms, 3),
            "ratio_to": {
                name: _rounded(ratio(ours, one), 2) for name, one in results.items() if name != OURS
            },
            "servers": {name: _plain(one) for name, one in results.items()},
            "rooms": scenario.rooms,
            "members": scenario.members,
            "window_per_room": scenario.window,
        }
        | dict(about)
    )


def heading(about: Mapping[str, Any]) -> str:
    """What holds for every table: the machine, the date, and what the columns mean."""
    machine = about["machine"]
    return HEADING.format(**about | machine)


def as_table(scenario: Scenario, results: Mapping[str, Result]) -> str:
    """A heading and one line for each server; the last figure is how many times theirs ours is."""
    ours = results.get(OURS, Result())
    head = f"{'':16}{'per CPU-s':>10}{'lowest':>10}{'highest':>10}{'p50 ms':>9}{'p99 ms':>9}{'ours is':>9}"
    title = f"{scenario.name} (rooms x members), {scenario.window} messages on their way per room"
    return "\n".join([title, head, *(_line(name, one, ours) for name, one in results.items()), ""])


def about(*, core_of_load: int, core_of_servers: int, is_quick: bool) -> dict[str, Any]:
    """The machine, the date and how it was measured."""
    return {
        "message_bytes": PAYLOAD_BYTES,
        "paced_deliveries_per_s": PACED_DELIVERIES_PER_S,
        "soft_interrupts": cpu.soft_interrupts(),
        "is_quick": is_quick,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "processor": _processor(),
            "cores": os.cpu_count(),
            "core_of_load": core_of_load,
            "core_of_servers": core_of_servers,
            "system": platform.platform(),
            "load_average": round(os.getloadavg()[0], 2),
        },
    }


def _line(name: str, one: Result, ours: Result) -> str:
    remarks = "; ".join(filter(None, (one.why_not, *one.faults, *one.notes)))
    low, high = one.spread or (None, None)
    rates = "".join(_cell(figure, 10, 0) for figure in (one.deliveries_per_cpu_s, low, high))
    times = "".join(_cell(figure, 9, 2) for figure in (one.p50_ms, one.p99_ms))
    times_theirs = "" if name == OURS else _cell(ratio(ours, one), 9, 2)
    return f"{name:16}{rates}{times}{times_theirs:>9}  {one.version}  {remarks}".rstrip()


def _cell(figure: float | None, width: int, places: int) -> str:
    return f"{'-' if figure is None else f'{figure:,.{places}f}':>{width}}"


def _plain(one: Result) -> dict[str, Any]:
    return asdict(one) | {
        "deliveries_per_cpu_s": _rounded(one.deliveries_per_cpu_s, 0),
        "spread": [round(each) for each in one.spread] if one.spread else None,
        "p50_ms": _rounded(one.p50_ms, 3),
        "p99_ms": _rounded(one.p99_ms, 3),
    }


def _rounded(figure: float | None, places: int) -> float | None:
    return None if figure is None else round(figure, places)


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((one.split(":")[1].strip() for one in lines if "model name" in one), "unknown")
