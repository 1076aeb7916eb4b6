"""What time it is for the piece: used, allowed, due. It stands still while the circle is paused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from peerkit.circle.errors import TimeHasNoZone
from peerkit.circle.values import Circle, Hold

NONE = timedelta(0)


def instant(now: datetime) -> datetime:
    """The moment in UTC; raises TimeHasNoZone for a naive one."""
    if now.tzinfo is None:
        raise TimeHasNoZone(now.isoformat())
    return now.astimezone(UTC)


def seconds_used(circle: Circle, *, now: datetime) -> float:
    """How long the piece has been offered or held without pauses, in seconds; 0 when idle."""
    if circle.piece.since is None:
        return 0.0
    until = min(instant(now), circle.paused_at) if circle.paused_at else instant(now)
    return max(until - circle.piece.since - circle.piece.stopped, NONE).total_seconds()


def seconds_allowed(circle: Circle) -> int | None:
    """The time this turn has, with what was added to it, in seconds; None without a limit."""
    if circle.seconds_each is None:
        return None
    return circle.seconds_each + circle.piece.extra_seconds


def is_over_time(circle: Circle, *, now: datetime) -> bool:
    """Whether the holder has used more than the time allowed. Nothing follows from it by itself."""
    allowed = seconds_allowed(circle)
    is_timed = circle.piece.hold is Hold.HELD and allowed is not None
    return is_timed and seconds_used(circle, now=now) > (allowed or 0)


def due(circle: Circle) -> datetime | None:
    """When an offer without an answer moves on (UTC), or None: no offer, or the clock stands."""
    piece = circle.piece
    if piece.hold is not Hold.OFFERED or piece.since is None or circle.paused_at:
        return None
    return piece.since + piece.stopped + timedelta(seconds=circle.offer_seconds)


def stopped(circle: Circle, now: datetime) -> Circle:
    """The circle with its clock standing since now, or since before."""
    return replace(circle, paused_at=circle.paused_at or now)


def started(circle: Circle, now: datetime) -> Circle:
    """The circle with its clock running; the pause is taken off the piece's time."""
    piece = circle.piece
    if circle.paused_at and piece.since:
        # A piece that moved during the pause has stood still only since then.
        pause = max(now - max(circle.paused_at, piece.since), NONE)
        piece = replace(piece, stopped=piece.stopped + pause)
    return replace(circle, paused_at=None, piece=piece)
