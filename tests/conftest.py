"""What every test may ask for: the clock, the shared data (where it is), and people and groups from world.py."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

pytest_plugins = ["tests.browsing"]

ROOT = Path(__file__).resolve().parent.parent
IS_CI = os.environ.get("HEARTHSIDE_CI") == "1"


def missing(reason: str) -> None:
    """Skip with the reason; where everything must be present (CI), fail instead."""
    if IS_CI:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        missing("the shared data sets are not beside this checkout")
    return folder


@pytest.fixture(autouse=True)
def crisis_lines_as_they_ship() -> None:
    """What one test says of crisis lines is remembered for half a minute; no other test may see it."""
    from hearthside.safety.queries import ledger

    ledger.forget()
