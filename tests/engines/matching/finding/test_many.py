"""Among thousands of groups most are never scored in whole: the first of them are still the right ones."""

from random import Random
from typing import Final

import pytest

from peerkit import matching
from peerkit.matching import Around, Free, Index, Offer, Rhythm, Seeker, Wanted, Weights
from peerkit.matching.finding.index import load
from tests.engines.matching.finding.town import COMFORT, NOW, TERMS, TREE, ZONES

MANY: Final = 9_000
EVENINGS: Final = tuple(Free(day, 1020, 1380) for day in range(7))
WISHES: Final = {
    "anything at all": Seeker(),
    "one experience": Seeker((Wanted("alcohol"),)),
    "two, and evenings": Seeker(
        (Wanted("grief"), Wanted("alcohol", 0.7)), free=EVENINGS, zone="Europe/London"
    ),
    "five": Seeker(tuple(Wanted(term, 1 + place) for place, term in enumerate(TERMS[:5]))),
    "more than can be laid over each other": Seeker(tuple(map(Wanted, TERMS))),
    "one must go there, but not to all": Seeker(
        (Wanted("addiction"),), around=Around(51.5, -0.12, 25), not_wanted=frozenset(["alcohol"])
    ),
    "evenings and two languages": Seeker(free=EVENINGS, languages=("es", "en")),
    "near, and wishes": Seeker(around=Around(51.5, -0.12, 60), comfort=frozenset(COMFORT[:2])),
}


@pytest.fixture(scope="module")
def offers() -> list[Offer]:
    """Nine thousand groups, more than are scored one by one."""
    chance = Random(7)
    return [
        Offer(
            f"{number:05}",
            frozenset(chance.sample(TERMS, chance.randint(1, 3))),
            rhythms=(Rhythm(chance.randrange(7), 30 * chance.randrange(48), 60, chance.choice(ZONES)),),
            languages=frozenset([chance.choice(["en", "es"])]),
            formats=frozenset([chance.choice(["in_person", "online"])]),
            latitude=50 + 3 * chance.random(),
            longitude=-2 + 4 * chance.random(),
            comfort=frozenset(chance.sample(COMFORT, 1)),
            makeup={chance.choice(TERMS): chance.randint(1, 12)},
            returns=chance.randrange(100) / 100,
        )
        for number in range(MANY)
    ]  # fmt: skip


@pytest.fixture(scope="module", params=[True, False], ids=["compiled", "NumPy"])
def index(offers: list[Offer], request: pytest.FixtureRequest) -> Index:
    """All of them, asked one question after another."""
    assert load()
    return Index(offers, tree=TREE, compiled=request.param)


@pytest.mark.parametrize("wish", WISHES)
def test_the_first_of_thousands_are_those_of_plain_ranking(
    offers: list[Offer], index: Index, wish: str
) -> None:
    seeker = WISHES[wish]
    for weights in (Weights(), Weights.of({"experience": 0.1, "returns": 0.5})):
        plain = matching.rank(seeker, offers, now=NOW, tree=TREE, most=20, weights=weights)
        assert index.matches(seeker, now=NOW, weights=weights) == (plain.matches, plain.total)
    assert index.closed_by(seeker, now=NOW) == plain.closed_by


@pytest.mark.parametrize("place", [(51.5, -0.12), (51.5, 1.99), (0.0, 179.9), (89.5, 10.0)])
def test_a_distance_counts_alike_for_one_group_and_for_thousands(
    place: tuple[float, float],
) -> None:
    chance = Random(3)
    offers = [
        Offer(
            str(number),
            formats=frozenset(["in_person"]),
            latitude=min(max(place[0] + chance.gauss(0, 0.3), -90), 90),
            longitude=(place[1] + chance.gauss(0, 0.5) + 180) % 360 - 180,
            rhythms=(Rhythm(1, 1140),),
        )
        for number in range(3_000)
    ]
    index = Index(offers)
    for km in (0.0, 5.0, 20.0, 33.3):
        seeker = Seeker(around=Around(*place, km))
        plain = matching.rank(seeker, offers, now=NOW)
        assert index.matches(seeker, now=NOW)[1] == plain.total
        assert index.closed_by(seeker, now=NOW) == plain.closed_by
