"""What journeys in a room begin with: a site that runs as it will, and an evening in it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.rooms.evening import Room
from tests.running import Installation, Served, installed


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """In place of the neighbours': these stories have a site, a cache and a database of their own."""


@pytest.fixture(scope="package")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return installed(tmp_path_factory.mktemp("room"))


@pytest.fixture(scope="package")
def served(installation: Installation) -> Iterator[Served]:
    with installation.serving() as site:
        yield site


@pytest.fixture
def room(chromium: Browser, installation: Installation, served: Served) -> Iterator[Room]:
    made = Room(chromium, installation, served)
    yield made
    for reader in made.readers:
        reader.leaves()
