"""Every test of placing begins with nothing kept from the one before, and nothing read behind its back."""

from collections.abc import Iterator

import pytest

from hearthside.finder.queries import catalogue, vocabulary, weights


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    _forget()
    # Tests go weeks ahead in a moment. What is read in the background then outlives the test's database.
    catalogue.kept.is_busy = True
    yield
    catalogue.kept.is_busy = False
    _forget()


def _forget() -> None:
    catalogue.forget()
    vocabulary.forget()
    weights.forget()
