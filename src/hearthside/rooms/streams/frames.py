"""The bytes of the room's wire, version 1, as docs/engines/wire.md has them. Integers are big-endian."""

from enum import IntEnum
from struct import Struct
from typing import Final, NamedTuple
from uuid import UUID

SUBPROTOCOL: Final = "hearthside.room.1"


class Op(IntEnum):
    """The first byte of a frame: up to 127 from browsers, beyond from the server."""

    SEND = 1
    COMMIT = 2
    FOUND = 3
    INFO = 4
    TYPING = 5
    HERE = 6
    ENVELOPE = 129
    STATE = 130
    YOU = 131
    REFUSED = 132
    BYE = 133
    WELCOME = 134
    INFO_IS = 135
    TYPES = 136
    CAUGHT_UP = 137


class Malformed(Exception):
    """Bytes that are no frame of this protocol."""


class Send(NamedTuple):
    """A sealed message in its sender's count."""

    kind: int
    no: int
    epoch: int
    commitment: bytes
    payload: bytes


class Commit(NamedTuple):
    """A change of keys made in `epoch`, with the group info of the next one and whom it welcomes."""

    no: int
    epoch: int
    commit: bytes
    group_info: bytes
    device_ids: tuple[UUID, ...]
    welcome: bytes


class Found(NamedTuple):
    """The first keys of a room."""

    no: int
    group_info: bytes


SEND: Final = Struct(">xBIQ32s")
COMMIT: Final = Struct(">xIQ")
FOUND: Final = Struct(">xI")
LENGTH: Final = Struct(">I")
SEQ: Final = Struct(">BQ")
INFO: Final = Struct(">BQQ")
REFUSED: Final = Struct(">BI")
# An envelope behind the WebSocket header of its length (RFC 6455, section 5.2), in one call.
ENVELOPE: Final = Struct(">BBHBBQQQI16s16s32s32s")
LONG_ENVELOPE: Final = Struct(">BBQBBQQQI16s16s32s32s")
ENVELOPE_HEAD: Final = ENVELOPE.size - 4
UUID_BYTES: Final = 16
# FIN and "binary"; lengths up to 125 stand in the second byte, longer ones behind it.
BINARY, SHORT, MEDIUM, LONG = 0x82, 125, 126, 127
MOST_MEDIUM: Final = 0xFFFF


def send_in(frame: bytes) -> Send:
    """A SEND frame read. Raises Malformed."""
    if len(frame) <= SEND.size:
        raise Malformed("SEND is too short")
    kind, no, epoch, commitment = SEND.unpack_from(frame)
    return Send(kind, no, epoch, commitment, frame[SEND.size :])


def commit_in(frame: bytes) -> Commit:
    """A COMMIT frame read. Raises Malformed."""
    if len(frame) < COMMIT.size:
        raise Malformed("COMMIT is too short")
    no, epoch = COMMIT.unpack_from(frame)
    commit, rest = _counted(frame[COMMIT.size :])
    group_info, rest = _counted(rest)
    if not rest or not commit or not group_info:
        raise Malformed("COMMIT lacks a part")
    devices, welcome = rest[1 : 1 + rest[0] * UUID_BYTES], rest[1 + rest[0] * UUID_BYTES :]
    if len(devices) != rest[0] * UUID_BYTES:
        raise Malformed("COMMIT names fewer devices than it says")
    starts = range(0, len(devices), UUID_BYTES)
    named = tuple(UUID(bytes=devices[start : start + UUID_BYTES]) for start in starts)
    return Commit(no, epoch, commit, group_info, named, welcome)


def found_in(frame: bytes) -> Found:
    """A FOUND frame read. Raises Malformed."""
    if len(frame) <= FOUND.size:
        raise Malformed("FOUND is too short")
    (no,) = FOUND.unpack_from(frame)
    return Found(no, frame[FOUND.size :])


def number_in(frame: bytes) -> int:
    """The sender's count in a frame that may be broken otherwise; 0 if there is none to read."""
    start = 2 if frame[:1] == bytes([Op.SEND]) else 1
    return int.from_bytes(frame[start : start + 4], "big") if len(frame) >= start + 4 else 0


def _counted(rest: bytes) -> tuple[bytes, bytes]:
    if len(rest) < LENGTH.size:
        raise Malformed("a length is missing")
    (length,) = LENGTH.unpack_from(rest)
    end = LENGTH.size + length
    if len(rest) < end:
        raise Malformed("a part is shorter than it says")
    return rest[LENGTH.size : end], rest[end:]


def framed(payload: bytes) -> bytes:
    """The payload as one WebSocket frame from a server."""
    size = len(payload)
    if size <= SHORT:
        return bytes((BINARY, size)) + payload
    if size <= MOST_MEDIUM:
        return bytes((BINARY, MEDIUM)) + size.to_bytes(2, "big") + payload
    return bytes((BINARY, LONG)) + size.to_bytes(8, "big") + payload


def envelope(  # noqa: PLR0917 - called for every message, and names cost time
    kind: int,
    seq: int,
    at_ms: int,
    epoch: int,
    no: int,
    alias: bytes,
    device: bytes,
    commitment: bytes,
    stamp: bytes,
    payload: bytes,
) -> bytes:
    """An ENVELOPE, framed: the same bytes for everybody in the room."""
    size = ENVELOPE_HEAD + len(payload)
    layout, flag = (ENVELOPE, MEDIUM) if size <= MOST_MEDIUM else (LONG_ENVELOPE, LONG)
    head = layout.pack(
        BINARY, flag, size, 129, kind, seq, at_ms, epoch, no, alias, device, commitment, stamp
    )
    return head + payload


def refused(no: int, reason: str) -> bytes:
    """A REFUSED, framed."""
    return framed(REFUSED.pack(Op.REFUSED, no) + reason.encode())


def bye(reason: str) -> bytes:
    """A BYE, framed."""
    return framed(bytes((Op.BYE,)) + reason.encode())


def told(op: Op, body: bytes) -> bytes:
    """A frame that is its op and a body: STATE, YOU, TYPES."""
    return framed(bytes((op,)) + body)


def welcome(seq: int, data: bytes) -> bytes:
    """A WELCOME, framed."""
    return framed(SEQ.pack(Op.WELCOME, seq) + data)


def info(epoch: int, seq: int, group_info: bytes) -> bytes:
    """An INFO, framed; without group info the room is not founded."""
    return framed(INFO.pack(Op.INFO_IS, epoch, seq) + group_info)


def caught_up(seq: int) -> bytes:
    """A CAUGHT_UP, framed."""
    return framed(SEQ.pack(Op.CAUGHT_UP, seq))


def close(code: int) -> bytes:
    """A WebSocket close frame."""
    return b"\x88\x02" + code.to_bytes(2, "big")
