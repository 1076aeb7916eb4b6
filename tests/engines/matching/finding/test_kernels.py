"""The compiled kernels and NumPy give the same answers; until the first are loaded, the other answers."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkit import matching
from peerkit.matching import Around, Index, Offer, Seeker
from peerkit.matching.finding.fused.first import first
from peerkit.matching.finding.fused.nearly import count_one_missing
from peerkit.matching.finding.index import load
from tests.engines.matching.finding.town import MANY, MOMENTS, SEEKERS, TREE


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    assert load()


@given(SEEKERS, MANY, MOMENTS, st.integers(0, 8))
def test_kernels_and_numpy_answer_as_plain_ranking_does(
    seeker: Seeker, offers: list[Offer], now: datetime, most: int
) -> None:
    plain = matching.rank(seeker, offers, now=now, tree=TREE, most=most)
    for compiled in (True, False):
        index = Index(offers, tree=TREE, compiled=compiled)
        assert index.matches(seeker, now=now, most=most) == (plain.matches, plain.total)
        assert index.closed_by(seeker, now=now) == plain.closed_by
        assert index.rank(seeker, now=now, most=most) == plain


@given(st.lists(st.tuples(SEEKERS, st.integers(0, 8)), min_size=2, max_size=4), MANY, MOMENTS)
def test_one_question_leaves_nothing_behind_for_the_next(
    asked: list[tuple[Seeker, int]], offers: list[Offer], now: datetime
) -> None:
    index = Index(offers, tree=TREE)
    for seeker, most in asked:
        plain = matching.rank(seeker, offers, now=now, tree=TREE, most=most)
        assert index.matches(seeker, now=now, most=most) == (plain.matches, plain.total)
        assert index.closed_by(seeker, now=now) == plain.closed_by
        index.put_all(offers)


def test_nobody_who_names_a_place_waits_for_the_compiler() -> None:
    index = Index([Offer("one", latitude=51.5, longitude=-0.1)], tree=TREE)
    for km in (25, 25.5):
        seeker = Seeker(around=Around(51, 0, km))
        index.matches(seeker, now=datetime(2026, 11, 23, tzinfo=UTC), most=1)
        index.closed_by(seeker, now=datetime(2026, 11, 23, tzinfo=UTC))
    # What `load` compiles is all that is ever called, whole numbers or not.
    kernels: list[Any] = [first, count_one_missing]
    assert [len(kernel.signatures) for kernel in kernels] == [1, 1]
