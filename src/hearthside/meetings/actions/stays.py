"""From who was in the room, and when, to the marks of the roster."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from hearthside.accounts.models import Person
from hearthside.meetings.enums import Mark
from hearthside.meetings.models import Attendance, Meeting, Seat
from hearthside.rooms.ports import Stay

# Nobody is called late, or said to have left early, for the minutes that a page takes to open.
GRACE = timedelta(minutes=10)


def write_down(
    *,
    meeting: Meeting,
    stays: Iterable[Stay],
    began_at: datetime,
    ended_at: datetime,
    by: Person | None,
    now: datetime,
) -> None:
    """Mark everybody who had a seat: came, came late, left early, or did not come.

    A mark that is there already stays: a facilitator wrote it, and knows better than a clock. Whoever
    gave their seat up is marked only if they came. Of the team nothing is written.
    """
    seats = Seat.objects.filter(meeting=meeting, number__isnull=False)
    seated = set(seats.open().values_list("person_id", flat=True))
    ever_seated = set(seats.values_list("person_id", flat=True))
    came = [
        _mark(stay, began_at=began_at, ended_at=ended_at)
        for stay in stays
        if stay.person.pk in ever_seated
    ]
    missed = seated - {mark.person_id for mark in came}
    marks = [*came, *(Attendance(person_id=each, mark=Mark.MISSED) for each in missed)]
    for mark in marks:
        mark.meeting, mark.recorded_by, mark.recorded_at = meeting, by, now
    Attendance.objects.bulk_create(marks, ignore_conflicts=True)


def _mark(stay: Stay, *, began_at: datetime, ended_at: datetime) -> Attendance:
    """Came, with the times that the roster keeps: those of whoever was late, or left early."""
    mark = Attendance(person=stay.person, mark=Mark.CAME)
    if stay.came_at > began_at + GRACE:
        mark.mark, mark.arrived_at = Mark.LATE, min(stay.came_at, ended_at)
    if stay.left_at < ended_at - GRACE:
        mark.mark, mark.left_at = Mark.LEFT, max(stay.left_at, began_at)
    return mark
