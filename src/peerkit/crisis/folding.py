"""Text as the rules see it: small plain letters, each knowing where it stood in the original.

Nothing depends on the Unicode version of a Python or a browser: only ranges that no later version adds to are looked at.
"""
# Letters that look alike are what this file is about.
# ruff: noqa: RUF001

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

# What NFKD leaves whole. Cyrillic and Greek letters that look Latin are used to slip past filters.
_ALIKE: Final = {
    "ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ı": "i",
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "к": "k", "м": "m",
    "т": "t", "в": "b", "н": "h", "ѕ": "s", "ј": "j", "α": "a", "ο": "o", "ν": "v", "ρ": "p", "τ": "t",
    "ι": "i", "κ": "k", "ⱥ": "a", "€": "e",
    "🔪": " knife ", "💊": " pills ", "🔫": " gun ", "😂": " lol ", "🤣": " lol ", "💀": " skull ",
    "☠": " skull ",
}  # fmt: skip
_KEPT: Final = "abcdefghijklmnopqrstuvwxyz0123456789@$*!|+,()."
_PLAIN: Final = (
    _ALIKE
    | {one: one for one in _KEPT}
    | dict.fromkeys("'’‘`´ʼ", "'")
    # A full stop alone may stand between letters without ending a sentence; these end one wherever they stand.
    | dict.fromkeys("?;:\n\r…¿¡", ". ")
    # What is quoted belongs to the sentence around it.
    | dict.fromkeys('"“”«»„', ",")
)
# Letters that NFKD or lower case may make plain, first and last of each range.
_FORMS: Final = (
    (0x41, 0x24F), (0x2B0, 0x2FF), (0x386, 0x3CE), (0x400, 0x4FF), (0x1D00, 0x1DBF), (0x1E00, 0x1FFF),
    (0x2000, 0x205F), (0x2070, 0x2071), (0x2074, 0x208E), (0x2090, 0x209C), (0x2100, 0x2189), (0x2460, 0x24EA),
    (0xFB00, 0xFB06), (0xFE10, 0xFE19), (0xFE30, 0xFE52), (0xFE54, 0xFE66), (0xFE68, 0xFE6B), (0xFF01, 0xFF5E),
    (0x1D400, 0x1D7FF), (0x1F100, 0x1F190), (0x1FBF0, 0x1FBF9),
)  # fmt: skip
# Accents, and what joins or hides.
_UNSEEN: Final = (
    (0xAD, 0xAD), (0x300, 0x36F), (0x483, 0x489), (0x1AB0, 0x1ACE), (0x1DC0, 0x1DFF), (0x200B, 0x200F),
    (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x206F), (0x20D0, 0x20F0), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F),
    (0xFEFF, 0xFEFF), (0xE0001, 0xE0001), (0xE0020, 0xE007F), (0xE0100, 0xE01EF),
)  # fmt: skip
# Of a longer text so many code points at its beginning and at its end are read.
_MOST: Final = 4000


@lru_cache(maxsize=4096)
def fold(letter: str) -> str:
    """Return one code point as small ASCII letters, figures and signs; a space for what the rules do not know.

    Empty for what only joins or hides.
    """
    if letter in _PLAIN:
        return _PLAIN[letter]
    forms = unicodedata.normalize("NFKD", letter).lower() if _is_in(letter, _FORMS) else letter
    return "".join(_PLAIN.get(one, "" if _is_in(one, _UNSEEN) else " ") for one in forms)


def _is_in(letter: str, ranges: Sequence[tuple[int, int]]) -> bool:
    code = ord(letter)
    return any(first <= code <= last for first, last in ranges)


def letters(text: str) -> list[tuple[str, int]]:
    """Return the folded letters of a text, each with the place (in code points) it came from."""
    if len(text) <= 2 * _MOST:
        return _folded(text, 0)
    after = len(text) - _MOST
    return [*_folded(text[:_MOST], 0), (".", _MOST), *_folded(text[after:], after)]


def _folded(text: str, begins: int) -> list[tuple[str, int]]:
    return [(one, place) for place, letter in enumerate(text, begins) for one in fold(letter)]
