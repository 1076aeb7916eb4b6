"""Which groups lie within reach of a place: exactly, but few of them by the long formula."""

from math import asin, cos, degrees, floor, inf, radians, sin
from typing import Final, NamedTuple

import numpy as np

from peerkit.matching.finding.bits import Bytes, Flags, Floats, Longs
from peerkit.matching.finding.columns import Columns
from peerkit.matching.finding.distance import EARTH_KM, KM_OF_A_DEGREE
from peerkit.matching.values import Around

# Half a turn; a box of degrees that is a little too wide, since it only spares exact work.
_HALF: Final = 180.0
_SPARE: Final = 1.01
_NEAR_POLE: Final = 89.0
# Distances are told to a tenth: who is farther than this from the edge is not rounded over it.
_ROUNDED: Final = 0.06
# From so many rows on the short formula pays, for circles where its bounds are close.
_MANY: Final = 150
_SMALL_DEGREES: Final = 10.0


class Bounds(NamedTuple):
    """A circle in degrees: farther than `turn` north or `aside` east is too far.

    With distances in square degrees, `longest` and `shortest` factors of a parallel's square length:
    up to `sure` is near enough (-1 where that cannot be told), beyond `unsure` too far.
    """

    turn: float
    aside: float
    longest: float
    shortest: float
    sure: float
    unsure: float


def kilometres(around: Around, columns: Columns, rows: Longs) -> Floats:
    """Return what `distance` returns, for many rows; nan where nobody says where they meet."""
    here = radians(around.latitude)
    there = np.radians(columns.latitude[rows])
    half_up = np.sin((there - here) / 2) ** 2
    half_along = np.sin(np.radians(columns.longitude[rows] - around.longitude) / 2) ** 2
    chord = half_up + cos(here) * np.cos(there) * half_along
    km: Floats = np.rint(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0))) * 10) / 10
    return km


def box(around: Around, columns: Columns) -> Bytes:
    """Return the rows between whole parallels and meridians that enclose the circle."""
    turn, aside = _turn(around), _aside(around)
    south, north = around.latitude - turn, around.latitude + turn
    found = columns.parallels.of_any(map(str, range(floor(south), floor(north) + 1)))
    if aside < _HALF:
        west, east = floor(around.longitude - aside), floor(around.longitude + aside)
        # A place on the date line may be said to lie 180 degrees east or west: both are one.
        turns = {(one + 180) % 360 - 180 for one in range(west, min(east, west + 360) + 1)}
        found &= columns.meridians.of_any(map(str, turns))
    return found


def is_within(around: Around, columns: Columns, rows: Longs) -> Flags:
    """Tell of each of these rows in the box whether it is near enough."""
    limits = bounds(around)
    if len(rows) < _MANY or limits.sure < 0:
        return kilometres(around, columns, rows) <= around.km
    near, may_be = _bounded(around, columns, rows, limits)
    unsure = np.flatnonzero(may_be)
    near[unsure] = kilometres(around, columns, rows[unsure]) <= around.km
    return near


def bounds(around: Around) -> Bounds:
    """Return what a short formula can tell of a circle: nothing where it is wide or near the date line.

    With x in radians, x²(1 - x²/12) / 4 <= sin²(x / 2) <= x² / 4; a parallel's length lies between
    those at the circle's northern and southern edge. So the haversine formula is held from both sides.
    """
    turn, aside, here = _turn(around), _aside(around), radians(around.latitude)
    if aside >= _SMALL_DEGREES or abs(around.longitude) + aside + 1 >= _HALF:
        return Bounds(turn, aside, 0.0, 0.0, -1.0, inf)
    longest = cos(radians(max(abs(around.latitude) - turn, 0.0)))
    shortest = cos(radians(abs(around.latitude) + turn))
    curved = 1 - radians(max(aside, turn)) ** 2 / 12
    sure, unsure = _squared(around.km - _ROUNDED), _squared(around.km + _ROUNDED) / curved
    return Bounds(turn, aside, cos(here) * longest, cos(here) * shortest, sure, unsure)


def _bounded(around: Around, columns: Columns, rows: Longs, limits: Bounds) -> tuple[Flags, Flags]:
    """Return who is surely near enough, and of whom only the long formula can tell."""
    up = columns.latitude.take(rows) - around.latitude
    along = columns.longitude.take(rows) - around.longitude
    up *= up
    along *= along
    near: Flags = up + limits.longest * along <= limits.sure
    may_be = up + limits.shortest * along <= limits.unsure
    return near, may_be & ~near


def _squared(km: float) -> float:
    """Return 4 sin²(x / 2) for an arc of so many kilometres, in square degrees; -1 for less than none."""
    return (2 * degrees(sin(km / EARTH_KM / 2))) ** 2 if km >= 0 else -1.0


def _turn(around: Around) -> float:
    """Return the degrees of latitude within reach, and some to spare."""
    return (around.km + 1) / KM_OF_A_DEGREE * _SPARE


def _aside(around: Around) -> float:
    """Return the degrees of longitude within reach; half a turn where a pole is near."""
    turn = _turn(around)
    if abs(around.latitude) + turn >= _NEAR_POLE:
        return _HALF
    across = sin(radians(turn)) / cos(radians(around.latitude))
    return min(degrees(asin(across)) * _SPARE, _HALF) if across < 1 else _HALF
