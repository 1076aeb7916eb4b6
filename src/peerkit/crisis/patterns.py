"""Patterns of words, as packs write them, made regular expressions that Python and browsers read alike.

i want to die        these words, one after another
{want}               any entry of the class `want`
(die|kill myself)    one of these; groups may stand in groups
really?              may be missing; also {really}? and (a|b)?
overdos*             a word that begins so
~3                   up to three words of any kind
#                    a number in figures
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

_MARK: Final = re.compile(r"[()|?]|~[0-9]|#|[a-z0-9*]+|\{[A-Za-z0-9_]+\}")
_STRANGE: Final = re.compile(r"[^()|?~#a-z0-9* ]")
# A class stands for whole words: "{pet}s" would look for two.
_GLUED: Final = re.compile(r"[a-z0-9*]\{|\}[a-z0-9*{]")
_CLASS: Final = re.compile(r"\{[A-Za-z0-9_]+\}")


class PatternIsWrong(ValueError):
    """A pattern that cannot be read; the text says where."""


@dataclass(frozen=True)
class _Part:
    """A piece of a pattern: its regular expression, what it needs, and how few words it may be."""

    told: str
    needs: tuple[frozenset[str], ...]
    least: int


class Classes:
    """Classes of words by name. Patterns name the same ones again and again: each is read once."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self._entries = entries
        self._parts: dict[str, _Part | None] = {}

    def read(self, pattern: str) -> _Part:
        """Return what a pattern is made of. Raises PatternIsWrong."""
        strange = _GLUED.search(pattern) or _STRANGE.search(_CLASS.sub(" ", pattern))
        if strange:
            raise PatternIsWrong(f'"{pattern}" has "{strange[0]}", which means nothing.')
        part, end = self._either(iter(_MARK.findall(pattern)))
        if end:
            raise PatternIsWrong(f'In "{pattern}" brackets do not match.')
        return part

    def _either(self, marks: Iterator[str]) -> tuple[_Part, str]:
        """Return what stands up to the next closing bracket or the end, and which of them it was."""
        entries, parts = list[_Part](), list[_Part]()
        for mark in marks:
            if mark == ")":
                return _group([*entries, _row(parts)]), mark
            if mark == "|":
                entries.append(_row(parts))
                parts = []
            elif mark == "(":
                part, end = self._either(marks)
                if not end:
                    return part, "("
                parts.append(part)
            elif mark == "?":
                parts[-1:] = [_Part(f"(?:{one.told})?", (), 0) for one in parts[-1:]]
            else:
                parts.append(self._named(mark[1:-1]) if mark[0] == "{" else _single(mark))
        return _group([*entries, _row(parts)]), ""

    def _named(self, name: str) -> _Part:
        if name not in self._entries:
            raise PatternIsWrong(f"{{{name}}} is no class.")
        if name not in self._parts:
            self._parts[name] = None
            self._parts[name] = self.read(self._entries[name])
        part = self._parts[name]
        if part is None:
            raise PatternIsWrong(f"{{{name}}} names itself.")
        return part


@dataclass(frozen=True, eq=False)
class Pattern:
    """What is looked for. A sentence that it fits holds one of each of `needs`: words, or beginnings such as "overdos*".

    `needs` has first what is probably rarest; it is empty where nothing can be told. `told` is the regular
    expression, to be held against words parted by single spaces: from the space before the first to that after the last.
    """

    told: str
    needs: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, pattern: str, classes: Classes) -> "Pattern":
        """Return a pattern from how a pack writes it. Raises PatternIsWrong."""
        part = classes.read(pattern)
        if part.least == 0:
            raise PatternIsWrong(f'"{pattern}" fits where nothing is said.')
        return cls(" " + part.told, tuple(sorted(part.needs, key=_rarity, reverse=True)))

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """Ready to search with; made when it is first tried, as most of a pack never is."""
        return re.compile(self.told, re.ASCII)


class Shortlist:
    """Which of many patterns are worth trying on a sentence."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._patterns = tuple(patterns)
        self._always = [number for number, one in enumerate(self._patterns) if not one.needs]
        self._by_rarest: dict[str, list[int]] = {}
        for number, one in enumerate(self._patterns):
            for need in one.needs[0] if one.needs else ():
                self._by_rarest.setdefault(need, []).append(number)
        self._needed = frozenset[str]().union(
            *(some for one in self._patterns for some in one.needs)
        )
        self._longest = max(map(len, self._needed), default=0)

    def of(self, words: Collection[str]) -> list[Pattern]:
        """Return the patterns that may stand in a sentence of these words, in order; no other can."""
        held = self._held(words)
        maybe = {number for need in held for number in self._by_rarest.get(need, ())}
        found = [
            n
            for n in maybe
            if not any(some.isdisjoint(held) for some in self._patterns[n].needs[1:])
        ]
        return [self._patterns[number] for number in sorted([*found, *self._always])]

    def _held(self, words: Collection[str]) -> frozenset[str]:
        """Return those words, and beginnings of words, that some pattern needs."""
        begins = {
            word[:length] + "*"
            for word in words
            for length in range(1, min(len(word) + 1, self._longest))
        }
        return self._needed & begins.union(words)


def words_of(pattern: str) -> set[str]:
    """Return the whole words that a pattern names itself."""
    return {mark for mark in _MARK.findall(pattern) if mark.isalnum()}


def _row(parts: Sequence[_Part]) -> _Part:
    """Return one after another."""
    if len(parts) == 1:
        return parts[0]
    needs = tuple(some for one in parts for some in one.needs)
    return _Part("".join(one.told for one in parts), needs, sum(one.least for one in parts))


def _group(entries: Sequence[_Part]) -> _Part:
    """Return one of several, the longest first; each ends with its space."""
    told = "|".join(sorted({one.told for one in entries}, key=lambda one: (-len(one), one)))
    needs = entries[0].needs
    if len(entries) > 1:
        rarest = [max(one.needs, key=_rarity) for one in entries if one.needs]
        needs = (frozenset[str]().union(*rarest),) if len(rarest) == len(entries) else ()
    return _Part(f"(?:{told})", needs, min(one.least for one in entries))


def _rarity(words: frozenset[str]) -> tuple[int, int]:
    """Tell how rare one of these words probably is: long words, and few of them."""
    return min(map(len, words)), -len(words)


@lru_cache(maxsize=16384)
def _single(mark: str) -> _Part:
    if mark[0] == "~":
        return _Part(f"(?:[a-z0-9]+ ){{0,{mark[1:]}}}", (), 0)
    told = mark.replace("#", "[0-9]+").replace("*", "[a-z0-9]*") + " "
    begins = re.split("[#*]", mark)[0]
    # Harmless turns of phrase are blotted out with 0: such a word may come to stand in any sentence.
    needs = (frozenset({begins if begins == mark else begins + "*"}),) if begins.strip("0") else ()
    return _Part(told, needs, 1)
