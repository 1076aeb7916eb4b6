"""Every test of placing begins with nothing kept from the one before; the site and the group that many need."""

from collections.abc import Iterator

import pytest

from hearthside.finder.queries import catalogue, vocabulary, weights
from hearthside.groups.models import Group, Site
from tests import world
from tests.placing import desk


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    _forget()
    # Tests go weeks ahead in a moment. What is read in the background then outlives the test's database.
    catalogue.kept.is_busy = True
    yield
    catalogue.kept.is_busy = False
    _forget()


@pytest.fixture
def site(db: None) -> Site:
    """A site with a small vocabulary and no group yet."""
    desk.words()
    return world.site()


@pytest.fixture
def group(site: Site) -> Group:
    """An open group of that site, with four people in it."""
    return desk.group(site)


def _forget() -> None:
    catalogue.forget()
    vocabulary.forget()
    weights.forget()
