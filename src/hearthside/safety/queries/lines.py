"""What the crisis page and the line under every page show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from hearthside.safety import country
from hearthside.safety.enums import CHANNEL_NAMES, DEAF_NAMES, KIND_NAMES
from hearthside.safety.helplines import Channel, Helpline, Kind
from hearthside.safety.ledger import Checked, State, priority
from hearthside.safety.queries.ledger import recent


@dataclass(frozen=True, slots=True)
class Note:
    """Why some ways to reach a service are not a promise; `ways` is empty where it speaks of all of them."""

    reason: str
    ways: tuple[str, ...]
    looked_up: date


@dataclass(frozen=True, slots=True)
class Service:
    """One service, with every way to reach it."""

    name: str
    ways: tuple[Checked, ...]

    @property
    def first(self) -> Helpline:
        return self.ways[0].line

    @property
    def notes(self) -> list[Note]:
        return notes_on(self.ways)

    @property
    def languages(self) -> list[str]:
        codes = (code for way in self.ways for code in way.line.languages)
        return country.languages_named(dict.fromkeys(codes))


@dataclass(frozen=True, slots=True)
class Section:
    """The services of one kind."""

    kind: Kind
    heading: str
    services: tuple[Service, ...]


@dataclass(frozen=True, slots=True)
class Nearest:
    """What stands under every page: a country's emergency number and one line to talk to.

    The two show together or not at all: half of them would leave somebody who cannot use the one
    without the other. `needs_check` speaks of both, as soon as one of them is not verified.
    """

    code: str
    country: str
    emergency: Helpline | None
    talk: Helpline | None
    needs_check: bool = True

    @property
    def is_whole(self) -> bool:
        return self.emergency is not None and self.talk is not None


def lines_for(code: str, *, now: datetime) -> tuple[Checked, ...]:
    """Every line that people in the country see; none for a country that we do not know."""
    return recent(code.strip().upper(), now=now)


def nearest(code: str, *, now: datetime) -> Nearest:
    """The country's emergency number, and the line to call that most people can count on."""
    known = lines_for(code, now=now)
    both = priority(known)
    return Nearest(
        code=code.strip().upper() if known else "",
        country=country.name_of(code),
        emergency=both.emergency.line if both.emergency else None,
        talk=both.talk.line if both.talk else None,
        needs_check=not both.is_verified,
    )


def sections(lines: Sequence[Checked]) -> list[Section]:
    """The lines by what they are for, in the order of `Kind`; those that are verified come first."""
    order = list(Kind)
    others = (each for each in lines if each.line.kind is not Kind.EMERGENCY)
    ordered = sorted(others, key=lambda each: (order.index(each.line.kind), not each.is_verified))
    return [
        Section(kind, str(KIND_NAMES[kind]), _services(tuple(some)))
        for kind, some in groupby(ordered, key=lambda each: each.line.kind)
    ]


def notes_on(ways: Sequence[Checked]) -> list[Note]:
    """Why those of the ways that are not verified are not: each reason once."""
    reasons: dict[str, list[Helpline]] = {}
    for each in ways:
        if not each.is_verified:
            reasons.setdefault(_reason(each), []).append(each.line)
    return [
        Note(
            reason=reason,
            ways=() if len(lines) == len(ways) else tuple(dict.fromkeys(map(_way, lines))),
            looked_up=min(line.checked_on for line in lines),
        )
        for reason, lines in reasons.items()
    ]


def _way(line: Helpline) -> str:
    """A number, or where several ways share one, what tells them apart."""
    if line.deaf_by is not None:
        return str(DEAF_NAMES[line.deaf_by])
    return line.number or str(CHANNEL_NAMES[line.channel])


def _reason(each: Checked) -> str:
    if each.standing.state in (State.WRONG, State.UNREACHED):
        return "doubted"
    return "sourced" if each.line.sourced else "unsourced"


def emergencies(lines: Sequence[Checked]) -> tuple[Checked, ...]:
    """The emergency numbers, those that are verified first; what deaf people use comes last."""
    found = [each for each in lines if each.line.kind is Kind.EMERGENCY]
    found.sort(key=lambda each: (each.line.channel is Channel.DEAF, not each.is_verified))
    return tuple(found)


def _services(lines: tuple[Checked, ...]) -> tuple[Service, ...]:
    names = dict.fromkeys(each.line.name for each in lines)
    return tuple(
        Service(name, tuple(each for each in lines if each.line.name == name)) for name in names
    )
