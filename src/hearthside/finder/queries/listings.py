"""What the cards of one page show: groups by their keys and one meeting of each, as of this moment."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final, NamedTuple

from django.urls import reverse

from hearthside.finder import wording
from hearthside.finder.enums import Way
from hearthside.finder.queries.reading.groups import WAYS
from hearthside.groups.enums import Course, GenderRule, Openness
from hearthside.groups.models import Group
from hearthside.kit.prepared import Prepared
from hearthside.meetings.models import Meeting, Seat
from hearthside.meetings.queries.seats import Fullness
from peerkit.matching import Match, Start

SUMMARY_SHOWN: Final = 180
_COLUMNS: Final = (
    "pk", "slug", "name", "summary", "format", "locality", "languages", "openness", "course",
    "gender", "source", "size_max", "site__name",
)  # fmt: skip
_MEETING: Final = ("group_id", "pk", "starts_at", "ends_at", "zone", "seats_max")
_OPEN: Final = Prepared(
    lambda some: (
        Group.objects.findable().filter(pk__in=some["groups"]).order_by().values_list(*_COLUMNS)
    ),
    keys=["groups"],
)
_STANDING: Final = Prepared(
    lambda some: (
        Meeting.objects.standing()
        .order_by()
        .filter(group__in=some["groups"], starts_at__in=some["times"])
        .values_list(*_MEETING)
    ),
    keys=["groups"],
    times=["times"],
)
_SEATS: Final = Prepared(
    lambda some: (
        Seat.objects.open()
        .filter(meeting__in=some["meetings"])
        .order_by()
        .values_list("meeting_id", "number")
    ),
    keys=["meetings"],
)


class Upcoming(NamedTuple):
    """One coming meeting with its seats; `id` is empty for one that is planned by its rule alone."""

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
    """One open group as its card shows it, and never more: no address, no venue, no link."""

    id: str
    slug: str
    name: str
    summary: str
    format: str
    locality: str
    languages: tuple[str, ...]
    is_ask_first: bool
    is_course: bool
    is_listed_elsewhere: bool
    gender: str
    size_max: int

    @property
    def url(self) -> str:
        before, after = _around_slug()
        return f"{before}{self.slug}{after}"

    @property
    def short_summary(self) -> str:
        if len(self.summary) <= SUMMARY_SHOWN:
            return self.summary
        return f"{self.summary[: SUMMARY_SHOWN - 1].rstrip()}…"

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


def listings(keys: Collection[str]) -> Mapping[str, Listing]:
    """Those of these groups that are open, by key, in one query."""
    rows = _OPEN.rows(groups=list(keys)) if keys else ()
    found = (dict(zip(_COLUMNS, row, strict=True)) for row in rows)
    return {str(row["pk"]): _listing(row) for row in found}


def meetings(matches: Collection[Match], shown: Mapping[str, Listing]) -> Mapping[str, Upcoming]:
    """The meeting that each match speaks of, with its seats as they are now, in two queries."""
    starts = {one.offer_id: one.meeting for one in matches if one.meeting and one.offer_id in shown}
    found = {key: _planned(start, shown[key]) for key, start in starts.items()}
    if not starts:
        return found
    times = [start.at for start in starts.values()]
    for group, pk, at, *rest in _STANDING.rows(groups=list(starts), times=times):
        if at == starts[str(group)].at:
            found[str(group)] = Upcoming(str(pk), at, *rest)
    return dict(seated(found.items()))


def seated(found: Iterable[tuple[str, Upcoming]]) -> list[tuple[str, Upcoming]]:
    """The same with the seats taken and the people waiting as they are now, in one query."""
    coming = list(found)
    keys = [one.id for _, one in coming if one.id]
    taken: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    for meeting, number in _SEATS.rows(meetings=keys) if keys else ():
        (waiting if number is None else taken)[str(meeting)] += 1
    return [
        (group, one._replace(taken=taken[one.id], waiting=waiting[one.id])) for group, one in coming
    ]


@cache
def _around_slug() -> tuple[str, str]:
    """A group's address without its slug; looked up once, not for each card."""
    before, _, after = reverse("group", args=["slug"]).rpartition("slug")
    return before, after


def _planned(start: Start, listing: Listing) -> Upcoming:
    until = start.at + timedelta(minutes=start.minutes)
    return Upcoming("", start.at, until, start.zone, listing.size_max)


def _listing(row: Mapping[str, Any]) -> Listing:
    return Listing(
        id=str(row["pk"]),
        slug=row["slug"],
        name=row["name"],
        summary=row["summary"],
        format=row["format"],
        locality=row["locality"] or row["site__name"],
        languages=tuple(row["languages"]),
        is_ask_first=row["openness"] == Openness.CLOSED,
        is_course=row["course"] == Course.FIXED,
        is_listed_elsewhere=bool(row["source"]),
        gender=row["gender"],
        size_max=row["size_max"],
    )
