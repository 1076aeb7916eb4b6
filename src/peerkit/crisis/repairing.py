"""What was written to slip past, or in haste, made readable: k1ll, k i l l, killl, iwanttodie, sucide.

A word is only ever repaired into one that the pack knows, so nothing harmless changes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from peerkit.crisis.words import Word

_STANDS_FOR: Final = {
    "0": "o",
    "1": "i",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "@": "a",
    "$": "s",
    "!": "i",
    "|": "l",
    "+": "t",
}
_SHORTEST_TYPO: Final = 6
_SHORTEST_JOINED: Final = 7
_SHORTEST_DRAWN: Final = 3
_SHORTEST_SPELLED: Final = 3
_LONGEST_PART: Final = 14


@dataclass(frozen=True)
class Repairs:
    """What a pack knows of words: all of them, those that matter, common slips, and words never to touch."""

    known: frozenset[str]
    sensitive: frozenset[str]
    slips: dict[str, str]
    ordinary: frozenset[str]

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """Return every spelling one slip away from a sensitive word, that is no word itself."""
        found: dict[str, str] = {}
        for word in sorted(self.sensitive):
            if len(word) >= _SHORTEST_TYPO:
                for slip in _slips(word):
                    if slip not in self.known and slip not in self.ordinary:
                        found.setdefault(slip, word)
        return found

    @cached_property
    def _drawn_out(self) -> dict[str, str]:
        """Return each sensitive word by what is left when no letter stands twice in a row."""
        return {
            _squeeze(word, 1): word
            for word in sorted(self.sensitive)
            if len(word) > _SHORTEST_DRAWN
        }

    def mend(self, found: Sequence[Word]) -> list[Word]:
        """Return the words with repairs."""
        mended: list[Word] = []
        place = 0
        while place < len(found):
            many = max(1, _single_letters(found, place))
            mended += self._run(found[place : place + many])
            place += many
        return mended

    def _run(self, run: Sequence[Word]) -> list[Word]:
        """Return one word, or single letters in a row, with repairs."""
        if len(run) < _SHORTEST_SPELLED:
            return [one for word in run for one in self._one(word)]
        skip, parts = self._split("".join(_decoded(word.text, "1i") for word in run))
        if len(run) - skip < _SHORTEST_SPELLED:
            skip, parts = len(run), []
        mended = [one for word in run[:skip] for one in self._one(word)]
        if parts:
            mended += _written(parts, replace(run[-1], start=run[skip].start))
        return mended

    def _one(self, word: Word) -> list[Word]:
        text = word.text
        if text in self.known or text in self.ordinary or text.isdigit():
            return [word]
        if text in self.slips:
            return _written(self.slips[text].split(), word)
        for guess in (self._plain(text), self._squeezed(text), self._spellings.get(text)):
            if guess:
                return [replace(word, text=guess)]
        if len(text) >= _SHORTEST_JOINED:
            skip, parts = self._split(_decoded(text, "1i"))
            if parts and not skip:
                return _written(parts, word)
        return [word]

    def _plain(self, text: str) -> str | None:
        """Return a word with figures and signs for letters, or stars for any."""
        if text.isalpha():
            return None
        if "*" in text:
            fitting = (one for one in sorted(self.sensitive) if _is_hidden(text, one))
            return next(fitting, None) or self._without_stars(text)
        for one in ("1i", "1l"):
            guess = _decoded(text, one)
            if guess in self.known:
                return guess
            if guess in self.slips and " " not in self.slips[guess]:
                return self.slips[guess]
            guess = self._squeezed(guess) or self._spellings.get(guess, "")
            if guess:
                return guess
        return None

    def _without_stars(self, text: str) -> str | None:
        """Return a sensitive word between whose letters stars were put."""
        guess = text.replace("*", "")
        return guess if guess in self.sensitive else None

    def _squeezed(self, text: str) -> str | None:
        """Return a word of which letters were drawn out."""
        doubled, single = _squeeze(text, 2), _squeeze(text, 1)
        for guess in (doubled, single):
            if guess != text and guess in self.known:
                return guess
        return self._drawn_out.get(single)

    def _split(self, text: str) -> tuple[int, list[str]]:
        """Return from where on a run of letters is made of known words, and these, as few as may be; one must matter."""
        count = [*[len(text) + 1] * len(text), 0]
        ends, matters = [0] * len(text), [False] * (len(text) + 1)
        for start in reversed(range(len(text))):
            for end in range(min(len(text), start + _LONGEST_PART), start, -1):
                part = text[start:end]
                if count[end] + 1 < count[start] and self._is_part(part):
                    count[start], ends[start] = count[end] + 1, end
                    matters[start] = matters[end] or part in self.sensitive
        begins = place = next((start for start in range(len(text)) if matters[start]), len(text))
        parts = []
        while place < len(text):
            parts.append(text[place : ends[place]])
            place = ends[place]
        return begins, parts

    def _is_part(self, text: str) -> bool:
        return text in self.known and (len(text) > 1 or text in "ia")


def _written(parts: Sequence[str], word: Word) -> list[Word]:
    """Return several words that stand where one was written."""
    told = [Word(one, word.start, word.end) for one in parts]
    told[-1] = replace(told[-1], pause=word.pause, last=word.last)
    return told


def _decoded(text: str, one: str) -> str:
    table = {**_STANDS_FOR, one[0]: one[1]}
    return "".join(table.get(letter, letter) for letter in text)


def _is_hidden(text: str, word: str) -> bool:
    if len(text) != len(word) or text.count("*") * 2 > len(word):
        return False
    return all(a in ("*", b) for a, b in zip(text, word, strict=True))


def _squeeze(text: str, most: int) -> str:
    kept = ""
    for letter in text:
        if not kept.endswith(letter * most):
            kept += letter
    return kept


def _single_letters(found: Sequence[Word], place: int) -> int:
    many = 0
    while place + many < len(found) and len(found[place + many].text) == 1:
        many += 1
    return many


def _slips(word: str) -> Iterable[str]:
    """Yield what one slip of the finger makes of a word: a letter lost, doubled, swapped or replaced."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    for place in range(1, len(word)):
        yield word[:place] + word[place + 1 :]
        yield word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
        for letter in letters:
            yield word[:place] + letter + word[place + 1 :]
            yield word[:place] + letter + word[place:]
