"""The benchmark of rooms: its arguments, the shape of its JSON, and that a lost message is noticed."""

import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    not Path("/proc").is_dir(), reason="reads processor time from /proc"
)


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "benchmarks/rooms.py", *words],
        cwd=ROOT,
        env=environment or None,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A room of three of the load generator."""
    monkeypatch.syspath_prepend(ROOT / "benchmarks/rooms")
    seating, scenarios = map(importlib.import_module, ("seating", "scenarios"))
    return seating.Room(scenarios.Scenario(1, 3, 4), 0)


def test_one_object_is_printed_for_each_scenario_with_the_ratio_to_each_peer() -> None:
    said = run("--json", "--quick", "--scenario", "1x100", "--only", "floor (Python)", "hearthside")
    assert said.returncode == 0, said.stderr
    (line,) = said.stdout.splitlines()
    found = json.loads(line)
    assert found["scenario"] == "1x100"
    assert {"deliveries_per_cpu_s", "p50_ms", "p99_ms"} <= found.keys()
    assert found["ratio_to"].keys() == {"floor (Python)"}
    assert found["servers"]["floor (Python)"]["deliveries_per_cpu_s"] > 0
    assert found["window_per_room"] == 64


def test_a_server_that_is_not_there_is_skipped_and_the_reason_said() -> None:
    said = run("--json", "--quick", "--scenario", "1x100", "--only", "ws", PATH="/nowhere")
    assert said.returncode == 0, said.stderr
    found = json.loads(said.stdout)
    assert "node" in found["servers"]["ws"]["why_not"]
    assert found["ratio_to"] == {"ws": None}


def test_a_scenario_that_is_not_measured_is_refused() -> None:
    said = run("--scenario", "3x3")
    assert said.returncode == 2
    assert "200x10" in said.stderr


def test_a_message_that_one_member_misses_is_counted_as_missing(room: Any) -> None:
    says_to(room, *room.seats[:2])
    room.say()
    room.say()
    assert (room.missing, room.surplus) == (2, 0)


def test_a_message_that_comes_twice_is_counted_as_too_many(room: Any) -> None:
    says_to(room, *room.seats, room.seats[0])
    room.say()
    assert room.missing == 0
    assert room.surplus > 0


def test_twice_for_one_and_never_for_another_message_is_not_taken_for_complete(room: Any) -> None:
    says_to(room, *room.seats[1:], room.seats[0], room.seats[0])
    room.say()
    says_to(room, *room.seats[1:])
    room.say()
    assert room.missing == 0
    assert room.surplus > 0


def says_to(room: Any, *hearers: Any) -> None:
    """From now on whatever somebody says reaches these seats."""

    def speak(said: bytes) -> None:
        for seat in hearers:
            if seat.is_reading:
                seat.read(said)
            seat.took(1)

    for seat in room.seats:
        seat.speak = speak
