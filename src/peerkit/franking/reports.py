"""A report of one message, as a value and as what a browser sends."""

import base64
from dataclasses import dataclass, field
from typing import Final

from peerkit.franking.errors import ReportIsMalformed
from peerkit.franking.fields import ALIAS, CODE, KEY, LONGEST_CONTENT, ROOM

VERSION: Final = 1
# The largest whole number that every reader of JSON reads alike (RFC 7493, section 2.2).
LAST_SEQ: Final = 2**53 - 1
# The last millisecond of the year 9999, the last that a datetime can hold.
LAST_TIME: Final = 253_402_300_799_999

_LENGTHS: Final = {"key": KEY, "commitment": CODE, "room": ROOM, "alias": ALIAS, "stamp": CODE}
_LAST: Final = {"seq": LAST_SEQ, "time_ms": LAST_TIME}
_NAMES: Final = {"version", "content", *_LENGTHS, *_LAST}


@dataclass(frozen=True, slots=True)
class Report:
    """One message that somebody in a room chose to show, with everything that proves it.

    `content` (at most LONGEST_CONTENT bytes), the opening `key` (32 bytes), `commitment` (32),
    `room` (16), `alias` of the sender's seat (16), `seq` in the room, `time_ms` since 1970 and the
    server's `stamp` (32). Raises ReportIsMalformed. Nothing is proven until `verify` says so.
    """

    # What was said, and what opens it, stay out of tracebacks and logs.
    content: bytes = field(repr=False)
    key: bytes = field(repr=False)
    commitment: bytes
    room: bytes
    alias: bytes
    seq: int
    time_ms: int
    stamp: bytes

    def __post_init__(self) -> None:
        if len(self.content) > LONGEST_CONTENT:
            raise ReportIsMalformed(f"content is longer than {LONGEST_CONTENT} bytes")
        for name, length in _LENGTHS.items():
            if len(getattr(self, name)) != length:
                raise ReportIsMalformed(f"{name} is not {length} bytes")
        for name, last in _LAST.items():
            if not 0 <= getattr(self, name) <= last:
                raise ReportIsMalformed(f"{name} is out of range")


def from_plain(plain: object) -> Report:
    """The report in what JSON gave: `version` 1, bytes in base64url without padding, whole numbers.

    Exactly these fields, each written in the one way it can be. Raises ReportIsMalformed, whatever
    is given.
    """
    if not isinstance(plain, dict) or plain.keys() != _NAMES:
        raise ReportIsMalformed(f"a report has exactly the fields {', '.join(sorted(_NAMES))}")
    if _number(plain, "version") != VERSION:
        raise ReportIsMalformed(f"only version {VERSION} is known")
    return Report(
        content=_bytes(plain, "content"),
        key=_bytes(plain, "key"),
        commitment=_bytes(plain, "commitment"),
        room=_bytes(plain, "room"),
        alias=_bytes(plain, "alias"),
        seq=_number(plain, "seq"),
        time_ms=_number(plain, "time_ms"),
        stamp=_bytes(plain, "stamp"),
    )


def _number(plain: dict[str, object], name: str) -> int:
    value = plain[name]
    if not isinstance(value, int) or isinstance(value, bool):
        raise ReportIsMalformed(f"{name} is not a whole number")
    return value


def _bytes(plain: dict[str, object], name: str) -> bytes:
    text = plain[name]
    if not isinstance(text, str):
        raise ReportIsMalformed(f"{name} is not text")
    try:
        read = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise ReportIsMalformed(f"{name} is not base64url") from error
    # The decoder passes over strange letters and stray bits; written again, they would be missing.
    if base64.urlsafe_b64encode(read).rstrip(b"=").decode() != text:
        raise ReportIsMalformed(f"{name} is not base64url as RFC 4648 writes it, without padding")
    return read
