"""What runs by the clock: rooms closed that nobody closed, and what was kept long enough erased. Safe to run twice."""

from datetime import timedelta
from typing import Final

from django.utils import timezone
from django_tasks import task

from hearthside.rooms.actions import closing, receipts, reports, traces

# After a close, the log is emptied again and again for a while, should somebody have been reading it.
TRY_AGAIN_FOR: Final = timedelta(minutes=10)
# A little more than the hour after which this runs again.
ANEW_FOR: Final = timedelta(minutes=65)


@task()
def close_overdue() -> int:
    """Close rooms whose meeting is long over; returns how many."""
    now = timezone.now()
    closed = closing.close_overdue(now=now)
    if traces.closed_since(moment=now - TRY_AGAIN_FOR):
        traces.empty_log()
    return closed


@task()
def erase_expired() -> int:
    """Erase receipts, key packages, devices and reports whose time is over; returns how many rows went.

    If a room was closed meanwhile, the files are rid of what deleted rows may have left in them.
    """
    now = timezone.now()
    erased = receipts.erase_expired(now=now) + reports.erase_expired()
    if erased or traces.closed_since(moment=now - ANEW_FOR):
        traces.write_anew()
    return erased
