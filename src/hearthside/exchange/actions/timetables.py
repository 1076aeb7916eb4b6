"""The timetables of listed groups: begun many at once, changed one by one since people may have seats."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from hearthside.accounts.models import Person
from hearthside.exchange.queries.schedules import series_of
from hearthside.meetings.actions.series import change_series, end_series
from hearthside.meetings.models import Series

AT_ONCE = 500


def begin(*, schedules: Mapping[UUID, Mapping[str, Any] | None], now: datetime) -> None:
    """Each group meets by its timetable from today on; its meetings are made when series are planned."""
    Series.objects.bulk_create(
        [
            _series(group_id, schedule, now=now)
            for group_id, schedule in schedules.items()
            if schedule
        ],
        batch_size=AT_ONCE,
    )


def change(
    *,
    schedules: Mapping[UUID, Mapping[str, Any] | None],
    by: Person | None,
    now: datetime,
) -> None:
    """Each group meets by another timetable, or by none; whoever has a seat is told."""
    running = Series.objects.filter(group__in=list(schedules), ended_at=None)
    present = {series.group_id: series for series in running.order_by("-starts_local")}
    begin(schedules={key: each for key, each in schedules.items() if key not in present}, now=now)
    for group_id, series in present.items():
        schedule = schedules[group_id]
        if schedule is None:
            end_series(series=series, by=by, now=now)
        else:
            wanted = _series(group_id, schedule, now=now).recurrence()
            change_series(series=series, recurrence=wanted, by=by, now=now)


def _series(group_id: UUID, schedule: Mapping[str, Any], *, now: datetime) -> Series:
    series = series_of(schedule, now=now)
    series.group_id = group_id
    return series
