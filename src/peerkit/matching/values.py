"""What goes into a ranking and what comes out: frozen values, no rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

DAY: Final = 24 * 60
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


@dataclass(frozen=True, slots=True)
class Seeker:
    """What a person told us. Everything left empty is no condition.

    `age` and `gender` are None unless the person says them: then rules about them are shown as
    notes and exclude nothing. `only` wishes for a group limited to "women" or "men". `excluded`
    ids never come back in any form. `zone` is the IANA zone `free` is meant in.
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


@dataclass(frozen=True, slots=True)
class Start:
    """One coming meeting: an aware datetime, its length, and the group's own IANA zone."""

    at: datetime
    minutes: int = 60
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Offer:
    """A group as the ranking sees it; ids are unique.

    `formats` are the ways to come: a hybrid group has "in_person" and "online". `gender_rule` is
    "women", "men" or another word of the site's; "" is no rule. `seats_free` None is no limit.
    Ages are whole years, both ends included.
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


@dataclass(frozen=True, slots=True)
class Reason:
    """A fact about a match, for the site to put into words. `points` are its share of the score."""

    code: str
    params: Params = field(default_factory=dict)
    points: float = 0.0


@dataclass(frozen=True, slots=True)
class Match:
    """A group for a person: the score is the sum of its reasons' points, 0..1.

    `misses` is what does not fit; `notes` is what to know before going, fitting or not.
    """

    offer_id: str
    score: float
    reasons: tuple[Reason, ...]
    misses: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """How many groups one condition alone keeps away: "if you can also come online: 7 more"."""

    code: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """`matches` fit fully, best first; `nearest` fit but for what their misses say.

    Both are empty only when there is no offer left after `excluded`.
    """

    matches: tuple[Match, ...]
    nearest: tuple[Match, ...]
    closed_by: tuple[Closed, ...]
