"""Words and sentences of a message, with the places they were written at."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from peerkit.crisis.folding import letters

_SIGNS: Final = "@$*!|+"
_OPENING: Final = "@$*"
_WORD: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the rules read it; `start` and `end` are places in the original, `pause` a comma after it."""

    text: str
    start: int
    end: int
    pause: bool = False
    last: bool = False


def words(text: str, *, splits: bool) -> list[Word]:
    """Return the words of a message; `splits` where an apostrophe parts two words (French, Italian)."""
    found: list[Word] = []
    folded = letters(text)
    current, began = "", 0
    for place, (letter, at) in enumerate(folded):
        if _belongs(folded, place, current):
            began = began if current else at
            current += letter
        elif letter == "'" and current and not splits:
            continue
        else:
            if current:
                found.append(Word(current, began, folded[place - 1][1] + 1))
                current = ""
            _mark(found, folded, place)
    if current:
        found.append(Word(current, began, folded[-1][1] + 1))
    return found


def _belongs(folded: Sequence[tuple[str, int]], place: int, current: str) -> bool:
    letter = folded[place][0]
    if letter in _WORD:
        return True
    if letter not in _SIGNS or place + 1 == len(folded):
        return False
    goes_on = folded[place + 1][0] in _WORD or folded[place + 1][0] in _OPENING
    return goes_on and (bool(current) or letter in _OPENING)


def _mark(found: list[Word], folded: Sequence[tuple[str, int]], place: int) -> None:
    """Remember on the last word what ended it: a comma, or the end of a sentence."""
    if not found:
        return
    letter = folded[place][0]
    if letter in ",()":
        found[-1] = replace(found[-1], pause=True)
    elif letter in ".!" and not _only_parts(found[-1], folded, place):
        found[-1] = replace(found[-1], last=True)


def _only_parts(word: Word, folded: Sequence[tuple[str, int]], place: int) -> bool:
    """Tell whether a full stop only parts letters or words, as in "k.i.l.l" and "i.want.to.die".

    Between whole words there must be another such stop next to it: "I am not well.I want to die" is two sentences.
    """
    if not _stands_between(folded, place):
        return False
    return len(word.text) == 1 or _is_one_of_several(folded, place)


def _is_one_of_several(folded: Sequence[tuple[str, int]], place: int) -> bool:
    for step in (-1, 1):
        near = place + step
        while 0 <= near < len(folded) and folded[near][0] in _WORD:
            near += step
        if folded[place][0] == "." and _stands_between(folded, near):
            return True
    return False


def _stands_between(folded: Sequence[tuple[str, int]], place: int) -> bool:
    """Tell whether a full stop or an exclamation mark stands directly between two letters."""
    if not 0 < place < len(folded) - 1 or folded[place][0] not in ".!":
        return False
    return folded[place - 1][0] in _WORD and folded[place + 1][0] in _WORD


def sentences(found: Sequence[Word], breaks: Collection[str]) -> list[list[Word]]:
    """Cut words into sentences, and before words such as "but", after which something else is said."""
    cut: list[list[Word]] = [[]]
    for word in found:
        if word.text in breaks:
            cut.append([])
        cut[-1].append(word)
        if word.last:
            cut.append([])
    return [one for one in cut if one]
