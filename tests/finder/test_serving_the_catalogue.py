"""A process that serves reads every group before anybody asks, and from then on now and again."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from hearthside.finder.queries import catalogue
from hearthside.finder.queries.catalogue import SWEPT_EVERY, kept
from tests import world

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60.0


@pytest.fixture(autouse=True)
def serves_no_more() -> Iterator[None]:
    yield
    wait_until(lambda: not kept.is_busy)
    kept.is_serving, kept.swept = False, 0.0


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_who_serves_has_read_every_group_before_the_first_search() -> None:
    group = world.group("Thursday, sober")
    catalogue.serve(now=timezone.now())
    wait_until(lambda: kept.catalogue is not None and not kept.is_busy)
    assert kept.catalogue is not None
    assert str(group.pk) in kept.catalogue.facts


def test_only_who_serves_looks_at_everything_again_by_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world.group("Thursday, sober")
    now = timezone.now()
    looked: list[object] = []
    monkeypatch.setattr(catalogue, "sweep", lambda **told: looked.append(told))
    for is_serving in (False, True):
        if is_serving:
            catalogue.serve(now=now)
        else:
            catalogue.catalogue(now=now)
        wait_until(lambda: kept.catalogue is not None and not kept.is_busy)
        kept.swept = time.monotonic() - SWEPT_EVERY - 1
        catalogue.catalogue(now=now + timedelta(seconds=1))
        wait_until(lambda: not kept.is_busy)
        assert bool(looked) is is_serving
