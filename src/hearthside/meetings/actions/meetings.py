"""What happens to one meeting: moved, cancelled, held after all. It stays the same meeting throughout."""

from datetime import datetime

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.groups.actions.touching import touch
from hearthside.meetings.actions import letters, rooms
from hearthside.meetings.actions.duties import ask_again
from hearthside.meetings.actions.locks import lock
from hearthside.meetings.actions.refusals import (
    MeetingIsCancelled,
    MeetingIsOver,
    NothingToUndo,
    TimeIsPast,
)
from hearthside.meetings.actions.seats import fill
from hearthside.meetings.models import Cancellation, Meeting, Move


@transaction.atomic
def move(
    *, meeting: Meeting, starts_at: datetime, ends_at: datetime, by: Person | None, now: datetime
) -> Meeting:
    """Give the meeting another time and tell everyone who has a seat or waits for one.

    Raises MeetingIsOver, MeetingIsCancelled or TimeIsPast. The same time again changes nothing.
    """
    meeting = lock(meeting=meeting)
    if meeting.is_over(now=now):
        raise MeetingIsOver
    if meeting.is_cancelled():
        raise MeetingIsCancelled
    if starts_at <= now:
        raise TimeIsPast
    if (starts_at, ends_at) == (meeting.starts_at, meeting.ends_at):
        return meeting
    Move.objects.create(
        meeting=meeting,
        by=by,
        at=now,
        old_starts_at=meeting.starts_at,
        old_ends_at=meeting.ends_at,
        new_starts_at=starts_at,
    )
    letters.call_off(meeting=meeting, now=now)
    _set_time(meeting, starts_at, ends_at)
    rooms.keep_time(meeting=meeting)
    letters.moved(meeting=meeting, now=now)
    ask_again(meeting=meeting, by=by, now=now)
    touch(groups=[meeting.group_id], now=now)
    return meeting


@transaction.atomic
def move_back(*, meeting: Meeting, by: Person | None, now: datetime) -> Meeting:
    """Undo the newest move; raises NothingToUndo, and what `move` raises."""
    meeting = lock(meeting=meeting)
    last = meeting.moves.last()
    if last is None or last.new_starts_at != meeting.starts_at:
        raise NothingToUndo
    return move(
        meeting=meeting, starts_at=last.old_starts_at, ends_at=last.old_ends_at, by=by, now=now
    )


@transaction.atomic
def cancel(*, meeting: Meeting, message: str, by: Person | None, now: datetime) -> Meeting:
    """Say that the meeting does not take place and tell everyone with a seat or in line.

    Seats stay, so that `restore` finds them. A cancelled meeting stays as it is. Raises MeetingIsOver.
    """
    meeting = lock(meeting=meeting)
    if meeting.is_over(now=now):
        raise MeetingIsOver
    if not meeting.is_cancelled():
        Cancellation.objects.create(meeting=meeting, by=by, at=now, message=message)
        _revise(meeting)
        rooms.give_up(meeting=meeting, now=now)
        letters.call_off(meeting=meeting, now=now)
        letters.cancelled(meeting=meeting, message=message, by=by, now=now)
        touch(groups=[meeting.group_id], now=now)
    return meeting


@transaction.atomic
def restore(*, meeting: Meeting, now: datetime) -> Meeting:
    """Undo a cancellation: the meeting takes place after all, and everyone is told. Raises MeetingIsOver."""
    meeting = lock(meeting=meeting)
    if meeting.is_over(now=now):
        raise MeetingIsOver
    if meeting.is_cancelled():
        meeting.cancellation.delete()
        meeting = lock(meeting=meeting)
        _revise(meeting)
        rooms.let_go(meeting=meeting)
        letters.restored(meeting=meeting, now=now)
        fill(meeting=meeting, now=now)
        touch(groups=[meeting.group_id], now=now)
    return meeting


def _set_time(meeting: Meeting, starts_at: datetime, ends_at: datetime) -> None:
    first = meeting.moved_from or meeting.starts_at
    meeting.moved_from = None if first == starts_at else first
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    meeting.revision += 1
    meeting.save(update_fields=["moved_from", "starts_at", "ends_at", "revision"])


def _revise(meeting: Meeting) -> None:
    meeting.revision += 1
    meeting.save(update_fields=["revision"])
