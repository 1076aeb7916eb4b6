"""What the finder asks of the floors above: what hangs on a kept search ends with it."""

from datetime import datetime
from typing import Protocol

from hearthside.accounts.models import Person


class WishEnds(Protocol):
    """Acts before somebody's kept search goes, e.g. by letting them wait no more."""

    def __call__(self, *, person: Person, now: datetime) -> None: ...


_listeners: dict[str, WishEnds] = {}


def register_wish_ends(name: str, listener: WishEnds) -> None:
    _listeners[name] = listener


def wish_ends(person: Person, now: datetime) -> None:
    """The person's search is about to go: the floors above follow, in the same transaction."""
    for listener in _listeners.values():
        listener(person=person, now=now)
