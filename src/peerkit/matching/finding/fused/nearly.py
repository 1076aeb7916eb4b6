"""The kernel of near misses: every group that misses exactly one condition, counted by which, in one pass."""

from math import isnan

import numpy as np

from peerkit.matching.compiled import compiled, inlined
from peerkit.matching.finding.bits import Bytes, Longs
from peerkit.matching.finding.fused.arrays import Groups, Missing, Place, Room
from peerkit.matching.finding.fused.hours import keep_timely
from peerkit.matching.finding.fused.places import is_marked, is_near, marked_rows
from peerkit.matching.finding.week import Times

# What the last rows of the counts are for: conditions that are no bitmaps.
LATER = ("no_meeting", "time", "place_unknown", "distance")
_NO_MEETING, _TIME, _UNPLACED, _FAR = 4, 3, 2, 1
# By which words a row is counted that misses a condition.
ALL, LANGUAGES, FORMATS, REFUSED = 0, 1, 2, 3


@compiled
def overlaid(here: Bytes, missed: Bytes, none: Bytes, one: Bytes) -> None:
    """Write the rows of `here` that miss none of the conditions, and those that miss exactly one."""
    for byte in range(len(here)):
        # Until the end: those that miss several, and those that miss some.
        none[byte] = one[byte] = 0
    for miss in range(len(missed)):
        for byte in range(len(here)):
            none[byte] |= one[byte] & missed[miss, byte]
            one[byte] |= missed[miss, byte]
    for byte in range(len(here)):
        some = one[byte]
        one[byte] = here[byte] & some & ~none[byte]
        none[byte] = here[byte] & ~some


@compiled
def count_one_missing(  # noqa: PLR0917 - a kernel takes no keywords
    groups: Groups, times: Times, place: Place, missing: Missing, room: Room, counts: Longs
) -> None:
    """Add to `counts` (misses + 4, sets of words) every row that misses exactly one condition.

    A row stands under its set of words where the condition is about words, else under 0.
    """
    rows = room.rows
    many = marked_rows(missing.one, rows)
    for one in range(keep_timely(times, groups.plan, rows, many, room.timely)):
        row = rows[one]
        if times.slots[groups.plan[row]] < 0 and _untimely(times, groups.plan[row]):
            continue
        if _astray(place, groups, row) == 0:
            miss = _which(missing.missed, row)
            counts[miss, _words(missing, groups, miss, row)] += 1
    for one in range(marked_rows(missing.none, rows)):
        untimely = _untimely(times, groups.plan[rows[one]])
        astray = _astray(place, groups, rows[one])
        if (untimely > 0) != (astray > 0):
            counts[len(counts) - untimely - astray, 0] += 1


@inlined
def _untimely(times: Times, plan: int) -> int:
    """Return what is wrong with when a plan meets: never, never at a free hour, or nothing (0)."""
    slot = times.slots[plan]
    coming = fitting = np.uint32(0)
    if slot >= 0:
        fitting = times.held[plan] & times.open[slot]
        coming = times.held[plan] & times.coming[slot]
    else:
        for place in range(times.starts[plan], times.starts[plan] + times.lengths[plan]):
            beat = times.flat[place]
            fitting |= times.weeks[beat] & times.open[times.slot[beat]]
            coming |= times.weeks[beat] & times.coming[times.slot[beat]]
    if fitting:
        return 0
    return _TIME if coming else _NO_MEETING


@inlined
def _astray(place: Place, groups: Groups, row: int) -> int:
    """Return what is wrong with where a row meets: nobody knows, too far, or nothing (0)."""
    if not place.is_asked or not is_marked(place.needed, row):
        return 0
    if isnan(groups.latitude[row]):
        return _UNPLACED
    return 0 if is_near(place, groups, row) else _FAR


@inlined
def _which(missed: Bytes, row: int) -> int:
    """Return the first condition that a row misses."""
    miss = 0
    while not is_marked(missed[miss], row):
        miss += 1
    return miss


@inlined
def _words(missing: Missing, groups: Groups, miss: int, row: int) -> int:
    """Return the number under which a row counts that misses a condition."""
    kind = missing.kinds[miss]
    if kind == LANGUAGES:
        return int(missing.languages[row])
    if kind == FORMATS:
        return int(missing.formats[row])
    least = 0
    if kind == REFUSED:
        least = len(missing.refused)
        for place in range(len(groups.terms)):
            least = min(least, missing.refused[groups.terms[place, row]])
    return least
