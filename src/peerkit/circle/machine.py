"""The two ways a circle changes: something happens, or time passes."""

from dataclasses import replace
from datetime import datetime

from peerkit.circle.clock import due, instant
from peerkit.circle.event import Event, Tap
from peerkit.circle.moving import onward, unanswered
from peerkit.circle.values import Circle


def apply(circle: Circle, event: Event, *, now: datetime) -> Circle:
    """The circle after the event; the very same one when it changes nothing. `now` is aware.

    A tap on a page that is out of date raises TurnIsPast, so a double tap never answers for the
    next person. Every other refusal is a CircleError too, named in the event.
    """
    if isinstance(event, Tap):
        event.refuse_unless_current(circle)
    return _counted(circle, event.happen(circle, instant(now)))


def tick(circle: Circle, now: datetime) -> Circle:
    """The circle after whatever is due by now (aware); the very same one when nothing is.

    One offer at most runs out in one tick: after a server's outage everyone still gets the whole
    time to answer.
    """
    due_at = due(circle)
    if due_at is None or instant(now) < due_at:
        return circle
    return _counted(circle, onward(unanswered(circle), instant(now)))


def _counted(before: Circle, after: Circle) -> Circle:
    return before if after == before else replace(after, version=before.version + 1)
