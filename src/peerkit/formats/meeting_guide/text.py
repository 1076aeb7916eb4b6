"""Text as published made plain: markup, entities, line breaks and stray characters."""

import html
import re
from typing import Final

from peerkit.formats.meeting_guide.envelope import kind_of
from peerkit.formats.meeting_guide.words import Notes

LINE: Final = 255
PROSE: Final = 10_000

SCRIPT: Final = re.compile(r"<(script|style)\b[^<>]*>[^<]*(</\1\s*>)?", re.IGNORECASE)
BREAK: Final = re.compile(r"<\s*(?:br|/p|/div|/li|/h\d|/tr)\b[^<>]*>", re.IGNORECASE)
TAG: Final = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|body|br|center|code|div|em|font|h[1-6]|head|hr|html|i|iframe|img|li|link|meta|"
    r"ol|p|pre|s|script|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|th|title|tr|u|ul)\b[^<>]*>|<!--[^<>]*-->",
    re.IGNORECASE,
)
ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)
CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


class Fields:
    """One row's raw fields, read as clean text; every change is noted once per field."""

    def __init__(self, raw: dict[str, object], notes: Notes) -> None:
        self.raw = raw
        self.notes = notes
        self._read: dict[tuple[str, int], str] = {}

    def prose(self, key: str) -> str:
        """Text of several lines, at most PROSE characters."""
        return self._cleaned(key, PROSE)

    def line(self, key: str) -> str:
        """Text on one line, at most LINE characters."""
        return " ".join(self._cleaned(key, LINE).split())

    def each(self, key: str) -> tuple[str, ...]:
        """A list of short texts; a single text counts as a list of one."""
        value = self.raw.get(key)
        items = value if isinstance(value, list) else [value]
        return tuple(
            filter(None, (plain(_as_text(item)[:PROSE])[0].strip()[:LINE] for item in items))
        )

    def _cleaned(self, key: str, limit: int) -> str:
        if (key, limit) not in self._read:
            self._read[key, limit] = self._clean(key, limit)
        return self._read[key, limit]

    def _clean(self, key: str, limit: int) -> str:
        value = self.raw.get(key)
        if isinstance(value, dict | list):
            self.notes.add("wrong-kind", key, was=kind_of(value))
            return ""
        text, codes = plain(_as_text(value)[: limit * 4])
        for code in codes:
            self.notes.add(code, key)
        if len(text) > limit:
            self.notes.add("shortened", key, now=str(limit))
        return text[:limit].strip()


def plain(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without markup, entities and stray characters, and the codes of what was done."""
    codes = []
    if TAG.search(text):
        codes.append("html-removed")
        text = TAG.sub("", BREAK.sub("\n", SCRIPT.sub("", text)))
    if ENTITY.search(text):
        codes.append("entities-decoded")
        text = html.unescape(text)
    if "\r" in text or "\u2028" in text:
        codes.append("line-breaks")
        text = re.sub(r"\r\n?|\u2028", "\n", text)
    if CONTROL.search(text):
        codes.append("control-characters")
        text = CONTROL.sub("", text)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), tuple(codes)


def _as_text(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""
