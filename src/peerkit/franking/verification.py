"""Was it said? A report held against the server's keys."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from peerkit.franking.commitments import commitment_of
from peerkit.franking.errors import CommitmentIsFalse, StampIsFalse
from peerkit.franking.reports import Report
from peerkit.franking.stamps import Stamper

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Verified:
    """What was said: the content, from which seat of which room, as which number, and when (UTC)."""

    content: bytes = field(repr=False)
    alias: bytes
    room: bytes
    seq: int
    sent_at: datetime


def verify(report: Report, keys: Sequence[bytes]) -> Verified:
    """What the report proves under one of the server's keys (32 bytes each), tried in their order.

    Give the newest key first. Raises CommitmentIsFalse, StampIsFalse (both are Forged), or
    FieldIsUnfit for a key of the wrong length.
    """
    opened = commitment_of(report.content, room=report.room, key=report.key)
    if not hmac.compare_digest(opened, report.commitment):
        raise CommitmentIsFalse("The content is not what was committed to in this room.")
    if not any(_is_stamped(report, key) for key in keys):
        raise StampIsFalse("No key of this server stamped this message.")
    return Verified(
        content=report.content,
        alias=report.alias,
        room=report.room,
        seq=report.seq,
        sent_at=_EPOCH + timedelta(milliseconds=report.time_ms),
    )


def _is_stamped(report: Report, key: bytes) -> bool:
    stamp = Stamper(key).stamp(
        report.commitment, report.room, report.alias, report.seq, report.time_ms
    )
    return hmac.compare_digest(stamp, report.stamp)
