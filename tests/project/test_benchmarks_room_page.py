"""The benchmark of the room's page: its arguments, the shape of its JSON, and what counts as within a limit."""

import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "benchmarks/room_page.py", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(ROOT / "benchmarks/room_page")
    return importlib.import_module("figures")


def figure(figures: Any, *times_ms: float) -> Any:
    return figures.Figure("a join", 2000.0, "scripts", {"on the page": 6.0}, [*times_ms])


def test_a_phone_that_is_not_known_is_refused() -> None:
    said = run("--only", "tablet")
    assert said.returncode == 2
    assert "whole" in said.stderr


def test_where_the_time_goes_has_no_json() -> None:
    said = run("--where", "--json")
    assert said.returncode == 2
    assert "not allowed" in said.stderr


def test_a_figure_is_within_its_limit_when_half_of_its_times_are(figures: Any) -> None:
    told = json.loads(figures.as_json(figure(figures, 900, 1000, 5000), {"people": 10}))
    assert (told["median_ms"], told["p90_ms"], told["least_ms"]) == (1000, 5000, 900)
    assert (told["times_the_limit"], told["is_within"]) == (0.5, True)
    assert told["people"] == 10


def test_a_figure_over_its_limit_says_so(figures: Any) -> None:
    over = figure(figures, 3000)
    assert json.loads(figures.as_json(over, {}))["is_within"] is False
    about = figures.about(chromium="1", people=10, is_quick=True)
    assert figures.as_table([over], about).splitlines()[-1].endswith("1.50  over")


def test_of_ten_times_the_ninth_is_what_nine_do_not_exceed(figures: Any) -> None:
    assert figure(figures, *range(10, 0, -1)).p90_ms == 9


@pytest.mark.browser
def test_one_object_is_printed_for_each_figure(chromium: Browser) -> None:
    said = run("--quick", "--json", "--only", "scripts")
    assert said.returncode == 0, said.stderr
    found = [json.loads(line) for line in said.stdout.splitlines()]
    assert [one["limit_ms"] for one in found] == [2000, 2000, 150, 150]
    assert len({one["figure"] for one in found}) == 4
    for one in found:
        assert one["people"] == 10
        assert one["versions"]["chromium"] == chromium.version
        assert one["n"] == len(one["times_ms"]) > 0
        assert 0 < one["least_ms"] <= one["median_ms"] <= one["p90_ms"]
