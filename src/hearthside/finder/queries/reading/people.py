"""What a group's people have in common, and whether first visitors come again: sums that reveal nobody."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import F, Window
from django.db.models.functions import Lead, RowNumber

from hearthside.groups.models import Membership
from hearthside.meetings.enums import Mark
from hearthside.meetings.models import Attendance
from peerkit.matching import Tree

# Fewer than so many people are never counted out loud, nor told to anything that might.
FEWEST: Final = 3
FIRST_VISITS: Final = 10
AGAIN_WITHIN: Final = timedelta(days=60)
LOOKED_BACK: Final = timedelta(days=730)
# As many visits at the programme's own share are added to each group's, so that few say little.
DRAWN: Final = 20


def makeups(
    keys: Collection[UUID] | None, tree: Tree, *, now: datetime
) -> Mapping[UUID, Mapping[str, int]]:
    """How many who belong to a group live with each experience, or with a part of it, in one query.

    Only people who keep a wish are counted, by its main experience. Counts below 3 are not in it.
    """
    living = Membership.objects.belonging(now=now).exclude(person__wish__main=None)
    if keys is not None:
        living = living.filter(group__in=keys)
    counts: defaultdict[UUID, Counter[str]] = defaultdict(Counter)
    for group, slug in living.values_list("group_id", "person__wish__main__slug").iterator():
        counts[group].update((slug, *tree.ancestors(slug)))
    told = {group: _told(count) for group, count in counts.items()}
    return {group: makeup for group, makeup in told.items() if makeup}


def returns(*, now: datetime) -> Mapping[UUID, float]:
    """The share of first-time visitors who came again within 60 days, by group, in one query.

    Only groups with ten first visits or more are in it, each drawn towards the programme's mean.
    """
    came: Counter[UUID] = Counter()
    again: Counter[UUID] = Counter()
    for group, first, second in _first_visits(now=now):
        came[group] += 1
        again[group] += second is not None and second - first <= AGAIN_WITHIN
    if not came:
        return {}
    mean = again.total() / came.total()
    return {
        group: (again[group] + DRAWN * mean) / (count + DRAWN)
        for group, count in came.items()
        if count >= FIRST_VISITS
    }


def _told(count: Counter[str]) -> Mapping[str, int]:
    return {slug: many for slug, many in count.items() if many >= FEWEST}


def _first_visits(*, now: datetime) -> Iterator[tuple[UUID, datetime, datetime | None]]:
    """Each person's first visit to each group, long enough ago to have come again, and their second."""
    each, in_time = [F("group"), F("person")], F("at").asc()
    visits = (
        Attendance.objects.exclude(mark=Mark.MISSED)
        .annotate(group=F("meeting__group_id"), at=F("meeting__starts_at"))
        .annotate(
            turn=Window(RowNumber(), partition_by=each, order_by=in_time),
            second=Window(Lead("at"), partition_by=each, order_by=in_time),
        )
        .filter(turn=1, at__lte=now - AGAIN_WITHIN, at__gt=now - LOOKED_BACK)
    )
    yield from visits.order_by().values_list("group", "at", "second").iterator()
