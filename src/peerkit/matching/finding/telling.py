"""Groups that miss nothing, told as matches: from the columns, each reason made once for all alike."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Final, TypeVar

from peerkit.matching.finding.asking import MILLION, Asked
from peerkit.matching.finding.bits import Longs
from peerkit.matching.finding.clock import Fit
from peerkit.matching.finding.columns import TOLD, Columns
from peerkit.matching.finding.distance import distance
from peerkit.matching.finding.judging import (
    may_be_in_room,
    notes_of_age,
    notes_of_time,
    notes_of_visit,
    strongest_first,
)
from peerkit.matching.finding.reasons import Reasons, Told, when_of
from peerkit.matching.finding.wordsets import WordSets
from peerkit.matching.values import Match, Reason

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
# What is told of each row: some reasons, or one that may lack.
_Lists = Sequence[Sequence[Reason]]
_Column = Sequence[Reason | None]


class Teller:
    """One person's wishes made ready to tell of rows that miss none of them."""

    def __init__(self, columns: Columns, asked: Asked, now: datetime) -> None:
        self._columns: Final = columns
        self._asked: Final = asked
        self._seeker: Final = asked.seeker
        self._reasons: Final = Reasons(asked, now)

    def matches(self, rows: Longs, scores: Longs, fits: Sequence[Fit]) -> list[Match]:
        """Return what `Judge` finds of these rows, whose millionths and meetings are known."""
        numbers = rows.tolist()
        if not numbers:
            return []
        ids = [self._columns.ids[row] for row in numbers]
        seats = self._columns.seats.take(rows).tolist()
        alone = zip(
            *self._of_time(fits),
            *self._of_ways(rows, numbers),
            *self._of_company(rows, ids, seats),
            strict=True,
        )
        notes = self._notes(rows, ids, fits)
        told = zip(ids, scores.tolist(), self._about(rows), alone, notes, fits, seats, strict=True)
        return [
            Match(
                one,
                score / MILLION,
                strongest_first(chain(about, filter(None, others))),
                (),
                noted,
                fit.start,
                None if free < 0 else free,
            )
            for one, score, about, others, noted, fit, free in told
        ]

    def _about(self, rows: Longs) -> _Lists:
        if not self._asked.sought:
            return [()] * len(rows)
        words, near = self._columns.words, self._asked.near_any
        terms = zip(*self._columns.terms[:, rows].tolist(), strict=True)
        wanted = [tuple(words[one] for one in some if words[one] in near) for some in terms]
        return _each(wanted, lambda some: [one for _, one in self._reasons.about(some) if one])

    def _of_time(self, fits: Sequence[Fit]) -> Iterator[_Column]:
        starts = [(fit, fit.start, when_of(fit.start)) for fit in fits if fit.start is not None]
        if self._seeker.free:
            yield [self._reasons.time(fit, when)[1] for fit, _, when in starts]
        yield [self._reasons.soon(start.at, when)[1] for _, start, when in starts]

    def _of_ways(self, rows: Longs, numbers: Sequence[int]) -> Iterator[_Column]:
        """Tell what follows from words, places and rules."""
        columns, seeker, reasons = self._columns, self._seeker, self._reasons
        if seeker.languages:
            yield _of_sets(columns.languages, rows, reasons.language)
        if seeker.formats:
            yield _of_sets(columns.formats, rows, reasons.way)
        if seeker.around:
            yield self._of_places(rows)
        if seeker.access:
            yield [reasons.access()[1]] * len(numbers)
        if seeker.only:
            yield [reasons.only()[1]] * len(numbers)

    def _of_places(self, rows: Longs) -> _Column:
        columns, seeker, around = self._columns, self._seeker, self._seeker.around
        found: list[Reason | None] = []
        sets, ways = columns.formats.sets, columns.formats.set_of.take(rows).tolist()
        in_room = _each(ways, lambda one: may_be_in_room(seeker.formats, sets[one]))
        latitudes, longitudes = columns.latitude[rows].tolist(), columns.longitude[rows].tolist()
        for latitude, longitude, may_be in zip(latitudes, longitudes, in_room, strict=True):
            reason = None
            # What is no number is not equal to itself: nobody says where this group meets.
            if may_be and around and latitude == latitude:  # noqa: PLR0124
                km = distance(around, latitude, longitude)
                reason = self._reasons.near(km)[1] if km <= around.km else None
            found.append(reason)
        return found

    def _of_company(
        self, rows: Longs, ids: Sequence[str], seats: Sequence[int]
    ) -> Iterator[_Column]:
        """Tell of seats, of who greets and who is there, and of what it was like before."""
        columns, seeker, reasons = self._columns, self._seeker, self._reasons
        yield _each(seats, lambda free: reasons.seats(max(free, 0))[1])
        always, greeted = columns.always.take(rows).tolist(), reasons.newcomers()[1]
        yield [greeted if one & 2 else None for one in always]
        if seeker.comfort:
            yield _of_sets(columns.comfort, rows, reasons.comfort)
        if self._asked.sought:
            yield self._others(rows)
        again = [one >> 2 for one in always]
        yield _each(again, lambda one: reasons.returns(one / 100)[1] if one else None)
        if seeker.tried:
            yield [reasons.tried(one)[1] for one in ids]

    def _others(self, rows: Longs) -> _Column:
        words, reasons = self._columns.words, self._reasons
        wanted = {self._columns.numbers.get(one.term, 0) for one in self._asked.sought} - {0}
        there = zip(*self._columns.makeup[:, rows].tolist(), strict=True)
        known = [tuple(one for one in some if one >> 2 in wanted) for some in there]
        return _each(
            known,
            lambda some: reasons.others({words[one >> 2]: TOLD[one & 3] for one in some})[1],
        )

    def _notes(
        self, rows: Longs, ids: Sequence[str], fits: Sequence[Fit]
    ) -> list[tuple[Reason, ...]]:
        columns, seeker = self._columns, self._seeker
        of_age = of_rule = [()] * len(ids)  # type: _Lists
        if seeker.age is None:
            pair = (columns.age_from.take(rows), columns.age_until.take(rows))
            ages = list(zip(*(one.tolist() for one in pair), strict=True))
            of_age = _each(ages, lambda one: [*notes_of_age(*map(_or_none, one))])
        if seeker.gender is None:
            rules = columns.genders.set_of.take(rows).tolist()
            of_rule = _each(rules, lambda one: _rule_noted(columns.genders.sets[one]))
        felt = [seeker.tried.get(one, "") for one in ids] if seeker.tried else [""] * len(ids)
        return [
            (*notes_of_time(fit), *aged, *ruled, *notes_of_visit(visit))
            if aged or ruled or visit or fit.until or fit.is_later
            else ()
            for fit, aged, ruled, visit in zip(fits, of_age, of_rule, felt, strict=True)
        ]


def _each(keys: Sequence[K], say: Callable[[K], V]) -> list[V]:
    """Say something of each key, but once for all that are equal."""
    said = {key: say(key) for key in set(keys)}
    return [said[key] for key in keys]


def _of_sets(sets: WordSets, rows: Longs, say: Callable[[frozenset[str]], Told]) -> _Column:
    return _each(sets.set_of.take(rows).tolist(), lambda one: say(sets.sets[one])[1])


def _rule_noted(rules: frozenset[str]) -> Sequence[Reason]:
    return [Reason("gender_rule", {"rule": rule}) for rule in rules]


def _or_none(number: int) -> int | None:
    return None if number < 0 else number
