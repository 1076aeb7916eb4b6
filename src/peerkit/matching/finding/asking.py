"""What a person asks, made ready to be held against many groups: terms spread, shares scaled."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, NamedTuple, Self

from peerkit.matching.finding.weights import Weights
from peerkit.matching.values import Seeker
from peerkit.matching.vocabulary import Nearness, Tree

# Of several wanted experiences the best-met one gives this share, all together the rest.
BEST_SHARE: Final = 0.7
# A second language that somebody speaks counts a little less than the first.
SECOND_LANGUAGE: Final = 0.8
# How many who live with the same are enough to be told of, and what that is worth.
BANDS: Final = ((10, 1.0), (5, 0.8), (3, 0.6))
MILLION: Final = 1_000_000


class Sought(NamedTuple):
    """One wanted experience: its part of all wanted, 0..1, and what may stand in for it."""

    term: str
    part: float
    near: Mapping[str, Nearness]

    def near_weights(self) -> Mapping[str, float]:
        """Return how near each term is, 0..1."""
        return {term: near.weight for term, near in self.near.items()}

    @property
    def degrees(self) -> list[float]:
        """All degrees of nearness there are, ascending from 0."""
        return sorted({0.0, *(near.weight for near in self.near.values())})


@dataclass(frozen=True)
class Asked:
    """A person's wishes with the vocabulary's tree and the programme's weights applied to them."""

    seeker: Seeker
    sought: tuple[Sought, ...]
    refused: frozenset[str]
    shares: Mapping[str, float]

    @classmethod
    def of(cls, seeker: Seeker, tree: Tree, weights: Weights) -> Self:
        """Spread the wanted and the refused terms over the tree; scale shares to what was asked."""
        parts = {want.term_id: want.weight for want in seeker.experiences if want.weight > 0}
        whole = sum(parts.values())
        sought = tuple(
            Sought(term, part / whole, tree.near(term)) for term, part in sorted(parts.items())
        )
        below = (tree.descendants(term) | {term} for term in seeker.not_wanted)
        return cls(
            seeker,
            sought,
            frozenset[str]().union(*below),
            _shares(weights, _unasked(seeker, is_about=bool(sought))),
        )

    @cached_property
    def near_any(self) -> frozenset[str]:
        """Every experience that may stand in for one of those wanted."""
        return frozenset[str]().union(*(one.near for one in self.sought))

    @cached_property
    def dearest(self) -> tuple[str, ...]:
        """The wanted experiences, the most wanted first."""
        return tuple(one.term for one in sorted(self.sought, key=lambda one: (-one.part, one.term)))


def points(share: float, worth: float) -> int:
    """Return whole millionths of a score, so that sums are exact in any order; always rounded down."""
    return int(share * worth * MILLION)


def band(count: int) -> int:
    """Return 10, 5 or 3 for a count of at least so many, and 0 for what is never told."""
    return next((least for least, _ in BANDS if count >= least), 0)


def band_worth(least: int) -> float:
    """Return what a band is worth, 0..1."""
    return dict(BANDS)[least]


def _unasked(seeker: Seeker, *, is_about: bool) -> frozenset[str]:
    """Return the weights that say nothing, since nothing was asked that they could count."""
    asked = {
        "experience": is_about,
        "others": is_about,
        "time": seeker.free,
        "place": seeker.around,
        "format": seeker.formats,
        "language": seeker.languages,
        "access": seeker.access,
        "only": seeker.only,
        "comfort": seeker.comfort,
        "tried": seeker.tried and "right" in seeker.tried.values(),
    }
    return frozenset([key for key, told in asked.items() if not told])


@lru_cache(maxsize=1024)
def _shares(weights: Weights, unasked: frozenset[str]) -> Mapping[str, float]:
    counted = {key: share for key, share in weights.shares().items() if key not in unasked}
    whole = sum(counted.values()) or 1.0
    return {key: share / whole for key, share in counted.items()}
