"""How far it is, and what a distance is worth."""

from math import asin, cos, radians, sin, sqrt
from typing import Final

from peerkit.matching.values import Around

EARTH_KM: Final = 6371.0088
KM_OF_A_DEGREE: Final = 111.0


def distance(around: Around, latitude: float, longitude: float) -> float:
    """Return kilometres to one digit on the great circle (haversine formula, mean Earth radius)."""
    here, there = radians(around.latitude), radians(latitude)
    half_up = sin((there - here) / 2) ** 2
    half_along = sin(radians(longitude - around.longitude) / 2) ** 2
    chord = half_up + cos(here) * cos(there) * half_along
    return round(2 * EARTH_KM * asin(sqrt(min(chord, 1.0))) * 10) / 10


def nearness(km: float, within: float) -> float:
    """Return what a distance is worth: 1 next door, a half at the edge of how far somebody can go."""
    return 1 - 0.5 * km / within if within else 1.0
