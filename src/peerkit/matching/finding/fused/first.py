"""The kernel that finds the best groups: conditions, distance, time and score of a row in one go.

It runs over the rows that miss none of the plain conditions (a bitmap), leaves out those never at a free
hour or too far away, counts the others, and adds up the score of those that may still be among the
first. The best so far stand in a heap; all that are as good as its last are given back, since the
order among equals (by id) is not known here. Points are those of `scoring.Scorer`: tables that were
made for the question, and products of doubles in the same order.
"""

from typing import Final

import numpy as np

from peerkit.matching.compiled import compiled, inlined
from peerkit.matching.finding.asking import MILLION
from peerkit.matching.finding.bits import Longs, Words
from peerkit.matching.finding.fused.arrays import Groups, Kept, Place, Worth
from peerkit.matching.finding.fused.hours import keep_timely, lying
from peerkit.matching.finding.fused.places import (
    distance_to,
    is_marked,
    keep_near,
    least_share,
    marked_rows,
)
from peerkit.matching.finding.week import WEEK_US, Times

Whole = int | np.int64
# Points that nobody counted yet.
_UNKNOWN: Final = np.int64(-1)


@compiled
def first(  # noqa: PLR0917 - a kernel takes no keywords
    found: Words, groups: Groups, times: Times, place: Place, worth: Worth, kept: Kept
) -> tuple[int, int]:
    """Write the rows that may be among the first into `kept`; return how many, and how many fit."""
    total = keep_timely(times, groups.plan, kept.rows, marked_rows(found, kept.rows), kept.untimely)
    if place.is_asked:
        total = keep_near(place, groups, kept.rows, total)
    if kept.heap.shape[1] == 0:
        return 0, total
    return _foremost(groups, times, place, worth, kept, total), total


@compiled
def _foremost(  # noqa: PLR0917 - a kernel takes no keywords
    groups: Groups, times: Times, place: Place, worth: Worth, kept: Kept, total: int
) -> int:
    """Move the best of the rows to the front; return how many.

    What is quick to see comes first: a row is left as soon as it cannot be among the first any more.
    """
    filled, many, least = 0, 0, 0
    for code in range(worth.known):
        kept.about[code] = _UNKNOWN
    for one in range(total):
        row = kept.rows[one]
        score = _about(worth, groups, kept, row) + worth.always[groups.always[row]]
        if score + worth.most < least:
            continue
        score += _wishes(worth, row)
        if score + worth.late_most + worth.time_most < least:
            continue
        score += _others(worth, groups, row)
        near = _place_most(worth, place, groups, row)
        if score + near + worth.time_most < least:
            continue
        timed, at = _timed(worth, times, groups.plan[row])
        score += timed
        if score + near < least:
            continue
        score += _place(worth, place, groups, row)
        taken = _taken(kept.heap, filled, score, at)
        if taken < 0:
            continue
        filled = taken
        if filled == kept.heap.shape[1]:
            least = kept.heap[0, 0]
        kept.rows[many], kept.scores[many], kept.at[many] = row, score, at
        many += 1
    return _winnowed(kept, many) if filled == kept.heap.shape[1] else many


@compiled
def _taken(heap: Longs, filled: int, score: Whole, at: Whole) -> int:
    """Put one into the heap if it is among the best; return how many are in it, -1 if it is behind all."""
    if filled < heap.shape[1]:
        _rise(heap, filled, score, at)
        return filled + 1
    if _is_before(score, at, heap[0, 0], heap[1, 0]):
        _sink(heap, score, at)
    elif score != heap[0, 0] or at != heap[1, 0]:
        return -1
    return filled


@compiled
def _winnowed(kept: Kept, many: int) -> int:
    """Move those as good as the last of the first ones to the front; return how many they are."""
    score, at = kept.heap[0, 0], kept.heap[1, 0]
    left = 0
    for one in range(many):
        if not _is_before(score, at, kept.scores[one], kept.at[one]):
            kept.rows[left], kept.scores[left], kept.at[left] = (
                kept.rows[one],
                kept.scores[one],
                kept.at[one],
            )
            left += 1
    return left


@compiled
def _is_before(score: Whole, at: Whole, other: Whole, other_at: Whole) -> bool:
    """Tell whether a score and a meeting come before others."""
    return bool(score > other or (score == other and at < other_at))


@compiled
def _rise(heap: Longs, here: int, score: Whole, at: Whole) -> None:
    """Put one more into the heap, whose root is the last of all."""
    while here:
        above = (here - 1) >> 1
        if not _is_before(heap[0, above], heap[1, above], score, at):
            break
        heap[0, here], heap[1, here] = heap[0, above], heap[1, above]
        here = above
    heap[0, here], heap[1, here] = score, at


@compiled
def _sink(heap: Longs, score: Whole, at: Whole) -> None:
    """Put one in the place of the root."""
    here, most = 0, heap.shape[1]
    while 2 * here + 1 < most:
        below = 2 * here + 1
        if below + 1 < most and _is_before(
            heap[0, below], heap[1, below], heap[0, below + 1], heap[1, below + 1]
        ):
            below += 1
        if not _is_before(score, at, heap[0, below], heap[1, below]):
            break
        heap[0, here], heap[1, here] = heap[0, below], heap[1, below]
        here = below
    heap[0, here], heap[1, here] = score, at


@inlined
def _about(worth: Worth, groups: Groups, kept: Kept, row: int) -> int:
    """Return points for what a row is about, and for what all have: counted once for all alike."""
    code = 0
    for place in range(len(groups.terms)):
        code |= worth.codes[groups.terms[place, row]]
    if worth.known == 0:
        return worth.sure + _nearness(worth, groups, row)
    if kept.about[code] == _UNKNOWN:
        kept.about[code] = worth.sure + _nearness(worth, groups, row)
    return int(kept.about[code])


@compiled
def _nearness(worth: Worth, groups: Groups, row: int) -> int:
    """Return points for each wanted experience, more for the one that is met best."""
    found, more, nearest = 0, 0, 0.0
    for one in range(len(worth.degrees)):
        degree = 0
        for place in range(len(groups.terms)):
            degree = max(degree, worth.degrees[one, groups.terms[place, row]])
        found += worth.alone[one, degree]
        if worth.near[one, degree] > nearest:
            nearest = worth.near[one, degree]
            more = worth.best[one, degree] - worth.alone[one, degree]
    return found + more


@inlined
def _timed(worth: Worth, times: Times, plan: int) -> tuple[int, Whole]:
    """Return points for meetings that fit and for one that is soon, and when that is."""
    coming, fitting, at = lying(times, plan)
    soon = 1.0 / ((at - times.now_us) / WEEK_US + 1)
    timed = int(fitting / coming * worth.time * MILLION) + int(soon * worth.soon * MILLION)
    return timed, at


@inlined
def _place_most(worth: Worth, place: Place, groups: Groups, row: int) -> int:
    """Return what being near can give at most: a row that is beaten even so needs no long formula."""
    if not place.is_asked or not is_marked(place.room, row):
        return 0
    near = 1 - 0.5 * least_share(place, groups, row)
    return int(near * worth.place * MILLION) + 1


@inlined
def _place(worth: Worth, place: Place, groups: Groups, row: int) -> int:
    """Return points for being near."""
    if not place.is_asked or not is_marked(place.room, row):
        return 0
    km = distance_to(place, groups, row)
    if km > place.km:
        return 0
    near = 1 - 0.5 * km / place.km if place.km else 1.0
    return int(near * worth.place * MILLION)


@inlined
def _wishes(worth: Worth, row: int) -> int:
    """Return points for the first language, for what felt right, and for wishes that are met."""
    found = 0
    if worth.first and is_marked(worth.foremost, row):
        found += worth.first
    if worth.tried and is_marked(worth.right, row):
        found += worth.tried
    met = 0
    for wish in range(len(worth.wishes)):
        met += is_marked(worth.wishes[wish], row)
    return int(found + worth.comfort[met])


@inlined
def _others(worth: Worth, groups: Groups, row: int) -> int:
    """Return points for others there who live with the same."""
    most = 0
    for place in range(len(groups.makeup) if len(worth.numbers) else 0):
        told = groups.makeup[place, row]
        for one in range(len(worth.numbers)):
            if told and worth.numbers[one] == told >> 2:
                most = max(most, worth.others[told & 3])
    return most
