"""What every test of rooms may ask for: a table whose chairs it puts there itself."""

import pytest

from hearthside.rooms import ports
from tests.rooms.rooms import Table


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Table:
    """The only Seating there is, in place of the floor above."""
    made = Table()
    monkeypatch.setattr(ports, "_seatings", [made])
    return made
