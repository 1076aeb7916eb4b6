"""One question as the kernels read it: wishes as tables, a place as bounds, misses as bitmaps."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from peerkit.matching.finding.asking import BEST_SHARE, Asked, band_worth, points
from peerkit.matching.finding.bits import Bytes, Floats, Longs, marked, wide
from peerkit.matching.finding.columns import TOLD, Columns
from peerkit.matching.finding.fused.arrays import Codes, Groups, Missing, Place, Worth
from peerkit.matching.finding.fused.nearly import ALL, FORMATS, LANGUAGES, REFUSED, overlaid
from peerkit.matching.finding.fused.scratch import CODE_BITS
from peerkit.matching.finding.reach import Bounds, bounds
from peerkit.matching.finding.scoring import always, language_points, time_most
from peerkit.matching.finding.sieve import Missed, Sieve

_NOWHERE: Final = np.zeros(0, np.uint8)
_NONE: Final = np.zeros(0, np.uint64)
_EVERYWHERE: Final = Bounds(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
_NOTHING: Final = np.zeros(1, np.int64)
_NUMBERS: Final = np.zeros(0, np.int64)
# What no experience is worth, whatever a row is about.
_ALIKE: Final = (
    np.zeros((0, 1), np.uint8),
    np.zeros((0, 1)),
    np.zeros((0, 1), np.int64),
    np.zeros((0, 1), np.int64),
)
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
        return Place(0, _NOWHERE, _NOWHERE, 0.0, 0.0, 0.0, _EVERYWHERE)
    room, needed = sieve.in_room()
    # Whole kilometres would be another kernel: whoever asks for them first would wait while it is compiled.
    point = float(around.latitude), float(around.longitude), float(around.km)
    return Place(1, room, needed, *point, bounds(around))


def worth_of(columns: Columns, asked: Asked, sieve: Sieve) -> Worth:
    """Return what counts how much."""
    seeker, shares = asked.seeker, asked.shares
    sure, foremost, first = _sure(columns, asked)
    right = [one for one, felt in seeker.tried.items() if felt == "right"]
    wishes = sorted(seeker.comfort)
    comfort = _of_many(shares["comfort"], len(wishes)) if wishes else _NOTHING
    tried = points(shares["tried"], 1.0) if right else 0
    time_points = time_most(shares)
    late = sum(points(shares.get(key, 0.0), 1.0) for key in ("others", "place"))
    return Worth(
        *_experience(columns, asked, sieve),
        time=shares["time"] if seeker.free else 0.0,
        soon=shares["soon"],
        place=shares["place"] if seeker.around else 0.0,
        sure=sure,
        foremost=foremost,
        first=first,
        always=always(shares["seats"], shares["welcome"], shares["returns"]),
        wishes=columns.comfort.maps.of_each(wishes),
        comfort=comfort,
        right=marked(columns.rows_of(right), columns.room) if right else _NOWHERE,
        tried=tried,
        time_most=time_points,
        late_most=late,
        most=first + tried + int(comfort[-1]) + time_points + late,
    )


def _experience(
    columns: Columns, asked: Asked, sieve: Sieve
) -> tuple[Bytes, Floats, Longs, Longs, Codes, int, Longs, Longs]:
    """Return what stands in `Worth` of experiences: how near each term is, what that is worth, and of others."""
    sought, share = asked.sought, asked.shares.get("experience", 0.0)
    words = len(columns.words)
    if not sought:
        return *_ALIKE, np.zeros(words, np.uint16), 1, _NUMBERS, _NOTHING
    tables = [sieve.degrees(one) for one in sought]
    worths = [
        _worths(share, one.part, some.degrees) for one, some in zip(sought, tables, strict=True)
    ]
    near, alone, best = (_laid(some) for some in zip(*worths, strict=True))
    codes, bits = tables[0].codes, len(tables[0].degrees) - 1
    for table in tables[1:]:
        codes = codes | table.codes << np.uint16(bits)
        bits += len(table.degrees) - 1
    is_known = bits <= CODE_BITS
    return (
        _laid([table.numbers for table in tables]),
        near,
        alone,
        best,
        codes,
        1 << bits if is_known else 0,
        np.array([columns.numbers.get(one.term, 0) for one in sought], np.int64),
        _others(asked.shares["others"]),
    )


def _laid(some: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Return rows one below the other; behind a shorter one stands what is never looked up."""
    if len(some) == 1:
        return some[0][None]
    found = np.zeros((len(some), max(map(len, some))), some[0].dtype)
    for place, one in enumerate(some):
        found[place, : len(one)] = one
    return found


@lru_cache(maxsize=1024)
def _worths(share: float, part: float, degrees: tuple[float, ...]) -> tuple[Floats, Longs, Longs]:
    """Return how near each degree of a wanted experience is, and its points: usual ones, and as the best."""
    worths = [(1 - BEST_SHARE) * part * weight for weight in degrees]
    alone = [points(share, worth) for worth in worths]
    best = [
        points(share, worth + BEST_SHARE * weight)
        for worth, weight in zip(worths, degrees, strict=True)
    ]
    return np.array(degrees), np.array(alone, np.int64), np.array(best, np.int64)


@lru_cache(maxsize=256)
def _others(share: float) -> Longs:
    return np.array([0, *(points(share, band_worth(least)) for least in TOLD[1:])], np.int64)


@lru_cache(maxsize=256)
def _of_many(share: float, many: int) -> Longs:
    """Return what it is worth that none, one … all of so many wishes are met."""
    return np.array([0, *(points(share, one / many) for one in range(1, many + 1))], np.int64)


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


def missing_of(columns: Columns, asked: Asked, misses: Sequence[Missed], sieve: Sieve) -> Missing:
    """Return who misses what, and by which words they are counted."""
    here = wide(sieve.here)
    missed = np.empty((len(misses), len(here)), np.uint64)
    for place, miss in enumerate(misses):
        missed[place] = wide(miss.bits)
    none, one = np.empty_like(here), np.empty_like(here)
    overlaid(here, missed, none, one)
    astray, inside = np.zeros_like(here), _NONE
    around = asked.seeker.around
    if around is not None:
        astray = wide(sieve.in_room()[1]) & (none | one)
        inside = astray & ~wide(sieve.beyond(around))
    refused = np.full(len(columns.words), len(columns.words), np.int64)
    for place, term in enumerate(sorted(asked.refused)):
        if term in columns.numbers:
            refused[columns.numbers[term]] = place
    return Missing(
        missed,
        np.array([_KINDS.get(miss.code, ALL) for miss in misses], np.int64),
        none,
        one,
        astray,
        inside,
        ~wide(columns.flags.of("placed")),
        columns.languages.set_of,
        columns.formats.set_of,
        refused,
    )
