"""When groups meet: their rhythm, corrected by what was moved, cancelled or is full."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from hearthside.meetings.actions.planning import WEEKS_AHEAD
from hearthside.meetings.models import Cancellation, Meeting, Move, Seat, Series
from hearthside.meetings.queries.rhythms import Beat, Timetable, beats, times
from peerkit.matching import Rhythm, Start, week_number

AHEAD: Final = timedelta(weeks=20)
PLANNED: Final = timedelta(weeks=WEEKS_AHEAD)
Keys = Collection[UUID] | None


class Booked(NamedTuple):
    """Seats of one meeting that somebody has booked."""

    at: datetime
    left: int


@dataclass
class Plan:
    """What the tables say of one group's coming meetings."""

    timetables: list[Timetable] = field(default_factory=list)
    off: set[datetime] = field(default_factory=set)
    moved: list[Start] = field(default_factory=list)
    booked: list[Booked] = field(default_factory=list)


class Times(NamedTuple):
    """A group's rhythm or its single times, and seats free at the first that has any; None: all of them."""

    rhythms: tuple[Rhythm, ...] = ()
    upcoming: tuple[Start, ...] = ()
    seats_free: int | None = None


NEVER: Final = Times()


def plans(keys: Keys, *, now: datetime) -> Mapping[UUID, Plan]:
    """The timetables of these groups (of all: None), and what departs from them, in three queries."""
    found: defaultdict[UUID, Plan] = defaultdict(Plan)
    series = _of(Series.objects.running(), keys).order_by("starts_local", "pk")
    for group, *timetable in series.values_list(
        "group_id", "starts_local", "zone", "minutes", "rule"
    ).iterator():
        found[group].timetables.append(Timetable(*timetable))
    for group, starts_at, ends_at, zone, moved_from, cancelled in _departures(keys, now=now):
        found[group].off.add(moved_from or starts_at)
        if cancelled is None:
            minutes = int((ends_at - starts_at).total_seconds()) // 60
            found[group].moved.append(Start(starts_at, minutes, zone))
    for _, group, starts_at, seats_max, taken, every in _booked(keys, now=now):
        left = 0 if every > taken else max(seats_max - taken, 0)
        found[group].booked.append(Booked(starts_at, left))
    return found


def times_of(plan: Plan, *, now: datetime) -> Times:
    """The rhythm where nothing departs from it, else every single time of twenty weeks.

    A full meeting is left out while a later one has seats: people can simply come to that.
    """
    full = {one.at for one in plan.booked if not one.left}
    if not full and not plan.off:
        found = [beats(one, now=now) for one in plan.timetables]
        if all(one is not None for one in found):
            rhythms = tuple(_rhythm(beat) for some in found if some for beat in some)
            return Times(rhythms, (), _soonest(plan.booked))
    coming = sorted(_single(plan, now=now), key=itemgetter(0))
    later = [start for at, start in coming if at not in full]
    if full and not any(start.at < now + PLANNED for start in later):
        return Times((), tuple(start for _, start in coming), 0)
    free = {one.at: one.left for one in plan.booked}
    left = free.get(later[0].at) if later else None
    return Times((), tuple(later), left)


def _single(plan: Plan, *, now: datetime) -> Iterator[tuple[datetime, Start]]:
    for table in plan.timetables:
        for at in times(table, from_at=now, until_at=now + AHEAD):
            if at not in plan.off:
                yield at, Start(at, table.minutes, table.zone)
    for start in plan.moved:
        yield start.at, start


def _rhythm(beat: Beat) -> Rhythm:
    return Rhythm(
        beat.weekday, beat.minute, beat.minutes, beat.zone, every=beat.every,
        phase=week_number(beat.first) % beat.every, nth=beat.nth,
    )  # fmt: skip


def _soonest(booked: Sequence[Booked]) -> int | None:
    return min(booked).left if booked else None


def _departures(keys: Keys, *, now: datetime) -> Iterator[Any]:
    """Meetings to come that were moved or cancelled; read from the small tables that say so."""
    rows = _of(Meeting.objects.filter(starts_at__gte=now), keys)
    if keys is None:
        departing = (
            Move.objects.order_by()
            .values("meeting")
            .union(Cancellation.objects.order_by().values("meeting"))
        )
        rows = rows.filter(pk__in=departing)
    departed = rows.filter(Q(moved_from__isnull=False) | Q(cancellation__isnull=False))
    yield from departed.order_by("starts_at", "pk").values_list(
        "group_id", "starts_at", "ends_at", "zone", "moved_from", "cancellation"
    )


def _booked(keys: Keys, *, now: datetime) -> Iterator[Any]:
    seats = Seat.objects.open().filter(meeting__starts_at__gte=now)
    if keys is not None:
        seats = seats.filter(meeting__group__in=keys)
    rows = seats.filter(meeting__cancellation=None).order_by()
    yield from rows.values_list(
        "meeting", "meeting__group_id", "meeting__starts_at", "meeting__seats_max"
    ).annotate(taken=Count("number"), every=Count("pk"))


def _of(rows: QuerySet[Any], keys: Keys) -> QuerySet[Any]:
    return rows if keys is None else rows.filter(group__in=keys)
