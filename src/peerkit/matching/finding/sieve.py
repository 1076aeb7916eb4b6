"""Which groups miss which condition, as bitmaps: what does not fit one person, for all groups at once."""

from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from peerkit.matching.finding.asking import Asked, Sought
from peerkit.matching.finding.bits import Bitmaps, Bytes, marked, rows_of, wide
from peerkit.matching.finding.columns import Columns
from peerkit.matching.finding.kept import Kept
from peerkit.matching.finding.reach import box, is_within
from peerkit.matching.values import Around

_ROOM: Final = "in_person"
_MOST_BITS: Final = 192
_MOST_DEGREES: Final = 256


class Degrees(NamedTuple):
    """How near terms are to a wanted one: the degrees there are, ascending from 0, and the place of each term's.

    `codes` say the same in bits, so many as the place: laid over each other they say the highest.
    """

    degrees: tuple[float, ...]
    numbers: Bytes
    codes: NDArray[np.uint16]


class Known:
    """What earlier questions asked for, until a group changes.

    `bits` are bitmaps by condition and what of it, 12.5 kB each for 100,000 groups.
    """

    def __init__(self) -> None:
        self.bits: Final[Kept[tuple[str, Hashable], Bytes]] = Kept(_MOST_BITS)
        self.degrees: Final[Kept[str, Degrees]] = Kept(_MOST_DEGREES)

    def clear(self) -> None:
        """Forget everything."""
        self.bits.clear()
        self.degrees.clear()


class Missed(NamedTuple):
    """The groups that miss one condition; `need` names the access need."""

    code: str
    bits: Bytes
    need: str = ""


class Sieve:
    """One person's conditions against all rows; those of time are held elsewhere.

    `here` are the rows that there are for this person at all: groups barred for them are not in it,
    and so in nothing that follows from it.
    """

    def __init__(self, columns: Columns, asked: Asked, known: Known) -> None:
        self._columns: Final = columns
        self._asked: Final = asked
        self._known: Final = known
        self.here: Final = columns.flags.of("here").copy()
        self.take_out(asked.seeker.excluded)

    def take_out(self, ids: Iterable[str]) -> None:
        """Leave these groups out of everything."""
        for one in ids:
            row = self._columns.row_of.get(one)
            if row is not None:
                self.here[row >> 3] &= 255 ^ (1 << (row & 7))

    def plain(self) -> list[Missed]:
        """Return the misses of everything but time and distance: bitmaps that are not to be changed."""
        columns, asked, seeker = self._columns, self._asked, self._asked.seeker
        found: list[Missed] = []
        if asked.sought:
            found.append(Missed("experience", self._experience()))
        if asked.refused:
            found.append(
                self._missed(
                    "not_wanted", asked.refused, lambda: columns.experiences.of_any(asked.refused)
                )
            )
        if seeker.languages:
            spoken = columns.languages.maps
            found.append(
                self._missed("language", seeker.languages, lambda: ~spoken.of_any(seeker.languages))
            )
        if seeker.formats:
            ways = columns.formats.maps
            found.append(
                self._missed("format", seeker.formats, lambda: ~ways.of_any(seeker.formats))
            )
        found += [
            Missed("access", ~columns.access.maps.of(need), need) for need in sorted(seeker.access)
        ]
        found += self._rules()
        found += [Missed("not_open", columns.flags.of("closed"))]
        found += [Missed("full", columns.flags.of("full"))]
        return found

    def _experience(self) -> Bytes:
        """Return the rows that stand near none of the wanted experiences."""
        maps, far = self._columns.experiences, None
        for one in self._asked.sought:
            bits = self._known.bits.of(("experience", one.term), partial(_far, maps, one))
            far = bits if far is None else far & bits
        return self._columns.flags.of("here") if far is None else far

    def _missed(self, code: str, asked: Hashable, find: Callable[[], Bytes]) -> Missed:
        return Missed(code, self._known.bits.of((code, asked), find))

    def _rules(self) -> Iterable[Missed]:
        columns, seeker, genders = self._columns, self._asked.seeker, self._columns.genders.maps
        if seeker.age is not None:
            age = seeker.age
            yield self._missed("age", age, lambda: _outside(columns, age))
        if seeker.gender is not None:
            others = set(genders.numbers) - {seeker.gender}
            yield self._missed("gender", seeker.gender, lambda: genders.of_any(others))
        if seeker.only:
            yield Missed("only", ~genders.of(seeker.only))

    def fitting(self) -> Bytes:
        """Return the rows that miss none of the plain conditions; the caller's own."""
        some = np.zeros(len(self.here) // 8, np.uint64)
        for miss in self.plain():
            np.bitwise_or(some, wide(miss.bits), out=some)
        found: Bytes = (wide(self.here) & ~some).view(np.uint8)
        return found

    def degrees(self, one: Sought) -> Degrees:
        """Return for each term how near it is to a wanted one."""
        return self._known.degrees.of(one.term, lambda: _degrees(self._columns, one))

    def in_room(self) -> Bytes:
        """Return the rows whose distance is asked about, and those of them that one must go to."""
        return self._known.bits.of(("in_room", self._asked.seeker.formats), self._in_room)

    def _in_room(self) -> Bytes:
        columns, formats = self._columns, self._columns.formats.maps
        asked = self._asked.seeker.formats or frozenset(formats.numbers)
        unsaid = ~formats.of_any(formats.numbers)
        elsewhere = formats.of_any(asked - {_ROOM})
        in_room = formats.of(_ROOM) & (columns.flags.of("here"))
        if _ROOM not in asked:
            in_room &= ~formats.of_any(set(formats.numbers) - {_ROOM})
        in_room |= unsaid
        return np.stack([in_room, in_room & ~elsewhere])

    def distance(self, around: Around, asked: Bytes) -> list[Missed]:
        """Return who of these rows is too far away, and who does not say where they meet."""
        needed = self.in_room()[1] & asked
        unplaced = needed & ~self._columns.flags.of("placed")
        needed ^= unplaced
        near = self.within(around, needed)
        return [Missed("distance", needed & ~near), Missed("place_unknown", unplaced)]

    def beyond(self, around: Around) -> Bytes:
        """Return the rows that one must go to, and that a look at whole degrees tells are too far away."""
        found: Bytes = self.in_room()[1] & ~box(around, self._columns)
        return found

    def within(self, around: Around, asked: Bytes) -> Bytes:
        """Return those of the rows that are near enough."""
        rows = rows_of(asked & box(around, self._columns))
        return marked(rows[is_within(around, self._columns, rows)], self._columns.room)


def _far(maps: Bitmaps, one: Sought) -> Bytes:
    return ~maps.of_any(one.near)


def _degrees(columns: Columns, one: Sought) -> Degrees:
    near, degrees = one.near_weights(), tuple(one.degrees)
    places = {weight: place for place, weight in enumerate(degrees)}
    found = np.zeros(len(columns.words), np.uint8)
    for term, weight in near.items():
        if term in columns.numbers:
            found[columns.numbers[term]] = places[weight]
    codes = (np.left_shift(1, found, dtype=np.int64) - 1).astype(np.uint16)
    return Degrees(degrees, found, codes)


def _outside(columns: Columns, age: int) -> Bytes:
    """Return the rows that are not for people of this age."""
    from_age, until_age = columns.ages_from, columns.ages_until
    found = from_age.of_any(one for one in from_age.numbers if int(one) > age)
    found |= until_age.of_any(one for one in until_age.numbers if int(one) < age)
    return found
