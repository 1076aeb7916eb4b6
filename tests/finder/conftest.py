"""Every test of the finder begins with nothing kept from the one before."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from hearthside.finder.queries import catalogue, vocabulary, weights

# A busy machine is no failure of a law.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    catalogue.forget()
    vocabulary.forget()
    weights.forget()
    yield
    catalogue.forget()
    vocabulary.forget()
    weights.forget()
