"""The server's part: a stamp on a commitment it cannot open, saying from which seat, in what order, when."""

import hmac
import struct

from peerkit.franking.errors import FieldIsUnfit
from peerkit.franking.fields import ALIAS, CODE, HASH, KEY, ROOM, STAMP, exactly

# `fields.joined` of three fields whose lengths never vary, in one call: it runs for every message.
_LAYOUT = struct.Struct(f">{len(STAMP)}s I{CODE}s I{ROOM}s I{ALIAS}s QQ")


class Stamper:
    """Stamps under one server key (32 bytes; raises FieldIsUnfit), prepared once for many messages."""

    __slots__ = ("_prepared",)

    def __init__(self, key: bytes) -> None:
        self._prepared = hmac.new(exactly(KEY, key, "server key"), digestmod=HASH)

    def stamp(self, commitment: bytes, room: bytes, alias: bytes, seq: int, time_ms: int) -> bytes:
        """The 32-byte stamp on a commitment (32 bytes) from the seat `alias` (16) of `room` (16).

        `seq` is the message's number in the room and `time_ms` the server's clock in milliseconds
        since 1970, both from 0 to 2^64 - 1. About 2 µs. Raises FieldIsUnfit.
        """
        # Threat: `struct` cuts and fills bytes of another length, and two fields could share a stamp.
        if len(commitment) != CODE or len(room) != ROOM or len(alias) != ALIAS:
            raise FieldIsUnfit(
                f"commitment, room and alias are {len(commitment)}, {len(room)} and {len(alias)} bytes"
            )
        code = self._prepared.copy()
        try:
            code.update(
                _LAYOUT.pack(STAMP, CODE, commitment, ROOM, room, ALIAS, alias, seq, time_ms)
            )
        except struct.error as error:
            raise FieldIsUnfit(f"number {seq} or time {time_ms} is out of range") from error
        return code.digest()
