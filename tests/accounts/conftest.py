"""A fresh counter of tries for every test, so that one test's tries never throttle the next."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def untried(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()
