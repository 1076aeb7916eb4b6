"""Groups as columns: a row for each group, a bitmap for each word it may carry."""

from collections.abc import Iterable, Sequence
from itertools import chain, compress, islice
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from peerkit.matching.finding.asking import band
from peerkit.matching.finding.beats import Beats
from peerkit.matching.finding.bits import STEP, Bitmaps, Longs
from peerkit.matching.finding.wordsets import Numbers, WordSets
from peerkit.matching.values import Offer, Rhythm, Start

_UNSAID: Final = -1
# What the last two bits of a makeup say.
TOLD: Final = (0, 3, 5, 10)
_CODES: Final = {least: code for code, least in enumerate(TOLD)}
_CODE_OF: Final = np.array([_CODES[band(count)] for count in range(TOLD[-1] + 1)], np.uint32)


class Columns:
    """N rows with room to spare; a dropped group's row is used again.

    `terms` (widest, N) are numbers of experiences, 0 for none. `makeup` (widest, N) holds a number of
    an experience times 4, plus 1, 2 or 3 for at least 3, 5 or 10 members who live with it: an exact
    count is never kept. `always` (N,) is what counts whoever asks: 1 for free seats, 2 for a
    greeter, 4 for each hundredth of visitors who came again.
    """

    def __init__(self) -> None:
        self.room = 0
        self.row_of: Final[dict[str, int]] = {}
        self.ids: Final[list[str]] = []
        self.beats: Final = Beats()
        self.numbers: Final = Numbers({"": 0})
        self.words: Final[list[str]] = [""]
        self.experiences: Final = Bitmaps(STEP)
        self.flags: Final = Bitmaps(STEP)
        # Rows by whole degree: what lies near somewhere is in a few of each.
        self.parallels: Final = Bitmaps(STEP)
        self.meridians: Final = Bitmaps(STEP)
        self.ages_from: Final = Bitmaps(STEP)
        self.ages_until: Final = Bitmaps(STEP)
        self.languages: Final = WordSets(STEP)
        self.formats: Final = WordSets(STEP)
        self.access: Final = WordSets(STEP)
        self.comfort: Final = WordSets(STEP)
        self.genders: Final = WordSets(STEP)
        self._unused: list[int] = []
        self.upcoming: Final[dict[int, tuple[Start, ...]]] = {}
        self.rhythms: Final[dict[int, tuple[Rhythm, ...]]] = {}
        self._lay_out()
        self._grow(STEP)

    def _lay_out(self) -> None:
        self.terms = np.zeros((1, 0), np.uint16)
        self.makeup = np.zeros((1, 0), np.uint32)
        self.always = np.zeros(0, np.int16)
        self.plan = np.zeros(0, np.int32)
        self.latitude = np.zeros(0, np.float64)
        self.longitude = np.zeros(0, np.float64)
        self.age_from = np.zeros(0, np.int16)
        self.age_until = np.zeros(0, np.int16)
        self.seats = np.zeros(0, np.int32)
        self.returns = np.zeros(0, np.int16)

    @property
    def nbytes(self) -> int:
        """Bytes that the arrays take; ids and dictionaries not counted."""
        own = sum(one.nbytes for one in vars(self).values() if isinstance(one, np.ndarray))
        sets = (self.languages, self.formats, self.access, self.comfort, self.genders)
        maps = (*self._maps, *(one.maps for one in sets))
        return own + sum(one.nbytes for one in maps) + sum(one.set_of.nbytes for one in sets)

    @property
    def _maps(self) -> tuple[Bitmaps, ...]:
        ages = self.ages_from, self.ages_until
        return self.experiences, self.flags, self.parallels, self.meridians, *ages

    @property
    def plans(self) -> int:
        """How many plans there are to meet by."""
        return len(self.beats.tables()[0])

    def rows_of(self, ids: Iterable[str]) -> Longs:
        """Return the rows of these groups, as far as there are any."""
        return np.array([self.row_of[one] for one in ids if one in self.row_of], np.int64)

    def put(self, offers: Sequence[Offer]) -> None:
        """Write groups: new ones into rows of their own, known ones over what was there."""
        if len(offers):
            self._write(offers, self._rows([offer.id for offer in offers]))

    def drop(self, offer_id: str) -> None:
        """Take a group out, if it is there."""
        row = self.row_of.pop(offer_id, None)
        if row is not None:
            self._clear(row)
            self.ids[row] = ""
            self._unused.append(row)

    def _rows(self, ids: Sequence[str]) -> Longs:
        if self._unused or not self.row_of.keys().isdisjoint(ids):
            return np.array([self._row(one) for one in ids], np.int64)
        rows = range(len(self.ids), len(self.ids) + len(ids))
        self.ids.extend(ids)
        self.row_of.update(zip(ids, rows, strict=True))
        return np.array(rows, np.int64)

    def _row(self, offer_id: str) -> int:
        row = self.row_of.get(offer_id)
        if row is not None:
            self._clear(row)
            self.ids[row] = offer_id
        elif self._unused:
            row = self._unused.pop()
            self.ids[row] = offer_id
        else:
            row = len(self.ids)
            self.ids.append(offer_id)
        self.row_of[offer_id] = row
        return row

    def _clear(self, row: int) -> None:
        for maps in self._maps:
            maps.clear(row)
        for sets in (self.languages, self.formats, self.access, self.comfort, self.genders):
            sets.clear(row)
        self.terms[:, row] = 0
        self.makeup[:, row] = 0
        self.upcoming.pop(row, None)
        self.rhythms.pop(-1 - row, None)

    def _write(self, offers: Sequence[Offer], rows: Longs) -> None:
        if len(self.ids) > self.room:
            self._grow(-(-len(self.ids) * 9 // (8 * STEP)) * STEP)
        self._write_numbers(offers, rows)
        self._write_terms(offers, rows)
        self._write_makeup(offers, rows)
        self._write_meetings(offers, rows)
        self._write_flags(offers, rows)
        self.languages.put([offer.languages for offer in offers], rows)
        self.formats.put([offer.formats for offer in offers], rows)
        self.access.put([offer.access for offer in offers], rows)
        self.comfort.put([offer.comfort for offer in offers], rows)
        rules = {rule: frozenset([rule] if rule else ()) for rule in _rules(offers)}
        self.genders.put([rules[offer.gender_rule] for offer in offers], rows)

    def _write_numbers(self, offers: Sequence[Offer], rows: Longs) -> None:
        # NumPy reads None as a number that is none.
        latitudes = np.array([offer.latitude for offer in offers], np.float64)
        longitudes = np.array([offer.longitude for offer in offers], np.float64)
        # Half a place is none: what is no number stays none in a sum.
        self.latitude[rows] = latitudes + 0 * longitudes
        self.longitude[rows] = longitudes + 0 * latitudes
        self._write_degrees(rows)
        self.age_from[rows] = _or_unsaid([offer.age_from for offer in offers])
        self.age_until[rows] = _or_unsaid([offer.age_until for offer in offers])
        self._write_ages(rows)
        self.seats[rows] = [
            _UNSAID if offer.seats_free is None else max(offer.seats_free, 0) for offer in offers
        ]
        self.returns[rows] = [
            _UNSAID if offer.returns is None else round(offer.returns * 100) for offer in offers
        ]
        greeted = np.array([offer.welcomes_newcomers for offer in offers])
        again = np.maximum(self.returns[rows], 0)
        self.always[rows] = (self.seats[rows] > 0) + 2 * greeted + 4 * again

    def _write_degrees(self, rows: Longs) -> None:
        placed = rows[~np.isnan(self.latitude[rows])]
        for maps, degrees in (
            (self.parallels, self.latitude[placed]),
            (self.meridians, (self.longitude[placed] + 180) % 360 - 180),
        ):
            _mark_numbers(maps, np.floor(degrees).astype(np.int64), placed)

    def _write_ages(self, rows: Longs) -> None:
        for maps, ages in ((self.ages_from, self.age_from), (self.ages_until, self.age_until)):
            limited = rows[ages[rows] >= 0]
            _mark_numbers(maps, ages[limited], limited)

    def _write_terms(self, offers: Sequence[Offer], rows: Longs) -> None:
        many = np.array([len(offer.experiences) for offer in offers])
        numbers = self._numbered(chain.from_iterable(offer.experiences for offer in offers))
        self.terms = _widened(self.terms, int(many.max()))
        self.terms[_within(many), np.repeat(rows, many)] = numbers
        for word in self.words[len(self.experiences.numbers) :]:
            self.experiences.number(word)
        self.experiences.mark(numbers, np.repeat(rows, many))

    def _write_makeup(self, offers: Sequence[Offer], rows: Longs) -> None:
        lengths = [len(offer.makeup) for offer in offers]
        counts = np.fromiter(
            chain.from_iterable(offer.makeup.values() for offer in offers), np.int64, sum(lengths)
        )
        codes = _CODE_OF[np.clip(counts, 0, TOLD[-1])]
        told = codes > 0
        terms = chain.from_iterable(offer.makeup for offer in offers)
        numbers = self._numbered(compress(terms, told.tolist())).astype(np.uint32) * 4
        many = np.bincount(np.repeat(np.arange(len(offers)), lengths)[told], minlength=len(offers))
        self.makeup = _widened(self.makeup, int(many.max()))
        self.makeup[_within(many), np.repeat(rows, many)] = numbers + codes[told]

    def _write_meetings(self, offers: Sequence[Offer], rows: Longs) -> None:
        plans = self.beats.plans_of(offers)
        self.plan[rows] = plans
        for plan, row, offer in zip(plans, rows.tolist(), offers, strict=True):
            if offer.upcoming:
                self.upcoming[row] = offer.upcoming
                self.rhythms[-1 - row] = offer.rhythms
            elif plan not in self.rhythms:
                self.rhythms[plan] = offer.rhythms

    def _write_flags(self, offers: Sequence[Offer], rows: Longs) -> None:
        seats = self.seats[rows]
        flags = {
            "here": np.ones(len(rows), np.bool_),
            "closed": _told(not offer.is_open for offer in offers),
            "newcomers": _told(offer.welcomes_newcomers for offer in offers),
            "full": seats == 0,
            "placed": ~np.isnan(self.latitude[rows]),
        }
        for word, flag in flags.items():
            there = rows[flag]
            self.flags.mark(np.full(len(there), self.flags.number(word)), there)

    def _numbered(self, words: Iterable[str]) -> NDArray[np.uint16]:
        numbers = np.fromiter(map(self.numbers.__getitem__, words), np.uint16)
        self.words.extend(islice(self.numbers, len(self.words), None))
        return numbers

    def _grow(self, room: int) -> None:
        more = room - self.room
        for name in ("terms", "makeup"):
            setattr(self, name, np.pad(getattr(self, name), ((0, 0), (0, more))))
        for name in (
            "plan", "latitude", "longitude", "age_from", "age_until", "seats", "returns",
            "always",
        ):  # fmt: skip
            setattr(self, name, np.pad(getattr(self, name), (0, more)))
        for maps in self._maps:
            maps.grow(room)
        for sets in (self.languages, self.formats, self.access, self.comfort, self.genders):
            sets.grow(room)
        self.room = room


def _mark_numbers(maps: Bitmaps, values: NDArray[np.integer], rows: Longs) -> None:
    """Give each of the rows its whole number as a word."""
    whole, inverse = np.unique(values, return_inverse=True)
    numbers = np.array([maps.number(str(one)) for one in whole.tolist()], np.int64)
    maps.mark(numbers[inverse], rows)


def _rules(offers: Iterable[Offer]) -> set[str]:
    return {offer.gender_rule for offer in offers}


def _or_unsaid(values: Sequence[int | None]) -> list[int]:
    return [_UNSAID if value is None else value for value in values]


def _told(flags: Iterable[bool]) -> NDArray[np.bool_]:
    return np.fromiter(flags, np.bool_)


def _widened(table: NDArray[Any], width: int) -> NDArray[Any]:
    return np.pad(table, ((0, max(width - len(table), 0)), (0, 0)))


def _within(lengths: NDArray[np.integer]) -> NDArray[np.integer]:
    """Return 0, 1, 2 … anew for each length."""
    ends = np.cumsum(lengths)
    places: NDArray[np.integer] = np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)
    return places
