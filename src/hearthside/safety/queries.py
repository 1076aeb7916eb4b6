"""What the crisis page and the line under every page show."""

from dataclasses import dataclass
from itertools import groupby

from hearthside.safety import country, helplines
from hearthside.safety.enums import KIND_NAMES
from hearthside.safety.helplines import Channel, Helpline, Kind, Lines

# The line named under every page: whoever a person in crisis can reach, in this order.
_FIRST_TO_NAME = (Kind.SUICIDE_CRISIS, Kind.LISTENING, Kind.URGENT_MENTAL_HEALTH)


@dataclass(frozen=True, slots=True)
class Service:
    """One service, with every way to reach it."""

    name: str
    ways: tuple[Helpline, ...]

    @property
    def first(self) -> Helpline:
        return self.ways[0]


@dataclass(frozen=True, slots=True)
class Section:
    """The services of one kind."""

    kind: Kind
    heading: str
    services: tuple[Service, ...]


@dataclass(frozen=True, slots=True)
class Nearest:
    """What stands under every page: a country's emergency number and one line to talk to."""

    code: str
    country: str
    emergency: Helpline | None
    talk: Helpline | None


def nearest(code: str) -> Nearest:
    """The country's first emergency number, and the line to call that most people can count on."""
    known = helplines.for_country(code)
    calls = [
        line for line in known.lines if line.kind in _FIRST_TO_NAME and line.channel is Channel.CALL
    ]
    return Nearest(
        code=known.country if known.is_known else "",
        country=country.name_of(known.country),
        emergency=next(iter(known.emergency), None),
        talk=min(calls, key=_doubts, default=None),
    )


def _doubts(line: Helpline) -> tuple[bool, bool, int, bool]:
    return (
        bool(line.area),
        line.needs_check,
        _FIRST_TO_NAME.index(line.kind),
        not line.is_always_open,
    )


def sections(lines: Lines) -> list[Section]:
    """The lines of a country by what they are for, in the order of `Kind`."""
    order = list(Kind)
    ordered = sorted(lines.lines, key=lambda line: order.index(line.kind))
    return [
        Section(kind, str(KIND_NAMES[kind]), _services(tuple(some)))
        for kind, some in groupby(ordered, key=lambda line: line.kind)
    ]


def _services(lines: tuple[Helpline, ...]) -> tuple[Service, ...]:
    names = dict.fromkeys(line.name for line in lines)
    return tuple(
        Service(name, tuple(line for line in lines if line.name == name)) for name in names
    )
