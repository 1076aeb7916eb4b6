"""What every journey begins with: people who arrive with their own browsers, and nothing kept from before."""

from collections.abc import Iterator
from typing import Any, Protocol

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from hearthside.finder.queries import catalogue, vocabulary
from hearthside.groups.models import Programme
from tests import world
from tests.finder import town
from tests.journeys.reader import Reader


class Arrives(Protocol):
    """Opens a browser for somebody; what is given beyond the name is how that browser is."""

    def __call__(self, name: str = "", **context: Any) -> Reader: ...


@pytest.fixture
def arrives(chromium: Browser, live_server: LiveServer) -> Iterator[Arrives]:
    # Passkeys know the machine by this name only.
    address = live_server.url.replace("127.0.0.1", "localhost")
    readers: list[Reader] = []

    def arrive(name: str = "", **context: Any) -> Reader:
        readers.append(Reader(chromium, address, name=name, **context))
        return readers[-1]

    yield arrive
    for reader in readers:
        reader.leaves()


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    _forget()
    yield
    _forget()


@pytest.fixture
def programme(transactional_db: None) -> Programme:
    """A programme with a small vocabulary."""
    town.words()
    return world.programme()


@pytest.fixture
def away(live_server: LiveServer, settings: Settings) -> str:
    """Somewhere neutral that needs no network."""
    settings.EXIT_URL = f"{live_server.url}/manifest.webmanifest"
    return str(settings.EXIT_URL)


def _forget() -> None:
    cache.clear()
    catalogue.forget()
    vocabulary.forget()
