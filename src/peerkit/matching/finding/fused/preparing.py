"""One question as the kernels read it: wishes as tables, a place as bounds, misses as bitmaps."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from peerkit.matching.finding.asking import BEST_SHARE, Asked, band_worth, points
from peerkit.matching.finding.bits import Bytes, Floats, Longs, marked
from peerkit.matching.finding.columns import TOLD, Columns
from peerkit.matching.finding.fused.arrays import Groups, Missing, Place, Worth
from peerkit.matching.finding.fused.nearly import ALL, FORMATS, LANGUAGES, REFUSED, overlaid
from peerkit.matching.finding.reach import bounds
from peerkit.matching.finding.scoring import always, language_points, time_most
from peerkit.matching.finding.sieve import Missed, Sieve

_NOWHERE: Final = np.zeros(0, np.uint8)
_KINDS: Final = {"language": LANGUAGES, "format": FORMATS, "not_wanted": REFUSED}


def groups_of(columns: Columns) -> Groups:
    """Return the columns."""
    return Groups(
        columns.terms,
        columns.makeup,
        columns.always,
        columns.plan,
        columns.latitude,
        columns.longitude,
    )


def place_of(asked: Asked, sieve: Sieve) -> Place:
    """Return the place asked about."""
    around = asked.seeker.around
    if around is None:
        return Place(0, _NOWHERE, _NOWHERE, *[0.0] * 9)
    room, needed = sieve.in_room()
    here = around.latitude, around.longitude, around.km
    return Place(1, room, needed, *here, *bounds(around))


def worth_of(columns: Columns, asked: Asked, sieve: Sieve) -> Worth:
    """Return what counts how much."""
    seeker, shares, sought = asked.seeker, asked.shares, asked.sought
    near, alone, best = _experience(asked)
    sure, foremost, first = _sure(columns, asked)
    right = [one for one, felt in seeker.tried.items() if felt == "right"]
    wishes = sorted(seeker.comfort)
    met = [points(shares["comfort"], one / len(wishes)) for one in range(1, len(wishes) + 1)]
    others = [points(shares["others"], band_worth(least)) for least in TOLD[1:]] if sought else []
    degrees = np.zeros((len(sought), len(columns.words)), np.uint8)
    for place, one in enumerate(sought):
        degrees[place] = sieve.degrees(one)
    return Worth(
        degrees=degrees,
        near=near,
        alone=alone,
        best=best,
        numbers=np.array([columns.numbers.get(one.term, 0) for one in sought], np.int64),
        others=np.array([0, *others], np.int64),
        time=shares["time"] if seeker.free else 0.0,
        soon=shares["soon"],
        place=shares["place"] if seeker.around else 0.0,
        sure=sure,
        foremost=foremost,
        first=first,
        always=always(shares["seats"], shares["welcome"], shares["returns"]),
        wishes=columns.comfort.maps.of_each(wishes),
        comfort=np.array([0, *met], np.int64),
        right=marked(columns.rows_of(right), columns.room) if right else _NOWHERE,
        tried=points(shares["tried"], 1.0) if right else 0,
        time_most=time_most(shares),
        late_most=sum(points(shares.get(key, 0.0), 1.0) for key in ("others", "place")),
    )


def _experience(asked: Asked) -> tuple[Floats, Longs, Longs]:
    """Return how near each degree of each wanted experience is, and its points: usual ones, and as the best."""
    near = [one.degrees for one in asked.sought]
    shape = len(near), max(map(len, near), default=1)
    weights = np.zeros(shape)
    alone, best = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for place, one in enumerate(asked.sought):
        for degree, weight in enumerate(near[place]):
            worth = (1 - BEST_SHARE) * one.part * weight
            weights[place, degree] = weight
            alone[place, degree] = points(asked.shares["experience"], worth)
            best[place, degree] = points(asked.shares["experience"], worth + BEST_SHARE * weight)
    return weights, alone, best


def _sure(columns: Columns, asked: Asked) -> tuple[int, Bytes, int]:
    """Return what every row has that misses nothing, which rows speak the first language, and what for."""
    shares, languages = asked.shares, asked.seeker.languages
    sure = sum(points(shares[key], 1.0) for key in ("format", "access", "only") if key in shares)
    if not languages:
        return sure, _NOWHERE, 0
    most, least = language_points(shares["language"])
    if len(languages) == 1:
        return sure + most, _NOWHERE, 0
    return sure + least, columns.languages.maps.of(languages[0]), most - least


def missed_of(misses: Sequence[Missed], room: int) -> Bytes:
    """Return the bitmaps of misses, one below the other."""
    found = np.empty((len(misses), room // 8), np.uint8)
    for place, miss in enumerate(misses):
        found[place] = miss.bits
    return found


def missing_of(columns: Columns, asked: Asked, misses: Sequence[Missed], here: Bytes) -> Missing:
    """Return who misses what, and by which words they are counted."""
    missed = missed_of(misses, columns.room)
    none, one = np.empty_like(here), np.empty_like(here)
    overlaid(here, missed, none, one)
    refused = np.full(len(columns.words), len(columns.words), np.int64)
    for place, term in enumerate(sorted(asked.refused)):
        if term in columns.numbers:
            refused[columns.numbers[term]] = place
    return Missing(
        missed,
        np.array([_KINDS.get(miss.code, ALL) for miss in misses], np.int64),
        none,
        one,
        columns.languages.set_of,
        columns.formats.set_of,
        refused,
    )
