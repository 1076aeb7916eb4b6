"""What was measured beside what it may be, and how it is printed."""

import json
import math
import os
import platform
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from slow_phones import HOW

JOIN_MS = 2000.0
SEEN_MS = 150.0
HEADING = """\
{at}, {processor}, {cores} cores, {system}, load average {load_average}
hearthside {hearthside}, Chromium {chromium}, Python {python}, SQLite {sqlite}; a room of {people} on loopback, everybody on this machine.
Milliseconds. Times the limit: the median beside the limit; below 1 is within it."""


@dataclass
class Figure:
    """One thing that was measured, several times."""

    name: str
    limit_ms: float
    # Which of the slow phones, and how many times slower a loop ran on the page and in a worker.
    phone: str
    slower: Mapping[str, float]
    times_ms: list[float] = field(default_factory=list)

    @property
    def median_ms(self) -> float:
        return median(self.times_ms)

    @property
    def p90_ms(self) -> float:
        """The least time that nine of ten do not exceed."""
        return sorted(self.times_ms)[math.ceil(0.9 * len(self.times_ms)) - 1]

    @property
    def least_ms(self) -> float:
        """The time least disturbed by whatever else this machine was doing."""
        return min(self.times_ms)

    @property
    def times_the_limit(self) -> float:
        return self.median_ms / self.limit_ms


def about(*, chromium: str, people: int, is_quick: bool) -> dict[str, Any]:
    """The machine, the date, the versions, and the room."""
    return {
        "people": people,
        "is_quick": is_quick,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "processor": _processor(),
            "cores": os.cpu_count(),
            "system": platform.platform(),
            "load_average": round(os.getloadavg()[0], 2),
        },
        "versions": {
            "hearthside": version("hearthside"),
            "chromium": chromium,
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
        },
    }


def as_json(figure: Figure, about: Mapping[str, Any]) -> str:
    """One line."""
    return json.dumps(
        {
            "figure": figure.name,
            "phone": figure.phone,
            "slowed": HOW[figure.phone],
            "slower": {where: round(times, 1) for where, times in figure.slower.items()},
            "n": len(figure.times_ms),
            "median_ms": round(figure.median_ms, 1),
            "p90_ms": round(figure.p90_ms, 1),
            "least_ms": round(figure.least_ms, 1),
            "limit_ms": figure.limit_ms,
            "times_the_limit": round(figure.times_the_limit, 2),
            "is_within": figure.times_the_limit < 1,
            "times_ms": [round(each, 1) for each in figure.times_ms],
        }
        | dict(about)
    )


def as_table(figures: Sequence[Figure], about: Mapping[str, Any]) -> str:
    """What holds for all of it, then a line for each figure."""
    heading = HEADING.format(**about | about["machine"] | about["versions"])
    lines = [heading]
    for phone in dict.fromkeys(figure.phone for figure in figures):
        of_it = [figure for figure in figures if figure.phone == phone]
        slower = ", ".join(f"{where} {times:.1f}" for where, times in of_it[0].slower.items())
        lines += ["", f"{phone}: {HOW[phone]}; measured, times slower: {slower}"]
        lines.append(
            f"  {'':42}{'n':>4}{'median':>9}{'p90':>9}{'least':>9}{'limit':>8}{'times the limit':>17}"
        )
        lines += [_line(figure) for figure in of_it]
    return "\n".join(lines)


def _line(one: Figure) -> str:
    verdict = "" if one.times_the_limit < 1 else "  over"
    return (
        f"  {one.name:42}{len(one.times_ms):>4}{one.median_ms:>9,.0f}{one.p90_ms:>9,.0f}"
        f"{one.least_ms:>9,.0f}{one.limit_ms:>8,.0f}{one.times_the_limit:>17.2f}{verdict}"
    )


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()
