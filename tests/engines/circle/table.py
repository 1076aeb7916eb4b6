"""A table to sit at: a circle begun in one line, and events told as they would be tapped."""

from datetime import UTC, datetime, timedelta
from typing import Any

from peerkit.circle import Arrive, Circle, Event, Leave, StartRound, Tap, apply, view

NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def seated(*keys: str, listening: tuple[str, ...] = ()) -> Circle:
    circle = Circle()
    for key in (*keys, *listening):
        circle = apply(circle, Arrive(by=key, listens=key in listening), now=NOW)
    return circle


def begun(*keys: str, listening: tuple[str, ...] = (), seconds_each: int | None = None) -> Circle:
    """A round of these people, the piece offered to the first of them."""
    return tapped(
        seated(*keys, listening=listening),
        StartRound,
        "fay",
        order=keys,
        prompt="check-in",
        seconds_each=seconds_each,
    )


def tapped(circle: Circle, kind: type[Tap], by: str, now: datetime = NOW, **fields: Any) -> Circle:
    """The circle after a tap on a page that is up to date."""
    return apply(circle, kind(by=by, version=circle.version, **fields), now=now)


def told(circle: Circle, kind: type[Event], by: str, now: datetime = NOW) -> Circle:
    """The circle after somebody has come or gone."""
    return apply(circle, kind(by=by), now=now)


def gone(circle: Circle, by: str) -> Circle:
    return told(circle, Leave, by)


def back(circle: Circle, by: str) -> Circle:
    return told(circle, Arrive, by)


def coming(circle: Circle) -> tuple[str, ...]:
    """Whoever has the piece, then those it comes to next."""
    seen = view(circle, now=NOW)
    return (seen.seat, *seen.coming)
