"""The timetable of a group: begun, changed, ended."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.groups.actions.touching import touch
from hearthside.groups.models import Group
from hearthside.meetings.actions import letters, rooms
from hearthside.meetings.actions.duties import ask_again
from hearthside.meetings.actions.meetings import cancel
from hearthside.meetings.actions.planning import plan
from hearthside.meetings.models import Meeting, Series
from peerkit.calendar import Occurrence, Recurrence, occurrences

# Far enough to find a new time for every meeting that was planned by the old timetable.
HORIZON = timedelta(weeks=30)


@transaction.atomic
def start_series(*, group: Group, recurrence: Recurrence, now: datetime) -> Series:
    """Let the group meet by this timetable, and make its next meetings."""
    series = Series(group=group)
    _set_timetable(series, recurrence)
    plan(series=series, now=now)
    touch(groups=[group.pk], now=now)
    return series


@transaction.atomic
def change_series(
    *, series: Series, recurrence: Recurrence, by: Person | None, now: datetime
) -> Series:
    """Let the meetings still to come follow another timetable.

    Each becomes the nearest new meeting of the same week: people keep their seats and are told. A
    meeting that finds no place in the new timetable is cancelled if someone has a seat, else removed.
    """
    series = _lock(series)
    _set_timetable(series, recurrence)
    old = {meeting.local_start: meeting for meeting in _still_to_come(series, now=now)}
    times = occurrences(recurrence, from_at=now, until_at=now + HORIZON)
    new = {time.local.strftime("%Y-%m-%dT%H:%M"): time for time in times}
    leaving = {local: meeting for local, meeting in old.items() if local not in new}
    vacant = {local: time for local, time in new.items() if local not in old}
    for meeting in leaving.values():
        time = _nearest_of_week(meeting, vacant)
        if time is None:
            _take_off(meeting, by=by, now=now)
        else:
            del vacant[time.local.strftime("%Y-%m-%dT%H:%M")]
            _follow(meeting, series, time, by=by, now=now)
    for local in old.keys() & new.keys():
        _follow(old[local], series, new[local], by=by, now=now)
    plan(series=series, now=now)
    touch(groups=[series.group_id], now=now)
    return series


@transaction.atomic
def end_series(*, series: Series, by: Person | None, now: datetime) -> Series:
    """Let the group meet by this timetable no longer.

    Meetings to come are cancelled, and people told, where someone has a seat; the others are removed.
    """
    series = _lock(series)
    if series.ended_at is None:
        series.ended_at = now
        series.save(update_fields=["ended_at"])
        for meeting in _still_to_come(series, now=now):
            _take_off(meeting, by=by, now=now)
        touch(groups=[series.group_id], now=now)
    return series


def _lock(series: Series) -> Series:
    return (
        Series.objects.select_for_update(of=("self",), no_key=True)
        .select_related("group")
        .get(pk=series.pk)
    )


def _set_timetable(series: Series, recurrence: Recurrence) -> None:
    series.starts_local = recurrence.starts.strftime("%Y-%m-%dT%H:%M")
    series.zone = recurrence.zone
    series.minutes = recurrence.minutes
    series.rule = recurrence.rule
    series.save()


def _still_to_come(series: Series, *, now: datetime) -> Iterable[Meeting]:
    rows = series.meetings.filter(starts_at__gt=now).order_by("pk")
    return rows.select_for_update(of=("self",), no_key=True).select_related("group")


def _nearest_of_week(meeting: Meeting, times: dict[str, Occurrence]) -> Occurrence | None:
    was = datetime.fromisoformat(meeting.local_start)
    week = [
        time for time in times.values() if time.local.isocalendar()[:2] == was.isocalendar()[:2]
    ]
    return min(week, key=lambda time: abs(time.local - was), default=None)


def _follow(
    meeting: Meeting, series: Series, time: Occurrence, *, by: Person | None, now: datetime
) -> None:
    """Put the meeting where the timetable has it; whoever has a seat is told if that is another time."""
    is_elsewhere = (meeting.starts_at, meeting.ends_at) != (time.starts_at, time.ends_at)
    meeting.local_start = time.local.strftime("%Y-%m-%dT%H:%M")
    meeting.zone = series.zone
    if is_elsewhere:
        meeting.starts_at, meeting.ends_at = time.starts_at, time.ends_at
        meeting.moved_from = None
        meeting.revision += 1
    meeting.save(
        update_fields=["local_start", "zone", "starts_at", "ends_at", "moved_from", "revision"]
    )
    if is_elsewhere and not meeting.is_cancelled():
        rooms.keep_time(meeting=meeting)
        letters.moved(meeting=meeting, now=now)
        ask_again(meeting=meeting, by=by, now=now)


def _take_off(meeting: Meeting, *, by: Person | None, now: datetime) -> None:
    if meeting.seats.exists() or meeting.room_id is not None or meeting.is_cancelled():
        cancel(
            meeting=meeting,
            message=_("The group meets at other times from now on."),
            by=by,
            now=now,
        )
    else:
        meeting.delete()
