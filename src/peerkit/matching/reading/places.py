"""The place that a text names, of those there are groups in: "in Leeds", "near Bradford"."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple, Self

from peerkit.matching.reading.words import Tongue, Word, words


class Named(NamedTuple):
    """A place by the name it was given to `Towns`, and the words of the text that say so."""

    name: str
    words: str


class Near(NamedTuple):
    """A place found in a text: its name, where its own words stand, and all the words that say so."""

    name: str
    places: tuple[int, ...]
    words: str

    @property
    def named(self) -> Named:
        return Named(self.name, self.words)


class Towns:
    """Names of places, ready to be found in texts, whole or by a part: see `called`."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: Final = tuple(sorted(set(names)))
        self._known: Final = frozenset(chain.from_iterable(map(self.called, self._names)))
        self._by_tongue: Final[dict[str, _Called]] = {}

    def __contains__(self, name: object) -> bool:
        """Whether one of these places is called so, exactly."""
        return name in self._known

    @staticmethod
    def called(name: str) -> tuple[str, ...]:
        """What people call a place: "Headingley, Leeds", "Headingley" or "Leeds"; the whole name first."""
        parts = (part.strip() for part in name.split(","))
        return tuple(dict.fromkeys((name, *filter(None, parts))))

    def near(self, text: str, read: Sequence[Word], tongue: Tongue) -> Near | None:
        """The first place that `text` asks to be near; a place in a story ("born in Leeds") is none.

        A name that is an everyday word ("Reading") counts only as it is spelt in the name.
        """
        if not self._names:
            return None
        return next(self._asked(text, read, tongue), None)

    def _asked(self, text: str, read: Sequence[Word], tongue: Tongue) -> Iterator[Near]:
        near, elsewhere = re.compile(tongue.near), re.compile(tongue.elsewhere)
        for at, word in enumerate(read):
            name, some = self._longest(read, at, tongue)
            if not some:
                continue
            before = _before(read, word)
            found = near.search(before)
            if found is None or elsewhere.search(before[: found.start()]):
                continue
            if name not in text and all(_is_everyday(one, tongue) for one in some):
                continue
            said = " ".join([found[0].strip(), *(one.spoken for one in some)])
            yield Near(name, tuple(one.place for one in some), said)

    def _longest(self, read: Sequence[Word], at: int, tongue: Tongue) -> tuple[str, Sequence[Word]]:
        called = self._called(tongue)
        for until in range(min(at + called.longest, len(read)), at, -1):
            name = called.names.get(tuple(word.text for word in read[at:until]))
            if name is not None:
                return name, read[at:until]
        return "", ()

    def _called(self, tongue: Tongue) -> "_Called":
        if tongue.code not in self._by_tongue:
            self._by_tongue[tongue.code] = _Called.of(self._names, tongue)
        return self._by_tongue[tongue.code]


class _Called(NamedTuple):
    """Names by their words as a text of one language is cut, and how many words the longest has."""

    names: Mapping[tuple[str, ...], str]
    longest: int

    @classmethod
    def of(cls, every: Iterable[str], tongue: Tongue) -> Self:
        """Every name and each part of it; a whole name goes before a part of another."""
        whole = list(every)
        parts = chain.from_iterable(map(Towns.called, whole))
        cut = {_cut(name, tongue): name for name in (*parts, *whole)}
        cut.pop((), None)
        return cls(cut, max(map(len, cut), default=0))


NOWHERE: Final = Towns()


def _cut(name: str, tongue: Tongue) -> tuple[str, ...]:
    return tuple(word.text for word in words(name, tongue))


def _before(read: Sequence[Word], word: Word) -> str:
    """The few words before this one in its clause, each with a space after it."""
    some = (one for one in read[max(word.place - 5, 0) : word.place] if one.clause == word.clause)
    return "".join(f"{one.text} " for one in some)


def _is_everyday(word: Word, tongue: Tongue) -> bool:
    return word.text in tongue.common or word.text in tongue.stops
