"""The bundled gazetteer as it is read from disk: towns, countries and regions (see data/PLACES.md)."""

import gzip
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cache, cached_property
from math import floor
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

Code = TypeVar("Code", bound=Hashable)

DATA: Final = Path(__file__).parent / "data"
_LETTERS: Final = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "ə": "e",
    }
)


class Town(NamedTuple):
    """One line of places.tsv: codes as GeoNames has them, degrees to three decimals."""

    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    population: int
    zone: str


def fold(text: str) -> str:
    """Return `text` as it is compared: lower case, without accents or punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    spaced = "".join(
        letter if letter.isalnum() else "" if letter in "'\u2019`." else " "
        for letter in plain
        if not unicodedata.combining(letter)
    )
    return " ".join(spaced.split())


class Gazetteer:
    """Towns by folded name, most populous first, and by one-degree cell."""

    def __init__(self, towns: str, countries: str, regions: str) -> None:
        self._lines: Final = towns.splitlines()
        self._countries: Final = _by_name(
            (line.split("\t")[0], line.split("\t")) for line in countries.splitlines()
        )
        self._towns_in: Final[dict[tuple[int, int], Sequence[Town]]] = {}
        rows = [line.split("\t") for line in regions.splitlines()]
        self._regions: Final = _by_name(((row[0], row[1]), row[1:]) for row in rows)
        self.region_names: Final[Mapping[tuple[str, str], str]] = {
            (row[0], row[1]): row[2] for row in rows
        }

    def towns_called(self, name: str) -> tuple[Town, ...]:
        """Return the towns with this folded name or other name, most populous first."""
        return tuple(_town(self._lines[line]) for line in self._lines_called.get(name, ()))

    def countries_called(self, name: str) -> frozenset[str]:
        """Return the ISO 3166 codes of the countries a folded code or English name may mean."""
        return self._countries.get(name, frozenset())

    def regions_called(self, name: str) -> frozenset[tuple[str, str]]:
        """Return (country, region) codes a folded region code or name may mean."""
        return self._regions.get(name, frozenset())

    @cached_property
    def names(self) -> Sequence[str]:
        """Every folded name once, for comparing misspelt ones."""
        return tuple(self._lines_called)

    def towns_in(self, cell: tuple[int, int]) -> Sequence[Town]:
        """Return the towns of a one-degree cell, named by its south and west."""
        if cell not in self._towns_in:
            self._towns_in[cell] = tuple(_town(line) for line in self._lines_in.get(cell, ()))
        return self._towns_in[cell]

    @cached_property
    def _lines_in(self) -> Mapping[tuple[int, int], Sequence[str]]:
        cells: dict[tuple[int, int], list[str]] = defaultdict(list)
        for line in self._lines:
            _, latitude, longitude, _, _ = line.rsplit("\t", 4)
            cells[floor(float(latitude)), floor(float(longitude))].append(line)
        return cells

    @cached_property
    def _lines_called(self) -> Mapping[str, Sequence[int]]:
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(self._lines):
            for name in line[: line.index("\t")].split("|"):
                numbers[name].append(number)
        return dict(numbers)


@cache
def gazetteer() -> Gazetteer:
    """Return the bundled gazetteer, read once."""
    return Gazetteer(
        gzip.decompress((DATA / "places.tsv.gz").read_bytes()).decode(),
        (DATA / "countries.tsv").read_text("utf-8"),
        (DATA / "regions.tsv").read_text("utf-8"),
    )


def _town(line: str) -> Town:
    _, name, country, region, latitude, longitude, population, zone = line.split("\t")
    return Town(name, country, region, float(latitude), float(longitude), int(population), zone)


def _by_name(rows: Iterable[tuple[Code, Sequence[str]]]) -> Mapping[str, frozenset[Code]]:
    codes: dict[str, set[Code]] = defaultdict(set)
    for code, names in rows:
        for name in names:
            codes[fold(name)].add(code)
    return {name: frozenset(some) for name, some in codes.items()}
