"""Text as the engine compares it: folded, cut into clauses and words, stemmed."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

import snowballstemmer

LONGEST: Final = 2_000
_MOST_STEMS: Final = 20_000
_WORD: Final = re.compile(r"[^\W_]+")
_BREAK: Final = re.compile(r"[.,;:!?()\n…¡¿\"“”]")
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("\u2019\u2018\u0060\u00b4", "'"))
_OWN: Final = re.compile(r"'(?:s|m|ve|re|ll|d)\b")


@dataclass(frozen=True)
class Tongue:
    """What the engine knows of one language; words are folded, patterns match folded text.

    `merges` run first, on lower-case text that still has its accents. `classes` puts words that
    may replace one another under one name; names of people begin with "@". `near` ends where the
    name of a place may follow, and `elsewhere` before it says that the place is part of a story.
    """

    code: str
    stemmer: str
    merges: tuple[tuple[str, str], ...]
    stops: frozenset[str]
    joints: frozenset[str]
    common: frozenset[str]
    classes: Mapping[str, str]
    others: frozenset[str]
    self_marks: frozenset[str]
    refusals: tuple[str, ...]
    refusal_fillers: frozenset[str]
    days: Mapping[str, tuple[int, ...]]
    parts: Mapping[str, tuple[int, int]]
    after: str
    before: str
    not_then: str
    formats: Mapping[str, str]
    access: Mapping[str, str]
    only: Mapping[str, str]
    languages: Mapping[str, str]
    speaking: str
    not_this: str
    near: str
    elsewhere: str


class Word(NamedTuple):
    """A word of a text: `text` folded, `stem` compared, `clause` the part it stands in."""

    text: str
    stem: str
    clause: int
    place: int
    spoken: str


def fold(text: str) -> str:
    """Return `text` in lower case and without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words(text: str, tongue: Tongue) -> Sequence[Word]:
    """Cut `text` (its first 2,000 characters) into words; every joint opens a new clause."""
    found: list[Word] = []
    clause = 0
    for piece in _BREAK.split(_prepared(text[:LONGEST], tongue)):
        clause += 1
        for spoken in _WORD.findall(piece):
            plain = fold(spoken)
            if plain in tongue.joints:
                clause += 1
            stem = stem_of(plain, tongue.stemmer)
            stem = tongue.classes.get(plain, stem)
            found.append(Word(plain, stem, clause, len(found), spoken))
    return found


@cache
def merges_of(
    tongue_merges: tuple[tuple[str, str], ...],
) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the merges of a tongue, compiled once."""
    return tuple((re.compile(pattern), to) for pattern, to in tongue_merges)


def word_set(text: str) -> frozenset[str]:
    """Return the words of a spaced list."""
    return frozenset(text.split())


def stem_of(word: str, language: str) -> str:
    """Return the Snowball stem of a folded word (snowballstem.org)."""
    return _stems(language)(word)


def _prepared(text: str, tongue: Tongue) -> str:
    lower = unicodedata.normalize("NFC", text.casefold().translate(_APOSTROPHES))
    for pattern, to in merges_of(tongue.merges):
        lower = pattern.sub(to, lower)
    return _OWN.sub("", lower).replace("'", "").replace("/", " ").replace("-", " ")


class _Stems:
    def __init__(self, language: str) -> None:
        self._stemmer = snowballstemmer.stemmer(language)
        self._known: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        known = self._known.get(word)
        if known is None:
            known = str(self._stemmer.stemWord(word))
            # Only words of a vocabulary come back often; a flood of odd words must not fill memory.
            if len(self._known) < _MOST_STEMS:
                self._known[word] = known
        return known


@cache
def _stems(language: str) -> _Stems:
    return _Stems(language)
