"""From bytes to rows: encodings, web pages, cut-off files, and whatever else arrives instead of a list."""

import codecs
import json
import math
import re
from typing import Final

from peerkit.formats.meeting_guide.values import NotAMeetingList, Note
from peerkit.formats.meeting_guide.words import note, refusal

MEGABYTE: Final = 1_000_000
WRAPPERS: Final = ("meetings", "data", "items", "results")
CHALLENGE: Final = re.compile(
    r"cf-chl|challenge-platform|cf-browser-verification|just a moment|attention required|checking your browser",
    re.IGNORECASE,
)
SIGNATURES: Final = {
    b"PK\x03\x04": "a spreadsheet or zip archive",
    b"\x1f\x8b": "a compressed archive",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
HALF_WORDS: Final = {
    word[:length]
    for word in ("true", "false", "null", "-", "NaN", "-Infinity", "\\u0000")
    for length in range(len(word) + 1)
}
KINDS: Final = {
    dict: "an object",
    list: "a list",
    str: "text",
    bool: "yes or no",
    type(None): "nothing",
}


def open_list(
    data: bytes, *, max_bytes: int, max_rows: int
) -> tuple[list[object], tuple[Note, ...]]:
    """The rows of a list and what was mended to reach them; raises NotAMeetingList."""
    if len(data) > max_bytes:
        raise refusal("too-large", now=str(max_bytes // MEGABYTE))
    text, repairs = _decoded(data)
    value, strange = _parsed(text)
    if strange:
        repairs.append(note("not-a-number", "", was=str(strange)))
    rows = _rows(value, repairs)
    if not rows:
        raise refusal("no-meetings")
    if len(rows) > max_rows:
        raise refusal("too-many-rows", was=str(len(rows)), now=str(max_rows))
    return rows, tuple(repairs)


def kind_of(value: object) -> str:
    """A JSON value's kind in plain words."""
    return KINDS.get(type(value), "a number")


def _decoded(data: bytes) -> tuple[str, list[Note]]:
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature):
            raise refusal("binary", was=kind)
    text, repairs = _characters(data)
    stripped = text.lstrip("\ufeff \t\r\n")
    if not stripped.strip():
        raise refusal("empty")
    if stripped[0] == "<":
        raise _markup(stripped)
    if re.search(r"[\x00-\x08\x0e-\x1f]", stripped):
        raise refusal("binary", was="it holds unprintable characters")
    return stripped, repairs


def _characters(data: bytes) -> tuple[str, list[Note]]:
    if data.startswith(codecs.BOM_UTF8):
        encoding, repairs = "utf-8-sig", [note("byte-order-mark", "")]
    else:
        encoding, repairs = _encoding(data), []
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding, text = _western(data)
    if not encoding.startswith("utf-8"):
        repairs.append(note("file-encoding", "", now=encoding.upper()))
    return text, repairs


def _encoding(data: bytes) -> str:
    marked = next((name for mark, name in MARKS if data.startswith(mark)), "")
    return marked or json.detect_encoding(data[:4])


def _western(data: bytes) -> tuple[str, str]:
    # Every byte but five means something in cp1252, so only a file that then reads as JSON is believed.
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise refusal("encoding") from None
    if not text.lstrip().startswith(("[", "{", "<")):
        raise refusal("encoding")
    return "cp1252", text


def _markup(text: str) -> NotAMeetingList:
    if CHALLENGE.search(text[:20_000]):
        return refusal("challenge-page")
    return refusal("xml" if text.startswith("<?xml") and "<html" not in text[:500] else "html")


def _parsed(text: str) -> tuple[object, int]:
    strange: list[str] = []

    def number(literal: str) -> float | None:
        value = float(literal)
        if math.isfinite(value):
            return value
        strange.append(literal)
        return None

    try:
        return json.loads(
            text, parse_constant=strange.append, parse_float=number, strict=False
        ), len(strange)
    except json.JSONDecodeError as error:
        raise _broken(text, error) from None
    except ValueError:
        # Python refuses whole numbers of more than 4,300 digits.
        raise refusal("not-json", was="?", now="?") from None
    except RecursionError:
        raise refusal("too-deep") from None


def _broken(text: str, error: json.JSONDecodeError) -> NotAMeetingList:
    rest = text[error.pos :].strip()
    is_cut = error.msg.startswith("Unterminated string") or rest in HALF_WORDS
    if not is_cut:
        return refusal("not-json", was=str(error.lineno), now=str(error.colno))
    end = text.rstrip()
    return refusal(
        "truncated", was=str(end.count("\n") + 1), now=str(len(end) - end.rfind("\n") - 1)
    )


def _rows(value: object, repairs: list[Note]) -> list[object]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        for key in WRAPPERS:
            if isinstance(value.get(key), list):
                repairs.append(note("wrapped", "", was=key))
                return list(value[key])
    raise refusal("not-a-list", was=kind_of(value))
