"""Hours of groups on the clock of another zone, and how free hours lie to them."""

from typing import NamedTuple

import numpy as np

from peerkit.matching.finding.beats import Weeks
from peerkit.matching.finding.bits import Flags, Ints, Longs, Masks
from peerkit.matching.finding.clock import SPANNED
from peerkit.matching.finding.hours import Hours
from peerkit.matching.finding.zones import WEEK, offsets


class Wall(NamedTuple):
    """Slots on the clock of one zone: in weeks `masks[r, s]` slot s begins at `pairs[r, s]`.

    A pair is a distinct (minute of the week, length), listed in `starts` and `minutes`.
    """

    starts: Longs
    minutes: Longs
    pairs: Ints
    masks: Masks


class Allowed(NamedTuple):
    """Free hours against a `Wall`: `weeks` (S,) are those in which each slot lies within them."""

    hours: Hours
    weeks: Masks


def wall_of(weeks: Weeks, zone: str) -> Wall:
    """Return every slot on the clock of a zone; weeks at the same hour are said together."""
    on_wall = offsets(zone, weeks.first).on_wall(weeks.utc.astype(np.int64)) % WEEK
    bits = np.left_shift(np.uint32(1), np.arange(SPANNED, dtype=np.uint32))[:, None]
    left = np.ones(on_wall.shape, np.bool_)
    starts, masks = [], []
    while left.any():
        start = np.take_along_axis(on_wall, left.argmax(axis=0)[None], axis=0)[0]
        same = left & (on_wall == start)
        starts.append(start)
        masks.append((same * bits).sum(axis=0, dtype=np.uint32))
        left &= ~same
    keys = np.stack(starts) + WEEK * weeks.minutes.astype(np.int64)
    pairs, inverse = np.unique(keys, return_inverse=True)
    numbers = inverse.reshape(keys.shape).astype(np.int32)
    return Wall(pairs % WEEK, pairs // WEEK, numbers, np.stack(masks))


def allowed_on(wall: Wall, hours: Hours) -> Allowed:
    """Return how the free hours lie to every slot of a wall."""
    whole = _is_within(hours, wall.starts, wall.minutes) * np.uint32(0xFFFFFFFF)
    weeks = np.zeros(wall.masks.shape[1], np.uint32)
    for pairs, masks in zip(wall.pairs, wall.masks, strict=True):
        weeks |= whole.take(pairs) & masks
    return Allowed(hours, weeks)


def minutes_off(hours: Hours, starts: Longs, minutes: Longs) -> Longs:
    """Return what `Hours.off` returns, for many meetings at once."""
    best = np.full(len(starts), WEEK, np.int64)
    spans = np.array(hours.spans, np.int64).reshape(-1, 2)
    if not len(spans):
        return best
    length = np.maximum(minutes, 1)
    for here in (starts, starts + WEEK):
        at = np.searchsorted(spans[:, 0], here, side="right")
        for near in (np.maximum(at - 1, 0), np.minimum(at, len(spans) - 1)):
            early = np.maximum(spans[near, 0] - here, 0)
            late = np.maximum(here + length - spans[near, 1], 0)
            np.minimum(best, early + late, out=best)
    return best


def _is_within(hours: Hours, starts: Longs, minutes: Longs) -> Flags:
    """Tell which meetings lie wholly within one free span: the last that begins before them."""
    ends = np.full(WEEK, -1, np.int64)
    for start, end in hours.spans:
        ends[start:end] = end
    within: Flags = starts + np.maximum(minutes, 1) <= ends.take(starts)
    return within
