"""A site's next seven days at a glance: how full, who waits, where nobody has said they will lead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hearthside.groups.enums import Stage
from hearthside.groups.models import Site
from hearthside.meetings.models import Duty, Meeting
from hearthside.meetings.queries.seats import Fullness

DAYS_AHEAD = timedelta(days=7)
ROWS_SHOWN = 40


@dataclass(frozen=True)
class OverviewRow:
    """One meeting that a coordinator may want to look at."""

    meeting: Meeting
    fullness: Fullness
    is_for_sure: bool

    @property
    def needs_care(self) -> bool:
        return not self.is_for_sure or self.fullness.waiting > 0


@dataclass(frozen=True)
class Overview:
    """The numbers of the week, and the meetings behind them: those that need care first."""

    meetings: int
    full: int
    waiting: int
    unconfirmed: int
    rows: Sequence[OverviewRow]
    more: int


def overview_of(site: Site, *, now: datetime) -> Overview:
    """The site's meetings of the next seven days, in two queries."""
    meetings = (
        Meeting.objects.standing()
        .within(from_at=now, until_at=now + DAYS_AHEAD)
        .filter(group__site=site, group__stage=Stage.OPEN)
        .with_counts()
        .select_related("group")
        .order_by("starts_at", "pk")
    )
    led = Duty.objects.leading().confirmed().filter(meeting__in=meetings.values("pk"))
    sure = set(led.values_list("meeting", flat=True))
    rows = [
        OverviewRow(row, Fullness(row.seats_max, row.taken, row.waiting), row.pk in sure)
        for row in meetings
    ]
    rows.sort(key=lambda row: not row.needs_care)
    return Overview(
        meetings=len(rows),
        full=sum(not row.fullness.left for row in rows),
        waiting=sum(row.fullness.waiting for row in rows),
        unconfirmed=sum(not row.is_for_sure for row in rows),
        rows=rows[:ROWS_SHOWN],
        more=max(len(rows) - ROWS_SHOWN, 0),
    )
