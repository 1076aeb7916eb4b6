"""Kernels of time: the weeks free hours allow, and how the meetings of a plan lie in them."""

from typing import Final

import numpy as np

from peerkit.matching.compiled import compiled, inlined
from peerkit.matching.finding.bits import Bytes, Ints, Longs, Masks
from peerkit.matching.finding.week import MINUTE_US, Times

NEVER: Final = np.int64(2**62)
# What is wrong with when a plan meets.
UNTIMELY: Final = 1
NO_MEETING: Final = 2


@compiled
def allow(spans: Longs, starts: Longs, minutes: Longs, within: Masks) -> None:
    """Write all bits for each (minute of the week, length) that lies within one of the spans, else none."""
    for pair in range(len(starts)):
        begin = starts[pair]
        end = begin + max(minutes[pair], 1)
        within[pair] = 0
        for span in range(len(spans)):
            if spans[span, 0] <= begin and end <= spans[span, 1]:
                within[pair] = 0xFFFFFFFF
                break


@compiled
def weeks_within(within: Masks, pairs: Ints, masks: Masks, weeks: Masks) -> None:
    """Write the weeks in which each slot lies within the free hours, as bits."""
    for slot in range(len(weeks)):
        weeks[slot] = within[pairs[0, slot]] & masks[0, slot]
    for time in range(1, pairs.shape[0]):
        for slot in range(len(weeks)):
            weeks[slot] |= within[pairs[time, slot]] & masks[time, slot]


@inlined
def counted(mask: np.int64) -> np.int64:
    """Return how many of 32 bits are set."""
    mask = mask - ((mask >> 1) & 0x55555555)
    mask = (mask & 0x33333333) + ((mask >> 2) & 0x33333333)
    mask = (mask + (mask >> 4)) & 0x0F0F0F0F
    return (mask * 0x01010101 & 0xFFFFFFFF) >> 24


@inlined
def lowest(mask: np.int64) -> np.int64:
    """Return the place of the lowest bit that is set."""
    return counted((mask & -mask) - 1)


@compiled
def keep_timely(times: Times, plan: Ints, rows: Ints, many: int, untimely: Bytes) -> int:
    """Move the rows that meet at a free hour to the front; return how many.

    `untimely` (P,) is room to work in: where rows are many, each plan is looked at once, in order.
    """
    left = 0
    if 2 * many < len(untimely):
        for one in range(many):
            row = rows[one]
            # Without a branch: a wrong guess of what comes next costs more than the work.
            rows[left] = row
            left += untimely_of(times, plan[row]) == 0
        return left
    look_at_plans(times, untimely)
    for one in range(many):
        row = rows[one]
        rows[left] = row
        left += untimely[plan[row]] == 0
    return left


@compiled
def look_at_plans(times: Times, untimely: Bytes) -> None:
    """Write of every plan what is wrong with when it meets."""
    for plan in range(len(untimely)):
        untimely[plan] = untimely_of(times, plan)


@inlined
def untimely_of(times: Times, plan: int) -> int:
    """Return what is wrong with when a plan meets: `NO_MEETING`, never at a free hour, or nothing (0)."""
    slot = times.slots[plan]
    coming, fitting = np.uint32(0), np.uint32(0)
    if slot >= 0:
        fitting = times.held[plan] & times.open[slot]
        coming = times.held[plan] & times.coming[slot]
    else:
        for place in range(times.starts[plan], times.starts[plan] + times.lengths[plan]):
            beat = times.flat[place]
            fitting |= times.weeks[beat] & times.open[times.slot[beat]]
            coming |= times.weeks[beat] & times.coming[times.slot[beat]]
    return int(UNTIMELY * ((fitting == 0) & (coming != 0)) + NO_MEETING * (coming == 0))


@inlined
def lying(times: Times, plan: int) -> tuple[np.int64, np.int64, np.int64]:
    """Return the meetings to come, those that fit, and when the first that fits is (`NEVER` without)."""
    slot = times.slots[plan]
    if slot >= 0:
        return _of_beat(times, slot, np.int64(times.held[plan]))
    coming, fitting, first = np.int64(0), np.int64(0), NEVER
    for place in range(times.starts[plan], times.starts[plan] + times.lengths[plan]):
        beat = times.flat[place]
        some = _of_beat(times, times.slot[beat], np.int64(times.weeks[beat]))
        coming += some[0]
        fitting += some[1]
        first = min(first, some[2])
    return coming, fitting, first


@inlined
def _of_beat(times: Times, slot: np.integer, held: np.int64) -> tuple[np.int64, np.int64, np.int64]:
    fitting = held & np.int64(times.open[slot])
    coming = held & np.int64(times.coming[slot])
    if fitting == 0:
        return counted(coming), np.int64(0), NEVER
    at = np.int64(times.utc[lowest(fitting), slot]) * MINUTE_US + times.rest[slot]
    return counted(coming), counted(fitting), at


@compiled
def tell(times: Times, plans: Ints, told: Longs) -> None:
    """Write how plans of one beat lie that fits somewhere; the rest of `told` (plans, 6) stays.

    In order: meetings to come, those that fit, the slot, the minute of the first that fits, that of
    the first later one that does not (-1 without), and 1 where an earlier one does not.
    """
    for place in range(len(plans)):
        slot = times.slots[plans[place]]
        if slot < 0:
            continue
        held = np.int64(times.held[plans[place]])
        coming = held & np.int64(times.coming[slot])
        fitting = held & np.int64(times.open[slot])
        week = lowest(fitting)
        astray = coming & ~fitting
        later = astray >> week << week
        told[place, 0] = counted(coming)
        told[place, 1] = counted(fitting)
        told[place, 2] = slot
        told[place, 3] = times.utc[week, slot]
        told[place, 4] = times.utc[lowest(later), slot] if later else -1
        told[place, 5] = astray & ((1 << week) - 1) != 0
