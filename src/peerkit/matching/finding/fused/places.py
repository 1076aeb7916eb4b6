"""Kernels of distance: who is too far away, by the long formula only where a short one cannot tell."""

from math import asin, cos, inf, isnan, radians, sin, sqrt
from typing import Final

import numpy as np

from peerkit.matching.compiled import compiled, inlined
from peerkit.matching.finding.bits import Bytes, Ints, Words
from peerkit.matching.finding.distance import EARTH_KM
from peerkit.matching.finding.fused.arrays import Groups, Place
from peerkit.matching.finding.fused.words import lowest_of

_TURN: Final = 360.0
_ONE: Final = np.uint64(1)


@inlined
def is_marked(bits: Bytes, row: int) -> bool:
    """Tell whether a bitmap has a row."""
    return bool(bits[row >> 3] >> (row & 7) & 1)


@compiled
def marked_rows(words: Words, rows: Ints) -> int:
    """Write the rows that a bitmap has, ascending, and return how many."""
    many = 0
    for place in range(len(words)):
        word = words[place]
        while word:
            rows[many] = place * 64 + lowest_of(word)
            many += 1
            word &= word - _ONE
    return many


@compiled
def keep_near(place: Place, groups: Groups, rows: Ints, many: int) -> int:
    """Move the rows that nobody must go to, or that are near enough, to the front; return how many."""
    left = 0
    for one in range(many):
        row = rows[one]
        rows[left] = row
        left += not is_marked(place.needed, row) or is_near(place, groups, row)
    return left


@inlined
def distance_to(place: Place, groups: Groups, row: int) -> float:
    """Return kilometres as `distance` does; without end where it is too far, or nobody says where."""
    bound = _bound(place, groups, row)
    if isnan(bound) or bound > place.bounds.unsure:
        return inf
    here, there = radians(place.latitude), radians(groups.latitude[row])
    half_up = sin((there - here) / 2) ** 2
    half_along = sin(radians(groups.longitude[row] - place.longitude) / 2) ** 2
    chord = half_up + cos(here) * cos(there) * half_along
    km: float = np.rint(2 * EARTH_KM * asin(sqrt(min(chord, 1.0))) * 10) / 10
    return km if km <= place.km else inf


@inlined
def is_near(place: Place, groups: Groups, row: int) -> bool:
    """Tell whether a row is near enough."""
    up = groups.latitude[row] - place.latitude
    along = groups.longitude[row] - place.longitude
    if up * up + place.bounds.longest * along * along <= place.bounds.sure:
        return True
    return distance_to(place, groups, row) <= place.km


@inlined
def least_share(place: Place, groups: Groups, row: int) -> float:
    """Return a bound from below of the distance, as a share of how far one would go; 0 where unknown."""
    bound = _bound(place, groups, row)
    if not 0 < bound < place.bounds.unsure or place.km <= 0:
        return 0.0
    # A chord is shorter than its arc, and kilometres are rounded to tenths: both are well covered.
    return max(0.0, 0.99 * sqrt(bound / place.bounds.unsure) - 0.1 / place.km)


@inlined
def _bound(place: Place, groups: Groups, row: int) -> float:
    """Return a bound from below in square degrees; without end where a degree alone is too far."""
    up = groups.latitude[row] - place.latitude
    if abs(up) > place.bounds.turn:
        return inf
    along = abs(groups.longitude[row] - place.longitude)
    if min(along, _TURN - along) > place.bounds.aside:
        return inf
    return float(up * up + place.bounds.shortest * along * along)
