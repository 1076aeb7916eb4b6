"""HTML with gaps: rendered once for many readers, and filled anew for each search.

The form of the finder holds some two hundred boxes. Node by node they would cost more than the search
itself, and all that differs between two searches is which of them are ticked.
"""

import re
from collections.abc import Mapping
from html import unescape
from typing import Final, Self

from django.utils.safestring import SafeString

# For private use in Unicode, so in no word of ours.
_OPEN: Final = "\ue000"
_SHUT: Final = "\ue001"
_GAP: Final = re.compile(f"{_OPEN}([^{_SHUT}]*){_SHUT}")
_TICKED: Final = re.compile(r" (?:checked|selected)(?=>)")
_BOX: Final = re.compile(r'<input type="checkbox" name="([^"]*)" value="([^"]*)"[^>]*(?=>)')
_SELECT: Final = re.compile(r'<select name="([^"]*)".*?</select>', re.DOTALL)
_OPTION: Final = re.compile(r'<option value="([^"]*)"(?=>)')


def gap(name: str) -> SafeString:
    """The place where something of this name will stand, or nothing."""
    return SafeString(f"{_OPEN}{name}{_SHUT}")


def box(name: str, value: str) -> str:
    """The name of the gap in a box, or in one choice of a list: `TICKED` or `PICKED` fills it."""
    return f"{name}={value}"


TICKED: Final = " checked"
PICKED: Final = " selected"


class Blank:
    """Text and the names of the gaps in it, in turn."""

    def __init__(self, pieces: list[str]) -> None:
        self._pieces = pieces
        self._names = pieces[1::2]

    @classmethod
    def of(cls, html: str) -> Self:
        """Rendered HTML: with the gaps it has, and one more in every box and choice, none of them ticked."""
        plain = _TICKED.sub("", html)
        boxes = _BOX.sub(lambda one: one[0] + gap(box(one[1], unescape(one[2]))), plain)
        return cls(_GAP.split(_SELECT.sub(_choices, boxes)))

    def filled(self, told: Mapping[str, str]) -> SafeString:
        """The HTML with these in its gaps; `told` is HTML by name, and what it does not name stays empty."""
        pieces = list(self._pieces)
        pieces[1::2] = [told.get(name, "") for name in self._names]
        return SafeString("".join(pieces))


def _choices(select: re.Match[str]) -> str:
    name = select[1]
    return _OPTION.sub(lambda one: one[0] + gap(box(name, unescape(one[1]))), select[0])
