"""Groups read from the tables as offers, with the few facts about each that the pages count."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from hearthside.finder import places
from hearthside.finder.enums import Way
from hearthside.finder.queries.reading.people import makeups
from hearthside.finder.queries.reading.times import NEVER, Times, plans, times_of
from hearthside.groups.ages import Ages
from hearthside.groups.enums import Format, GenderRule, RoleKind
from hearthside.groups.models import Experience, Group, Role
from peerkit.matching import Offer, Tree

WAYS: Final[Mapping[str, tuple[Way, ...]]] = {
    Format.IN_PERSON: (Way.IN_PERSON,),
    Format.ONLINE: (Way.ONLINE,),
    Format.PHONE: (Way.PHONE,),
    Format.HYBRID: (Way.IN_PERSON, Way.ONLINE),
    Format.LINK: (Way.ONLINE,),
}
_COLUMNS: Final = (
    "pk", "format", "locality", "languages", "access", "comfort", "age_from", "age_until", "gender",
    "source", "size_max", "latitude", "longitude", "is_venue_hidden", "site__name",
    "site__country", "site__time_zone",
)  # fmt: skip
AT_ONCE: Final = 2000


class Facts(NamedTuple):
    """What pages count of a group; many groups share one."""

    experiences: frozenset[str]
    languages: tuple[str, ...]
    zone: str
    is_in_a_room_only: bool
    # Where people come to, as its card says it; "" where nobody does, or nobody knows where it is.
    town: str = ""


@dataclass(frozen=True)
class Found:
    """One open group: its offer, and its facts."""

    offer: Offer
    facts: Facts


@dataclass(frozen=True)
class _Beside:
    """What other tables say of the groups being read."""

    about: Mapping[UUID, frozenset[str]]
    greeted: Collection[UUID]
    times: Mapping[UUID, Times]
    makeups: Mapping[UUID, Mapping[str, int]]
    returns: Mapping[UUID, float]


def open_groups(
    keys: Collection[UUID] | None, tree: Tree, returns: Mapping[UUID, float], *, now: datetime
) -> Iterator[Found]:
    """Those of these groups (of all: None) that can be found, in eight queries."""
    beside = _beside(keys, tree, returns, now=now)
    rows = Group.objects.findable().order_by("pk").values(*_COLUMNS)
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    for row in rows.iterator(chunk_size=AT_ONCE):
        point = _point(row)
        facts = _facts(
            beside.about.get(row["pk"], frozenset()),
            tuple(row["languages"]),
            row["site__time_zone"],
            WAYS.get(row["format"], ()),
            row["locality"] or row["site__name"] if point else "",
        )
        yield Found(_offer(row, facts, beside, point), facts)


def _beside(
    keys: Collection[UUID] | None, tree: Tree, returns: Mapping[UUID, float], *, now: datetime
) -> _Beside:
    planned = plans(keys, now=now)
    return _Beside(
        _about(keys),
        _greeted(keys, now=now),
        {group: times_of(plan, now=now) for group, plan in planned.items()},
        makeups(keys, tree, now=now),
        returns,
    )


def _offer(
    row: Mapping[str, Any], facts: Facts, beside: _Beside, point: tuple[float, float] | None
) -> Offer:
    """The group as the engine ranks it.

    A list from elsewhere says nothing of seats, so where nobody has booked there is no number to go by.
    """
    key = row["pk"]
    times = beside.times.get(key, NEVER)
    is_counted = not row["source"] or times.seats_free is not None
    has_times = bool(times.rhythms or times.upcoming)
    seats = row["size_max"] if times.seats_free is None else times.seats_free
    latitude, longitude = point or (None, None)
    return Offer(
        id=str(key),
        experiences=facts.experiences,
        upcoming=times.upcoming,
        rhythms=times.rhythms,
        languages=frozenset(facts.languages),
        formats=frozenset(way.value for way in WAYS.get(row["format"], ())),
        access=frozenset(row["access"]),
        comfort=frozenset(row["comfort"]),
        latitude=latitude,
        longitude=longitude,
        # A group that says nothing of age is for adults.
        age_from=Ages(row["age_from"], row["age_until"]).lower or None,
        age_until=row["age_until"],
        gender_rule="" if row["gender"] == GenderRule.ANY else row["gender"],
        seats_free=seats if is_counted and has_times else None,
        welcomes_newcomers=key in beside.greeted,
        makeup=beside.makeups.get(key, {}),
        returns=beside.returns.get(key),
    )


@lru_cache(maxsize=65536)
def _facts(
    about: frozenset[str],
    languages: tuple[str, ...],
    zone: str,
    ways: tuple[Way, ...],
    town: str,
    /,
) -> Facts:
    return Facts(about, languages, zone, ways == (Way.IN_PERSON,), town)


def _point(row: Mapping[str, Any]) -> tuple[float, float] | None:
    """Where the group meets, for distances.

    Threat: whoever asks for the distance from three places knows where a hidden door is. So a group that
    keeps its address to itself stands in the middle of its town, like one that never gave a point.
    """
    if Way.IN_PERSON not in WAYS.get(row["format"], ()):
        return None
    if row["latitude"] is not None and row["longitude"] is not None and not row["is_venue_hidden"]:
        return row["latitude"], row["longitude"]
    names = (row["locality"], row["site__name"])
    return next(
        (town for name in names if name and (town := _town(name, row["site__country"]))), None
    )


@lru_cache(maxsize=16384)
def _town(name: str, country: str) -> tuple[float, float] | None:
    found = places.find(name, country=country or None, most=1)
    return (found[0].latitude, found[0].longitude) if found else None


def _about(keys: Collection[UUID] | None) -> Mapping[UUID, frozenset[str]]:
    slugs = dict(Experience.objects.values_list("pk", "slug"))
    links = Group.experiences.through.objects.order_by()
    if keys is not None:
        links = links.filter(group__in=keys)
    about: defaultdict[UUID, list[str]] = defaultdict(list)
    for group, experience in links.values_list("group_id", "experience_id").iterator():
        about[group].append(slugs[experience])
    return {group: _together(tuple(sorted(some))) for group, some in about.items()}


@lru_cache(maxsize=65536)
def _together(slugs: tuple[str, ...]) -> frozenset[str]:
    return frozenset(slugs)


def _greeted(keys: Collection[UUID] | None, *, now: datetime) -> Collection[UUID]:
    roles = Role.objects.in_force(now=now).filter(kind=RoleKind.GREETER)
    if keys is not None:
        roles = roles.filter(group__in=keys)
    return set(roles.values_list("group_id", flat=True))
