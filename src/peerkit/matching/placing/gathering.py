"""People who wait and could share a group: same experience, language, way to meet and age group."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import asin, cos, radians, sin, sqrt
from typing import Final

import numpy as np

from peerkit.matching.placing.waiting import Waiting
from peerkit.matching.placing.weekly import STEP, Meeting
from peerkit.matching.values import DAY, Around

_SLOTS: Final = 7 * DAY // STEP
_TRIED: Final = 24
_CELL: Final = 0.05
_EARTH_KM: Final = 6371.0088

Key = tuple[str, str, bool, str]


class Gathering:
    """Alike people who can meet in one way, and the hours that each of them could."""

    def __init__(
        self, key: Key, people: Sequence[Waiting], meeting: Meeting, around: Around | None
    ) -> None:
        self.experience, self.language, self.is_young, self.only = key
        self.people: Final = tuple(people)
        self.ids: Final = frozenset(one.id for one in people)
        self.around: Final = around
        self.minutes: Final = meeting.minutes
        self.zone: Final = _majority(one.zone for one in people)
        self._can: Final = np.zeros((len(people), _SLOTS), dtype=np.bool_)
        for row, one in enumerate(people):
            for minute in meeting.starts(one.free, one.zone, self.zone):
                self._can[row, minute // STEP] = True

    def hours(self, gone: set[str], least: int) -> Iterator[tuple[int, list[Waiting]]]:
        """Yield minutes of the week with who could come, fullest first, while there are `least`."""
        rows = [row for row, one in enumerate(self.people) if one.id not in gone]
        if len(rows) < least:
            return
        counts = self._can[rows].sum(axis=0)
        for slot in np.argsort(-counts, kind="stable")[:_TRIED]:
            if counts[slot] < least:
                return
            yield int(slot) * STEP, [self.people[row] for row in rows if self._can[row, slot]]

    def scarce_first(self, people: Sequence[Waiting]) -> list[Waiting]:
        """Return people with those first who have fewest other hours."""
        hours = dict(zip((one.id for one in self.people), self._can.sum(axis=1), strict=True))
        return sorted(people, key=lambda one: (hours[one.id], one.id))


def gatherings(people: Sequence[Waiting], meeting: Meeting) -> list[Gathering]:
    """Return every gathering of two ways to meet; somebody may be in several."""
    online: dict[Key, list[Waiting]] = defaultdict(list)
    nearby: dict[Key, list[Waiting]] = defaultdict(list)
    for one in people:
        for language in sorted(set(one.languages)):
            key = (one.experience, language, one.is_young, one.only)
            if "online" in one.formats:
                online[key].append(one)
            if "in_person" in one.formats and one.around is not None:
                nearby[key].append(one)
    found = [Gathering(key, online[key], meeting, None) for key in sorted(online)]
    for key in sorted(nearby):
        found += _places(key, nearby[key], meeting)
    return found


def _places(key: Key, people: Sequence[Waiting], meeting: Meeting) -> Iterator[Gathering]:
    """Yield a gathering for each place where somebody lives, of all who can reach it."""
    cells: dict[tuple[int, int], list[Around]] = defaultdict(list)
    for one in people:
        if one.around is not None:
            cells[_cell(one.around)].append(one.around)
    for cell in sorted(cells):
        homes = cells[cell]
        latitude = sum(home.latitude for home in homes) / len(homes)
        longitude = sum(home.longitude for home in homes) / len(homes)
        far = [(km_between(one.around, latitude, longitude), one) for one in people if one.around]
        near = [(km, one) for km, one in far if one.around and km <= one.around.km]
        if near:
            around = Around(latitude, longitude, round(max(km for km, _ in near), 1))
            yield Gathering(key, [one for _, one in near], meeting, around)


def _cell(home: Around) -> tuple[int, int]:
    return round(home.latitude / _CELL), round(home.longitude / _CELL)


def km_between(home: Around, latitude: float, longitude: float) -> float:
    """Return the great-circle distance in kilometres (haversine)."""
    up = radians(latitude - home.latitude)
    along = radians(longitude - home.longitude)
    half = sin(up / 2) ** 2
    half += cos(radians(latitude)) * cos(radians(home.latitude)) * sin(along / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))


def _majority(zones: Iterator[str]) -> str:
    counted = Counter(zones)
    return min(counted, key=lambda zone: (-counted[zone], zone))
