"""An index gives the answer of plain ranking, whatever is asked and however its groups came in."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from peerkit import matching
from peerkit.matching import Around, Free, Index, Offer, Rhythm, Seeker, Wanted, Weights
from tests.engines.matching.finding.town import MANY, MOMENTS, NOW, OFFERS, SEEKERS, TREE, some


@given(SEEKERS, MANY, MOMENTS, st.integers(0, 8), st.integers(0, 8))
def test_an_index_ranks_as_plain_ranking_does(
    seeker: Seeker, offers: list[Offer], now: datetime, most: int, nearest: int
) -> None:
    plain = matching.rank(seeker, offers, now=now, tree=TREE, most=most, nearest=nearest)
    index = Index(offers, tree=TREE)
    assert index.rank(seeker, now=now, most=most, nearest=nearest) == plain


@given(SEEKERS, MANY, st.integers(0, 8))
def test_the_best_without_reasons_are_those_that_are_told_of(
    seeker: Seeker, offers: list[Offer], most: int
) -> None:
    index = Index(offers, tree=TREE)
    told, total = index.matches(seeker, now=NOW, most=most)
    assert index.best(seeker, now=NOW, most=most) == (
        tuple((match.offer_id, match.score) for match in told),
        total,
    )


@given(SEEKERS, MANY, st.integers(0, 8))
def test_only_those_chosen_are_told_of_in_the_order_chosen(
    seeker: Seeker, offers: list[Offer], most: int
) -> None:
    index = Index(offers, tree=TREE)
    told, total = index.matches(seeker, now=NOW, most=most)

    def every_other_from_behind(ids: Sequence[str]) -> Sequence[int]:
        assert list(ids) == [match.offer_id for match in told]
        return range(len(ids))[::-2]

    chosen = index.matches(seeker, now=NOW, most=most, choose=every_other_from_behind)
    assert chosen == (told[::-2], total)
    ranking = index.rank(seeker, now=NOW, most=most, choose=every_other_from_behind)
    assert ranking == replace(index.rank(seeker, now=NOW, most=most), matches=told[::-2])


@given(SEEKERS, MANY, st.lists(OFFERS, max_size=4), some("0", "1", "2"))
def test_groups_put_and_dropped_leave_an_index_like_one_built_anew(
    seeker: Seeker, offers: list[Offer], later: list[Offer], dropped: frozenset[str]
) -> None:
    index = Index(offers, tree=TREE)
    for offer in later:
        index.put(offer)
    for one in dropped:
        index.drop(one)
    now_there = {offer.id: offer for offer in (*offers, *later) if offer.id not in dropped}
    fresh = Index(now_there.values(), tree=TREE)
    assert len(index) == len(fresh) == len(now_there)
    assert index.rank(seeker, now=NOW) == fresh.rank(seeker, now=NOW)


@given(SEEKERS, MANY)
def test_any_group_may_be_asked_about_and_answers_as_in_the_ranking(
    seeker: Seeker, offers: list[Offer]
) -> None:
    index = Index(offers, tree=TREE)
    ranking = matching.rank(seeker, offers, now=NOW, tree=TREE, nearest=1_000)
    shown = {match.offer_id: match for match in (*ranking.matches, *ranking.nearest)}
    for offer in offers:
        assert index.why_not(seeker, offer.id, now=NOW) == shown.get(offer.id)
    assert index.why_not(seeker, "nobody knows it", now=NOW) is None


@given(SEEKERS, MANY, OFFERS)
def test_an_avoided_group_is_in_no_answer_and_in_no_count(
    seeker: Seeker, offers: list[Offer], avoided: Offer
) -> None:
    avoided = replace(avoided, id="avoided")
    told = replace(seeker, excluded=seeker.excluded | {"avoided"})
    with_it, without = Index([*offers, avoided], tree=TREE), Index(offers, tree=TREE)
    # It is there: somebody else is told of it.
    assert with_it.why_not(seeker, "avoided", now=NOW) is not None
    assert with_it.rank(told, now=NOW) == without.rank(seeker, now=NOW)
    assert with_it.closed_by(told, now=NOW) == without.closed_by(seeker, now=NOW)
    assert with_it.why_not(told, "avoided", now=NOW) is None


@given(SEEKERS, MANY)
def test_other_weights_may_be_tried_for_one_question(seeker: Seeker, offers: list[Offer]) -> None:
    other = Weights.of({"time": 0.9, "experience": 0.1, "seats": 0.0})
    index = Index(offers, tree=TREE)
    before = index.rank(seeker, now=NOW)
    tried = index.rank(seeker, now=NOW, weights=other)
    assert tried == matching.rank(seeker, offers, now=NOW, tree=TREE, most=20, weights=other)
    assert index.rank(seeker, now=NOW) == before


def test_thousands_of_groups_are_ranked_as_plainly_as_a_dozen() -> None:
    about = ["grief", "alcohol", "widowed"]
    offers = [
        Offer(
            f"{one:05}",
            frozenset([about[one % 3]]),
            rhythms=(Rhythm(one % 7, 15 * (one % 96), 60, "Europe/London", every=1 + one % 2),),
            languages=frozenset(["en" if one % 5 else "pl"]),
            seats_free=one % 4,
            latitude=50 + one % 40 / 10,
            longitude=-2 + one % 30 / 10,
            returns=one % 100 / 100,
        )
        for one in range(6_000)
    ]
    index = Index(offers, tree=TREE)
    wishes = [
        Seeker(),
        Seeker((Wanted("grief"),), free=(Free(1, 1080, 1320),), zone="America/New_York"),
        Seeker((Wanted("addiction"),), languages=("pl", "en"), around=Around(51.5, -0.1, 60)),
    ]
    for seeker in wishes:
        plain = matching.rank(seeker, offers, now=NOW, tree=TREE, most=20)
        assert index.rank(seeker, now=NOW) == plain


def test_readers_and_a_writer_share_an_index() -> None:
    offers = [Offer(str(one), rhythms=(Rhythm(one % 7, 1140),)) for one in range(200)]
    index = Index(offers)

    def read(_: int) -> int:
        return index.rank(Seeker(), now=NOW).total

    def write(one: int) -> None:
        index.put(replace(offers[one], seats_free=3))
        index.drop(str(one + 100))

    with ThreadPoolExecutor(4) as several:
        totals = several.map(read, range(60))
        list(several.map(write, range(60)))
        assert all(140 <= total <= 200 for total in totals)
    assert index.rank(Seeker(), now=NOW).total == 140
