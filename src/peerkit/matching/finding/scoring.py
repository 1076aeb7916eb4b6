"""The score of many groups at once, in whole millionths: the same sum that `judging` counts."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import prod
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from peerkit.matching.finding.asking import (
    BEST_SHARE,
    MILLION,
    SECOND_LANGUAGE,
    Asked,
    band_worth,
    points,
)
from peerkit.matching.finding.bits import Floats, Longs, has
from peerkit.matching.finding.columns import TOLD, Columns
from peerkit.matching.finding.reach import kilometres
from peerkit.matching.finding.sieve import Sieve
from peerkit.matching.finding.week import WEEK_US, Fits

# From so many combinations of degrees on, rows are counted one by one.
_MOST_DEGREES: Final = 2_000
T = TypeVar("T", np.uint8, np.int64)


class Scorer:
    """One person's wishes made ready to score rows."""

    def __init__(self, columns: Columns, asked: Asked, sieve: Sieve, now_us: int) -> None:
        self._columns: Final = columns
        self._asked: Final = asked
        self._sieve: Final = sieve
        self._now_us: Final = now_us
        self._shares: Final = asked.shares

    @property
    def is_about(self) -> bool:
        """Tell whether experiences are asked about."""
        return bool(self._asked.sought)

    def scores(self, rows: Longs, fits: Fits) -> Longs:
        """Return millionths for each of `rows`, whose meetings lie as `fits` says."""
        return self.experience(rows) + self.time(fits) + self.rest(rows)

    def time_most(self) -> int:
        """Return what time is worth at most."""
        return time_most(self._shares)

    def rest_most(self) -> int:
        """Return what the rest of a score is at most: who is further behind need not be looked at."""
        main = {"experience", "time", "soon"}
        return sum(points(share, 1.0) for key, share in self._shares.items() if key not in main)

    def rest(self, rows: Longs) -> Longs:
        """Return the part of a score that is for everything else."""
        found = np.zeros(len(rows), np.int64)
        self._add_words(found, rows)
        self._add_wishes(found, rows)
        return found

    def rest_met(self, rows: Longs) -> Longs:
        """Return the same of rows that miss nothing: most words are met by all of them."""
        seeker, shares = self._asked.seeker, self._shares
        sure = [key for key in ("format", "access", "only") if key in shares]
        every = sum(points(shares[key], 1.0) for key in sure)
        if seeker.languages:
            first, second = language_points(self._shares["language"])
            every += second if len(seeker.languages) > 1 else first
        found = np.full(len(rows), every, np.int64)
        if len(seeker.languages) > 1:
            first, second = language_points(self._shares["language"])
            foremost = self._columns.languages.maps.flagged(seeker.languages[0], rows)
            found += (first - second) * foremost
        self._add_wishes(found, rows)
        return found

    def _add_wishes(self, found: Longs, rows: Longs) -> None:
        self._add_comfort(found, rows)
        self._add_place(found, rows)
        self._add_company(found, rows)

    def experience(self, rows: Longs) -> Longs:
        """Return the part of a score that is for experience."""
        sought = self._asked.sought
        if not sought:
            return np.zeros(len(rows), np.int64)
        columns = [column.take(rows) for column in self._columns.terms]
        # Degrees of nearness are few: what each combination of them is worth is counted once.
        tables = [self._sieve.degrees(one) for one in sought]
        degrees = [(np.array(one.degrees), one.numbers) for one in tables]
        many = prod(len(some) for some, _ in degrees)
        if many > _MOST_DEGREES:
            return self._experience(
                [some.take(self._most(degree, columns)) for some, degree in degrees]
            )
        codes, step = np.zeros(len(rows), np.int64), 1
        near = []
        for some, degree in degrees:
            codes += self._most(degree.astype(np.int64) * step, columns)
            near.append(some.take(np.arange(many) // step % len(some)))
            step *= len(some)
        return self._experience(near).take(codes)

    def _experience(self, near: Sequence[Floats]) -> Longs:
        """Return what it is worth to be as near as this to each wanted experience."""
        sought, share = self._asked.sought, self._shares["experience"]
        best = np.argmax(near, axis=0)
        found = np.zeros(len(near[0]), np.int64)
        for place, one in enumerate(sought):
            worth = (1 - BEST_SHARE) * one.part * near[place]
            worth += np.where(best == place, BEST_SHARE * near[place], 0.0)
            found += _points(share, worth)
        return found

    def _most(self, table: NDArray[T], columns: Sequence[NDArray[np.integer]]) -> NDArray[T]:
        """Return the highest of what the terms of each row stand for in the table."""
        most = table.take(columns[0])
        for column in columns[1:]:
            np.maximum(most, table.take(column), out=most)
        return most

    def time(self, fits: Fits) -> Longs:
        """Return the part of a score that is for meetings which lie as `fits` says."""
        worth = (fits.at - self._now_us) / WEEK_US
        worth += 1
        worth[fits.coming == 0] = np.inf
        np.divide(1.0, worth, out=worth)
        found = _points(self._shares["soon"], worth)
        if self._asked.seeker.free:
            fitting = fits.fitting / np.maximum(fits.coming, 1)
            found += _points(self._shares["time"], fitting)
        return found

    def _add_words(self, found: Longs, rows: Longs) -> None:
        """Add what a word in common is worth: languages, ways to come, access, rules."""
        columns, seeker, shares = self._columns, self._asked.seeker, self._shares
        if seeker.languages:
            first, second = language_points(self._shares["language"])
            spoken = columns.languages.maps.of_any(seeker.languages)
            found += second * has(spoken, rows)
            found += (first - second) * columns.languages.maps.flagged(seeker.languages[0], rows)
        if seeker.formats:
            ways = columns.formats.maps.of_any(seeker.formats)
            found += points(shares["format"], 1.0) * has(ways, rows)
        if seeker.access:
            whole = [columns.access.maps.flagged(need, rows) for need in seeker.access]
            found += points(shares["access"], 1.0) * np.logical_and.reduce(whole)
        if seeker.only:
            limited = columns.genders.maps.flagged(seeker.only, rows)
            found += points(shares["only"], 1.0) * limited

    def _add_comfort(self, found: Longs, rows: Longs) -> None:
        columns, seeker, shares = self._columns, self._asked.seeker, self._shares
        if seeker.comfort:
            met = sum(columns.comfort.maps.flagged(one, rows) * 1 for one in seeker.comfort)
            many = len(seeker.comfort)
            table = [points(shares["comfort"], one / many) for one in range(many + 1)]
            found += np.array(table).take(met)

    def _add_place(self, found: Longs, rows: Longs) -> None:
        around = self._asked.seeker.around
        if around is None:
            return
        places = np.flatnonzero(has(self._sieve.in_room()[0], rows))
        km = kilometres(around, self._columns, rows[places])
        near = km <= around.km
        worth = 1 - 0.5 * km[near] / around.km if around.km else np.ones(int(near.sum()))
        found[places[near]] += _points(self._shares["place"], worth)

    def _add_company(self, found: Longs, rows: Longs) -> None:
        columns, shares = self._columns, self._shares
        table = always(shares["seats"], shares["welcome"], shares["returns"])
        found += table.take(columns.always.take(rows))
        if self._asked.sought:
            found += self._others(rows)
        for group, felt in self._asked.seeker.tried.items():
            if felt == "right" and group in columns.row_of:
                found += points(shares["tried"], 1.0) * (rows == columns.row_of[group])

    def _others(self, rows: Longs) -> Longs:
        """Return what it is worth that others there live with the same."""
        columns = self._columns
        table = np.zeros(4 * len(columns.words), np.int64)
        worth = [points(self._shares["others"], band_worth(least)) for least in TOLD[1:]]
        for one in self._asked.sought:
            number = columns.numbers.get(one.term, 0)
            if number:
                table[4 * number + 1 : 4 * number + 4] = worth
        return self._most(table, [column.take(rows) for column in columns.makeup])


def language_points(share: float) -> tuple[int, int]:
    """Return what the first language and what another one is worth."""
    return points(share, 1.0), points(share, SECOND_LANGUAGE)


def time_most(shares: Mapping[str, float]) -> int:
    """Return what time is worth at most."""
    return sum(points(shares.get(key, 0.0), 1.0) for key in ("time", "soon"))


@lru_cache(maxsize=256)
def always(seats: float, welcome: float, returns: float) -> Longs:
    """Return what each value of `Columns.always` is worth."""
    every = np.arange(404)
    found = _points(returns, (every >> 2) / 100)
    found += points(seats, 1.0) * (every & 1)
    found += points(welcome, 1.0) * (every >> 1 & 1)
    return found


def _points(share: float, worth: Floats) -> Longs:
    """Return what `asking.points` returns, for many; `worth` is used up."""
    worth *= share
    worth *= MILLION
    return worth.astype(np.int64)
