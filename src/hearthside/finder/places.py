"""Towns of the world: where a typed place name is, and which clock is kept at a point on the map."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from typing import Final

from rapidfuzz import fuzz, process

from hearthside.finder.gazetteer import Gazetteer, Town, fold, gazetteer

_COORDINATES: Final = re.compile(
    r"^\s*([+-]?\d{1,2}(?:\.\d+)?)\s*°?\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*$"
)
_LIKE_ENOUGH: Final = 84.0
_SHORTEST_TYPO: Final = 4
_FARTHEST_DEGREES: Final = 8
_POLE: Final = 90
_DATE_LINE: Final = 180


@dataclass(frozen=True, slots=True)
class Place:
    """A town, or a bare point when coordinates were typed (then only the zone is known)."""

    name: str
    region: str
    country: str
    latitude: float
    longitude: float
    population: int
    zone: str

    @property
    def label(self) -> str:
        """The place as it is shown to a person: "Springfield, Massachusetts, US"."""
        return ", ".join(part for part in (self.name, self.region, self.country) if part)


def find(text: str, *, country: str | None = None, most: int = 5) -> tuple[Place, ...]:
    """Return up to `most` places that `text` may mean, most populous first.

    Case and accents do not matter; "Leeds UK", "Springfield, MA" and "51.5,-0.12" are understood; a
    misspelt name is compared by likeness only when no name is equal. `country` (ISO 3166 code or
    English name) limits the answer; a country nobody knows gives nothing.
    """
    point = _COORDINATES.match(text)
    if point:
        return tuple(_point(float(point[1]), float(point[2])))
    books = gazetteer()
    within = frozenset[str]() if country is None else books.countries_called(fold(country))
    if country and not within:
        return ()
    found = _named(books, text, within) or _like(books, text, within)
    return tuple(_place(books, town) for town in found[:most])


@lru_cache(maxsize=4096)
def zone_at(latitude: float, longitude: float, country: str = "") -> str | None:
    """Return the IANA zone of the town nearest to a point, or None far from any town.

    Given `country` (ISO 3166 code or English name), only towns of that country count, so a point
    near a border keeps the clock of its own side. An unknown country is passed over.
    """
    if abs(latitude) > _POLE or abs(longitude) > _DATE_LINE:
        return None
    books = gazetteer()
    within = books.countries_called(fold(country)) if country else frozenset[str]()
    town = _nearest(books, latitude, longitude, within)
    if town is None and within:
        town = _nearest(books, latitude, longitude, frozenset())
    return town.zone if town else None


def town_near(latitude: float, longitude: float) -> Place | None:
    """The town nearest to a point, for what must not be known more exactly; None far from any town."""
    if abs(latitude) > _POLE or abs(longitude) > _DATE_LINE:
        return None
    books = gazetteer()
    town = _nearest(books, latitude, longitude, frozenset())
    return _place(books, town) if town else None


def _point(latitude: float, longitude: float) -> Iterator[Place]:
    zone = zone_at(latitude, longitude)
    if zone:
        name = f"{latitude:.3f}, {longitude:.3f}"
        yield Place(name, "", "", latitude, longitude, 0, zone)


def _place(books: Gazetteer, town: Town) -> Place:
    region = books.region_names.get((town.country, town.region), "")
    country = town.country
    where = (town.latitude, town.longitude)
    return Place(town.name, region, country, *where, town.population, town.zone)


def _named(books: Gazetteer, text: str, within: frozenset[str]) -> list[Town]:
    """Read the whole text as a name, then ever more of its tail as region and country."""
    for name, tail in _readings(text):
        towns = [town for town in books.towns_called(name) if _lies_in(town, within)]
        towns = [town for town in towns if not tail or _is_in(books, town, tail)]
        if towns:
            return towns
    return []


def _readings(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    parts = tuple(filter(None, map(fold, text.split(","))))
    if len(parts) > 1:
        yield parts[0], parts[1:]
    words = fold(text).split()
    yield " ".join(words), ()
    for cut in range(len(words) - 1, 0, -1):
        yield " ".join(words[:cut]), (" ".join(words[cut:]),)


def _lies_in(town: Town, within: frozenset[str]) -> bool:
    return not within or town.country in within


def _is_in(books: Gazetteer, town: Town, tail: tuple[str, ...]) -> bool:
    return all(
        town.country in books.countries_called(part)
        or (town.country, town.region) in books.regions_called(part)
        for part in tail
    )


def _like(books: Gazetteer, text: str, within: frozenset[str]) -> list[Town]:
    for name, tail in _readings(text):
        if len(name) < _SHORTEST_TYPO:
            continue
        near = process.extract(
            name, books.names, scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH, limit=20
        )
        towns = [
            (-round(score), -town.population, town)
            for key, score, _ in near
            for town in books.towns_called(key)
            if _lies_in(town, within) and (not tail or _is_in(books, town, tail))
        ]
        if towns:
            return list(dict.fromkeys(town for *_, town in sorted(towns)))
    return []


def _nearest(
    books: Gazetteer, latitude: float, longitude: float, within: frozenset[str]
) -> Town | None:
    """Search square rings of one-degree cells outwards.

    A ring farther than the best town found cannot hold a nearer one, so the search stops there.
    """
    squeeze = max(cos(radians(latitude)), 0.05)
    row, column = int(latitude // 1), int(longitude // 1)
    best: tuple[float, Town] | None = None
    for ring in range(int(_FARTHEST_DEGREES / squeeze) + 1):
        if best and best[0] < ((ring - 1) * squeeze) ** 2:
            break
        for cell in _ring(row, column, ring):
            for town in books.towns_in(cell):
                if not _lies_in(town, within):
                    continue
                east = (town.longitude - longitude + 180) % 360 - 180
                far = (town.latitude - latitude) ** 2 + (east * squeeze) ** 2
                if best is None or (far, -town.population) < (best[0], -best[1].population):
                    best = (far, town)
    return best[1] if best and best[0] <= _FARTHEST_DEGREES**2 else None


def _ring(row: int, column: int, ring: int) -> Iterator[tuple[int, int]]:
    for down in range(-ring, ring + 1):
        step = 1 if abs(down) == ring else max(2 * ring, 1)
        for along in range(-ring, ring + 1, step):
            yield row + down, (column + along + 180) % 360 - 180
