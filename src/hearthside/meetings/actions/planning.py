"""From a series to its meetings: made ahead, each once, whoever asks and however often."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from hearthside.meetings.actions.seats import resize
from hearthside.meetings.models import Meeting, Series
from peerkit.calendar import Occurrence, occurrences

WEEKS_AHEAD = 13
SERIES_AT_ONCE = 200
# A recurrence id is a local time: no zone is further than this from UTC, and no clock jumps further.
ZONES_APART = timedelta(days=2)


def plan(*, series: Series, now: datetime, weeks: int = WEEKS_AHEAD) -> int:
    """Make the series' meetings that start from now on; returns how many are new."""
    return _plan_batch([series.pk], now=now, weeks=weeks)


def plan_running(*, now: datetime, weeks: int = WEEKS_AHEAD) -> int:
    """Make the meetings of every running series that start from now on; returns how many are new."""
    ids = list(Series.objects.running().order_by("pk").values_list("pk", flat=True))
    batches = (ids[at : at + SERIES_AT_ONCE] for at in range(0, len(ids), SERIES_AT_ONCE))
    return sum(_plan_batch(batch, now=now, weeks=weeks) for batch in batches)


def fit_chairs(*, now: datetime) -> int:
    """Give meetings to come as many chairs as their group now has room for; returns how many changed."""
    coming = Meeting.objects.filter(starts_at__gt=now).exclude(seats_max=F("group__size_max"))
    meetings = list(coming.select_related("group").order_by("pk"))
    for meeting in meetings:
        resize(meeting=meeting, seats_max=meeting.group.size_max, now=now)
    return len(meetings)


@transaction.atomic
def _plan_batch(ids: Sequence[UUID], *, now: datetime, weeks: int) -> int:
    # Locked, so that a series is not given another rule between reading it and writing its meetings.
    locked = Series.objects.select_for_update(of=("self",), no_key=True).select_related("group")
    rows = list(locked.filter(pk__in=ids, ended_at=None).order_by("pk"))
    from_local = (now - ZONES_APART).strftime("%Y-%m-%dT%H:%M")
    made = Meeting.objects.filter(series__in=rows, local_start__gte=from_local)
    known = set(made.values_list("series_id", "local_start"))
    new = [
        meeting
        for series in rows
        for meeting in _meetings(series, from_at=now, until_at=now + timedelta(weeks=weeks))
        if (series.pk, meeting.local_start) not in known
    ]
    Meeting.objects.bulk_create(new, ignore_conflicts=True, batch_size=1000)
    return len(new)


def _meetings(series: Series, *, from_at: datetime, until_at: datetime) -> list[Meeting]:
    times = occurrences(series.recurrence(), from_at=from_at, until_at=until_at)
    return [_meeting_at(series, time) for time in times]


def _meeting_at(series: Series, time: Occurrence) -> Meeting:
    """The meeting (not saved) of a series at one of its times."""
    return Meeting(
        group_id=series.group_id,
        series=series,
        local_start=time.local.strftime("%Y-%m-%dT%H:%M"),
        zone=series.zone,
        starts_at=time.starts_at,
        ends_at=time.ends_at,
        seats_max=series.group.size_max,
    )
