"""What goes into a ranking and what comes out: frozen values, no rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from typing import Final, NamedTuple

DAY: Final = 24 * 60
OLDEST: Final = 130
FELT: Final = frozenset({"right", "unsure", "not_for_me"})
Param = str | int | float | datetime | tuple[str, ...]
Params = Mapping[str, Param]


class Free(NamedTuple):
    """A time a person is free each week: weekday 0 is Monday, local minutes half-open [from, until)."""

    weekday: int
    from_minute: int
    until_minute: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """An experience a person looks for; only the proportion of weights to each other matters."""

    term_id: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Around:
    """How far from a point a person can go, in kilometres."""

    latitude: float
    longitude: float
    km: float

    def __post_init__(self) -> None:
        _check_point(self.latitude, self.longitude)
        if not (isfinite(self.km) and self.km >= 0):
            raise ValueError(f"A distance is 0 km or more, not {self.km}.")


@dataclass(frozen=True, slots=True)
class Seeker:
    """What a person told us. Everything left empty is no condition.

    `age` and `gender` are None unless the person says them: then rules about them are shown as
    notes and exclude nothing. `only` wishes for a group limited to "women" or "men". `comfort` are
    wishes that count but exclude nothing ("listening", "camera_off", "secular"). `zone` is the IANA
    zone `free` is meant in. `tried` says of group ids how they felt: "right", "unsure" or
    "not_for_me". `excluded` ids never come back in any form, nor in any count: groups of people
    this person avoids, or who avoid them. ValueError in plain words for what cannot be.
    """

    experiences: tuple[Wanted, ...] = ()
    not_wanted: frozenset[str] = frozenset()
    free: tuple[Free, ...] = ()
    zone: str = "UTC"
    languages: tuple[str, ...] = ()
    formats: frozenset[str] = frozenset()
    access: frozenset[str] = frozenset()
    around: Around | None = None
    age: int | None = None
    gender: str | None = None
    only: str = ""
    excluded: frozenset[str] = frozenset()
    comfort: frozenset[str] = frozenset()
    tried: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_age(self.age)
        for felt in set(self.tried.values()) - FELT:
            raise ValueError(f"A visit felt right, unsure or not_for_me, not “{felt}”.")
        for day, start, end in self.free:
            if not (0 <= day < 7 and 0 <= start <= DAY and 0 <= end <= DAY):  # noqa: PLR2004
                raise ValueError(f"No time of a week: day {day}, minutes {start} to {end}.")
        for want in self.experiences:
            if not isfinite(want.weight):
                raise ValueError(f"“{want.term_id}” needs a weight that is a number.")


@dataclass(frozen=True, slots=True)
class Start:
    """One coming meeting: an aware datetime, its length, and the group's own IANA zone."""

    at: datetime
    minutes: int = 60
    zone: str = "UTC"


class Rhythm(NamedTuple):
    """When a group meets, as a rule: at one hour of one weekday (0 is Monday) on the clock of its zone.

    Without more, every week. `every` 2 with `phase` 0 or 1 is every other week: those whose
    `week_number` leaves that rest. `nth` 1 to 5 is the nth such weekday of each month, -1 the last.
    `weeks`, when not 0, names single weeks instead: bit i is week number `since` + i. It is the
    way to say that some are called off. A clock time that a change of clocks skips or repeats is read
    as RFC 5545 section 3.3.5 says.
    """

    weekday: int
    minute: int
    minutes: int = 60
    zone: str = "UTC"
    every: int = 1
    phase: int = 0
    nth: int = 0
    weeks: int = 0
    since: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """A group as the ranking sees it; ids are unique.

    `formats` are the ways to come: a hybrid group has "in_person" and "online". `gender_rule` is
    "women", "men" or another word of the site's; "" is no rule. `seats_free` None is no limit.
    Ages are whole years, both ends included. A group meets at `upcoming`, `rhythms` or both; only
    the next 20 weeks count. `makeup` counts members by what they live with; counts below 3 are
    never told nor used. `returns` is the share of first-time visitors who came again, 0..1, None
    where too few came to say.
    """

    id: str
    experiences: frozenset[str] = frozenset()
    upcoming: tuple[Start, ...] = ()
    languages: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    access: frozenset[str] = frozenset()
    latitude: float | None = None
    longitude: float | None = None
    age_from: int | None = None
    age_until: int | None = None
    gender_rule: str = ""
    is_open: bool = True
    seats_free: int | None = None
    welcomes_newcomers: bool = False
    rhythms: tuple[Rhythm, ...] = ()
    comfort: frozenset[str] = frozenset()
    makeup: Mapping[str, int] = field(default_factory=dict)
    returns: float | None = None

    def __post_init__(self) -> None:
        if self.latitude is not None and self.longitude is not None:
            _check_point(self.latitude, self.longitude)
        _check_age(self.age_from)
        _check_age(self.age_until)
        if self.returns is not None and not 0 <= self.returns <= 1:
            raise ValueError(f"The share who came again is from 0 to 1, not {self.returns}.")


class Reason(NamedTuple):
    """A fact about a match, for the site to put into words. `points` are its share of the score."""

    code: str
    params: Params = {}
    points: float = 0.0


@dataclass(frozen=True, slots=True)
class Match:
    """A group for a person: the score is the sum of its reasons' points, 0..1, strongest first.

    `misses` is what does not fit; `notes` is what to know before going, fitting or not. `meeting` is
    the one the reasons speak of: the first when the person is free, else the next. `seats_free` is
    None where nobody counts.
    """

    offer_id: str
    score: float
    reasons: tuple[Reason, ...]
    misses: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    meeting: Start | None = None
    seats_free: int | None = None


class Scored(NamedTuple):
    """A group and how well it fits, 0..1, without a word about why."""

    offer_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Closed:
    """How many groups one condition alone keeps away: "if you can also come online: 7 more"."""

    code: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """`matches` fit fully, best first; `nearest` fit but for what their misses say.

    Both are empty only when there is no offer left after `excluded`. A group that was not for this
    person stands behind all others. `total` counts all that fit, also those not among `matches`.
    """

    matches: tuple[Match, ...]
    nearest: tuple[Match, ...]
    closed_by: tuple[Closed, ...]
    total: int = 0


def _check_point(latitude: float, longitude: float) -> None:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # noqa: PLR2004
        raise ValueError(f"No point on Earth: latitude {latitude}, longitude {longitude}.")


def _check_age(age: int | None) -> None:
    if age is not None and not 0 <= age <= OLDEST:
        raise ValueError(f"An age is from 0 to {OLDEST} years, not {age}.")
