"""What accounts asks of the floors above: who sees others' data, and everything held about a person."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person


@dataclass(frozen=True)
class Held:
    """One kind of thing held about a person: a heading, why it is held, and the rows as plain values.

    What cannot go at once when the person deletes the account says why, and until when it stays.
    """

    heading: str
    why: str
    rows: Sequence[dict[str, Any]] = field(default_factory=tuple)
    stays_because: str = ""
    stays_until: date | None = None


class DataHolder(Protocol):
    """An app that holds something about people: it can show all of it, and erase it."""

    def held(self, person: Person) -> Sequence[Held]:
        """Everything this app holds about the person, in words that the person understands."""

    def erase(self, person: Person, *, now: datetime) -> None:
        """Erase it; what safety law makes us keep becomes a `Retained` row without a name."""


class SeesOthers(Protocol):
    """Knows who may see other people's data, and so needs a second factor."""

    def __call__(self, person: Person) -> bool: ...


class ConsentEnds(Protocol):
    """Acts when a person takes a consent back, e.g. by letting them leave their groups."""

    def __call__(self, person: Person, *, purpose: Purpose, now: datetime) -> None: ...


_holders: dict[str, DataHolder] = {}
_watchers: list[SeesOthers] = []
_listeners: list[ConsentEnds] = []


def register_holder(app: str, holder: DataHolder) -> None:
    _holders[app] = holder


def register_sees_others(rule: SeesOthers) -> None:
    if rule not in _watchers:
        _watchers.append(rule)


def register_consent_ends(listener: ConsentEnds) -> None:
    if listener not in _listeners:
        _listeners.append(listener)


def holders() -> dict[str, DataHolder]:
    return dict(_holders)


def sees_others(person: Person) -> bool:
    """True if any floor says this person can see what belongs to somebody else."""
    return person.is_staff or any(rule(person) for rule in _watchers)


def consent_ended(person: Person, *, purpose: Purpose, now: datetime) -> None:
    """Tell every floor that the person took a consent back."""
    for listener in _listeners:
        listener(person, purpose=purpose, now=now)
