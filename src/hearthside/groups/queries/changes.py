"""What changed between two versions of a text, paragraph by paragraph and word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, or that is only on this side."""

    text: str
    is_changed: bool


@dataclass(frozen=True)
class Change:
    """One paragraph before and now; an empty side means that it was added or taken out."""

    before: Sequence[Piece]
    after: Sequence[Piece]
    is_changed: bool


def changes(before: str, after: str) -> list[Change]:
    """Both texts side by side, paragraph by paragraph; what stayed is there too, for its context."""
    old, new = _paragraphs(before), _paragraphs(after)
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    rows: list[Change] = []
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            rows += [
                Change(
                    [Piece(text, is_changed=False)],
                    [Piece(text, is_changed=False)],
                    is_changed=False,
                )
                for text in old[a1:a2]
            ]
        else:
            pairs = zip_longest(old[a1:a2], new[b1:b2], fillvalue="")
            rows += [_changed(left, right) for left, right in pairs]
    return rows


def _paragraphs(text: str) -> list[str]:
    """The lines as a page shows them, without the marks that make a heading or a list."""
    lines = (line.lstrip("#-* ").rstrip() for line in text.splitlines())
    return [line for line in lines if line]


def _changed(before: str, after: str) -> Change:
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    codes = matcher.get_opcodes()
    left = _pieces((old[a1:a2], tag) for tag, a1, a2, _b1, _b2 in codes)
    right = _pieces((new[b1:b2], tag) for tag, _a1, _a2, b1, b2 in codes)
    return Change(list(left), list(right), is_changed=True)


def _pieces(runs: Iterator[tuple[list[str], str]]) -> Iterator[Piece]:
    for words, tag in runs:
        if words:
            yield Piece("".join(words), is_changed=tag != "equal")
