"""Groups read from the tables as the finder needs them, and never more: no address, no venue, no link."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.urls import reverse

from hearthside.finder import places, wording
from hearthside.finder.enums import Way
from hearthside.groups.enums import Course, Format, GenderRule, Openness, RoleKind
from hearthside.groups.models import Group, Role
from hearthside.meetings.models import Meeting
from hearthside.meetings.queries.seats import Fullness
from peerkit.matching import Offer, Start

# Long enough for "the fifth Friday, when there is one", short enough to read fast.
AHEAD: Final = timedelta(weeks=10)
MOST_PER_GROUP: Final = 12
WAYS: Final[Mapping[str, tuple[Way, ...]]] = {
    Format.IN_PERSON: (Way.IN_PERSON,),
    Format.ONLINE: (Way.ONLINE,),
    Format.PHONE: (Way.PHONE,),
    Format.HYBRID: (Way.IN_PERSON, Way.ONLINE),
    Format.LINK: (Way.ONLINE,),
}
_COLUMNS: Final = (
    "pk", "slug", "name", "summary", "format", "locality", "languages", "access", "openness",
    "course", "age_from", "age_until", "gender", "source", "latitude", "longitude",
    "is_venue_hidden", "site__name", "site__country", "site__time_zone",
)  # fmt: skip


class Upcoming(NamedTuple):
    """One coming meeting with its seats."""

    id: str
    at: datetime
    until: datetime
    zone: str
    seats_max: int
    taken: int = 0
    waiting: int = 0

    @property
    def fullness(self) -> Fullness:
        return Fullness(self.seats_max, self.taken, self.waiting)


@dataclass(frozen=True, slots=True)
class Listing:
    """One open group: what its card shows, and where it is as far as anybody may know."""

    id: str
    slug: str
    name: str
    summary: str
    format: str
    locality: str
    zone: str
    languages: tuple[str, ...]
    access: tuple[str, ...]
    is_ask_first: bool
    is_course: bool
    is_listed_elsewhere: bool
    age_from: int
    age_until: int | None
    gender: str
    point: tuple[float, float] | None
    experiences: frozenset[str]
    is_greeting: bool

    @property
    def url(self) -> str:
        return reverse("group", args=[self.slug])

    @property
    def ways_label(self) -> str:
        return wording.way_words(self.ways)

    @property
    def gender_label(self) -> str:
        is_limit = self.gender in GenderRule.values and self.gender != GenderRule.ANY
        return str(GenderRule(self.gender).label) if is_limit else ""

    @property
    def ways(self) -> tuple[Way, ...]:
        return WAYS.get(self.format, ())

    @property
    def is_in_person(self) -> bool:
        return Way.IN_PERSON in self.ways


def listings(*, now: datetime) -> Mapping[str, Listing]:
    """Every open group by its key, in three queries."""
    about: dict[object, set[str]] = defaultdict(set)
    links = Group.experiences.through.objects.values_list("group_id", "experience__slug")
    for group, slug in links:
        about[group].add(slug)
    greeted = _greeted(now=now)
    rows = Group.objects.findable().order_by("slug").values(*_COLUMNS)
    return {
        str(row["pk"]): _listing(row, about[row["pk"]], is_greeting=row["pk"] in greeted)
        for row in rows
    }


def plans(*, now: datetime) -> Mapping[str, Sequence[Upcoming]]:
    """The next meetings of every open group, soonest first, in one query."""
    rows = (
        Meeting.objects.standing()
        .within(from_at=now, until_at=now + AHEAD)
        .filter(group__in=Group.objects.findable().values("pk"))
        .order_by("starts_at", "pk")
        .values_list("group_id", "pk", "starts_at", "ends_at", "zone", "seats_max")
    )
    found: dict[str, list[Upcoming]] = defaultdict(list)
    for group, meeting, starts_at, ends_at, zone, seats_max in rows.iterator(chunk_size=5000):
        of_group = found[str(group)]
        if len(of_group) < MOST_PER_GROUP:
            of_group.append(Upcoming(str(meeting), starts_at, ends_at, zone, seats_max))
    return found


def offer_of(listing: Listing, upcoming: Sequence[Upcoming]) -> Offer:
    """The group as the engine ranks it.

    A full meeting is left out while a later one has seats: people can simply come to that. A list from
    elsewhere says nothing of seats, so where nobody has booked there is no number to go by.
    """
    open_ones = [one for one in upcoming if one.fullness.left and not one.waiting] or upcoming
    is_counted = not listing.is_listed_elsewhere or any(one.taken for one in upcoming)
    latitude, longitude = listing.point or (None, None)
    return Offer(
        id=listing.id,
        experiences=listing.experiences,
        upcoming=tuple(Start(one.at, _minutes(one), one.zone) for one in open_ones),
        languages=frozenset(listing.languages),
        formats=frozenset(way.value for way in listing.ways),
        access=frozenset(listing.access),
        latitude=latitude,
        longitude=longitude,
        age_from=listing.age_from or None,
        age_until=listing.age_until,
        gender_rule="" if listing.gender == GenderRule.ANY else listing.gender,
        seats_free=_seats_free(open_ones) if is_counted and open_ones else None,
        welcomes_newcomers=listing.is_greeting,
    )


def _listing(row: Mapping[str, Any], about: Iterable[str], *, is_greeting: bool) -> Listing:
    return Listing(
        id=str(row["pk"]),
        slug=row["slug"],
        name=row["name"],
        summary=row["summary"],
        format=row["format"],
        locality=row["locality"] or row["site__name"],
        zone=row["site__time_zone"],
        languages=tuple(row["languages"]),
        access=tuple(row["access"]),
        is_ask_first=row["openness"] == Openness.CLOSED,
        is_course=row["course"] == Course.FIXED,
        is_listed_elsewhere=bool(row["source"]),
        age_from=row["age_from"],
        age_until=row["age_until"],
        gender=row["gender"],
        point=_point(row),
        experiences=frozenset(about),
        is_greeting=is_greeting,
    )


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


@lru_cache(maxsize=4096)
def _town(name: str, country: str) -> tuple[float, float] | None:
    found = places.find(name, country=country or None, most=1)
    return (found[0].latitude, found[0].longitude) if found else None


def _greeted(*, now: datetime) -> set[object]:
    roles = Role.objects.in_force(now=now).filter(kind=RoleKind.GREETER)
    return set(roles.values_list("group_id", flat=True))


def _minutes(one: Upcoming) -> int:
    return int((one.until - one.at).total_seconds()) // 60


def _seats_free(upcoming: Sequence[Upcoming]) -> int:
    first = upcoming[0]
    return 0 if first.waiting else first.fullness.left
