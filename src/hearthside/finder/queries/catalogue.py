"""Every group that can be found, as plain values kept in this process: what a card shows, what the engine ranks.

Reading 1,700 groups takes a good part of a second, a search must not. So three parts are kept (groups, their
coming meetings, seats taken), and one small query before each search says which of them has changed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final, Generic, NamedTuple, TypeVar

from django.db.models import Count, Max, Q, QuerySet, Subquery, Value

from hearthside.finder.queries.listings import Listing, Upcoming, listings, offer_of, plans
from hearthside.groups.enums import Stage
from hearthside.groups.models import Experience, ExperienceName, Group, Role
from hearthside.meetings.models import Cancellation, Meeting, Move, Seat
from peerkit.matching import Offer

# What no count tells (a greeter's role that ends, a seat more) is seen after this long at the latest.
STALE_AFTER: Final = timedelta(minutes=1)
PLANS_STALE_AFTER: Final = timedelta(minutes=10)
T = TypeVar("T")
Counts = Mapping[str, Any]


class Taken(NamedTuple):
    """Seats taken at one meeting, and people waiting for one."""

    seats: int
    waiting: int


@dataclass(frozen=True)
class Catalogue:
    """The groups by id, when each meets, and the same as the engine wants it."""

    listings: Mapping[str, Listing]
    upcoming: Mapping[str, Sequence[Upcoming]]
    offers: Sequence[Offer]
    vocabulary_version: object = None


@dataclass
class _Part(Generic[T]):
    """One part of what is kept, with the counts it was read under."""

    keys: tuple[str, ...]
    lasts: timedelta = STALE_AFTER
    value: T | None = None
    version: object = None
    read_at: datetime | None = None

    def fresh(self, counts: Counts, now: datetime, read: Callable[[], T]) -> T:
        """The kept value, or a newly read one when a count differs or it has grown old.

        What turns out to be equal stays the same object, so that nothing is built from it again.
        """
        version = tuple(counts[key] for key in self.keys)
        is_young = self.read_at is not None and abs(now - self.read_at) < self.lasts
        if self.value is None or self.version != version or not is_young:
            value = read()
            self.value = self.value if self.value == value else value
            self.version, self.read_at = version, now
        return self.value


@dataclass
class _Kept:
    groups: _Part[Mapping[str, Listing]] = field(
        default_factory=lambda: _Part(("open", "changed", "links", "roles"))
    )
    plans: _Part[Mapping[str, Sequence[Upcoming]]] = field(
        default_factory=lambda: _Part(
            ("open", "changed", "meetings", "moves", "cancellations"), PLANS_STALE_AFTER
        )
    )
    seats: _Part[Mapping[str, Taken]] = field(
        default_factory=lambda: _Part(("seats", "open_seats", "meetings"))
    )
    made_of: tuple[object, ...] = ()
    catalogue: Catalogue | None = None


_kept = _Kept()


def catalogue(*, now: datetime) -> Catalogue:
    """Every open group with its coming meetings: one query, and at most five more for what has changed."""
    counts = _counts()
    groups = _kept.groups.fresh(counts, now, lambda: listings(now=now))
    planned = _kept.plans.fresh(counts, now, lambda: plans(now=now))
    taken = _kept.seats.fresh(counts, now, lambda: _taken(now=now))
    made_of = (groups, planned, taken)
    same = len(_kept.made_of) == len(made_of) and all(
        old is new for old, new in zip(_kept.made_of, made_of, strict=True)
    )
    if _kept.catalogue is None or not same:
        _kept.catalogue = _made(groups, planned, taken)
        _kept.made_of = made_of
    return replace(_kept.catalogue, vocabulary_version=(counts["names"], counts["experiences"]))


def forget() -> None:
    """Read everything anew the next time."""
    _kept.groups.value = _kept.plans.value = _kept.seats.value = _kept.catalogue = None


def _made(
    groups: Mapping[str, Listing],
    planned: Mapping[str, Sequence[Upcoming]],
    taken: Mapping[str, Taken],
) -> Catalogue:
    upcoming = {
        group: [_seated(one, taken.get(one.id)) for one in planned.get(group, ())]
        for group in groups
    }
    offers = [offer_of(listing, upcoming[group]) for group, listing in groups.items()]
    return Catalogue(groups, upcoming, offers)


def _seated(one: Upcoming, taken: Taken | None) -> Upcoming:
    return one._replace(taken=taken.seats, waiting=taken.waiting) if taken else one


def _taken(*, now: datetime) -> Mapping[str, Taken]:
    rows = (
        Seat.objects.upcoming(now=now)
        .order_by()
        .values_list("meeting_id")
        .annotate(taken=Count("number"), every=Count("pk"))
    )
    return {str(meeting): Taken(taken, every - taken) for meeting, taken, every in rows}


def _counts() -> Counts:
    """How much there is of everything a catalogue is made of, in one query; all None without groups."""
    return Group.objects.aggregate(
        open=Count("pk", filter=Q(stage=Stage.OPEN)),
        changed=Max("changed_at"),
        links=_count(Group.experiences.through.objects.all()),
        roles=_count(Role.objects.all()),
        meetings=_count(Meeting.objects.all()),
        moves=_count(Move.objects.all()),
        cancellations=_count(Cancellation.objects.all()),
        seats=_count(Seat.objects.all()),
        open_seats=_count(Seat.objects.open()),
        names=_count(ExperienceName.objects.all()),
        experiences=_count(Experience.objects.all()),
    )


def _count(rows: QuerySet[Any]) -> Max:
    every = rows.order_by().annotate(every=Value(1)).values("every").annotate(count=Count("pk"))
    return Max(Subquery(every.values("count")))
