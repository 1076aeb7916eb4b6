"""The kernel of near misses: every group that misses exactly one condition, counted by which, in one pass."""

from typing import Final

import numpy as np

from peerkit.matching.compiled import compiled, inlined
from peerkit.matching.finding.bits import Bytes, Longs, Words
from peerkit.matching.finding.fused.arrays import Groups, Kept, Missing, Place
from peerkit.matching.finding.fused.hours import (
    NO_MEETING,
    UNTIMELY,
    look_at_plans,
)
from peerkit.matching.finding.fused.places import is_near
from peerkit.matching.finding.fused.words import lowest_of
from peerkit.matching.finding.week import Times

# What the last rows of the counts are for: conditions that are no bitmaps.
LATER = ("no_meeting", "time", "place_unknown", "distance")
_NO_MEETING, _TIME, _UNPLACED, _FAR = 4, 3, 2, 1
# By which words a row is counted that misses a condition.
ALL, LANGUAGES, FORMATS, REFUSED = 0, 1, 2, 3
_BIT: Final = np.uint64(1)


@compiled
def overlaid(here: Words, missed: Words, none: Words, one: Words) -> None:
    """Write the rows of `here` that miss none of the conditions, and those that miss exactly one."""
    for word in range(len(here)):
        # Until the end: those that miss several, and those that miss some.
        none[word] = one[word] = 0
    for miss in range(len(missed)):
        for word in range(len(here)):
            none[word] |= one[word] & missed[miss, word]
            one[word] |= missed[miss, word]
    for word in range(len(here)):
        some = one[word]
        one[word] = here[word] & some & ~none[word]
        none[word] = here[word] & ~some


@compiled
def count_one_missing(  # noqa: PLR0917 - a kernel takes no keywords
    groups: Groups, times: Times, place: Place, missing: Missing, kept: Kept, counts: Longs
) -> None:
    """Add to `counts` (misses + 4, sets of words) every row that misses exactly one condition.

    A row stands under its set of words where the condition is about words, else under 0.
    """
    if place.is_asked:
        _take_near(place, groups, missing)
    look_at_plans(times, kept.untimely)
    for miss in range(len(missing.missed)):
        _count_missing(groups, missing, kept.untimely, miss, counts)
    _count_later(groups, missing, kept.untimely, counts)


@compiled
def _take_near(place: Place, groups: Groups, missing: Missing) -> None:
    """Take from those that are astray who is near enough after all."""
    for word in range(len(missing.inside)):
        left = missing.inside[word]
        while left:
            bit = left & (~left + _BIT)
            left ^= bit
            if is_near(place, groups, word * 64 + lowest_of(bit)):
                missing.astray[word] ^= bit


@compiled
def _count_missing(
    groups: Groups, missing: Missing, untimely: Bytes, miss: int, counts: Longs
) -> None:
    """Count the rows that miss this condition only."""
    kind, many = missing.kinds[miss], 0
    for word in range(len(missing.one)):
        left = missing.one[word] & missing.missed[miss, word] & ~missing.astray[word]
        while left:
            row = word * 64 + lowest_of(left)
            left &= left - _BIT
            fits = untimely[groups.plan[row]] == 0
            if kind == ALL:
                many += fits
            else:
                counts[miss, _words(missing, groups, kind, row)] += fits
    counts[miss, 0] += many


@compiled
def _count_later(groups: Groups, missing: Missing, untimely: Bytes, counts: Longs) -> None:
    """Count the rows that only meet at the wrong time, or only too far away."""
    last = len(counts)
    for word in range(len(missing.none)):
        left = missing.none[word]
        astray = missing.astray[word]
        while left:
            place = lowest_of(left)
            left &= left - _BIT
            wrong = untimely[groups.plan[word * 64 + place]]
            is_astray = astray >> np.uint64(place) & _BIT
            if not is_astray:
                counts[last - _NO_MEETING, 0] += wrong == NO_MEETING
                counts[last - _TIME, 0] += wrong == UNTIMELY
            elif wrong == 0:
                is_unplaced = missing.unplaced[word] >> np.uint64(place) & _BIT
                counts[last - (_UNPLACED if is_unplaced else _FAR), 0] += 1


@inlined
def _words(missing: Missing, groups: Groups, kind: int, row: int) -> int:
    """Return the number under which a row counts that misses a condition."""
    if kind == LANGUAGES:
        return int(missing.languages[row])
    if kind == FORMATS:
        return int(missing.formats[row])
    least = len(missing.refused)
    for place in range(len(groups.terms)):
        least = min(least, missing.refused[groups.terms[place, row]])
    return least
