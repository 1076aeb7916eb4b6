"""What runs by the clock: meetings made ahead, the rota asked, reminders written. Safe to run twice."""

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from hearthside.meetings.actions import (
    arrivals,
    debrief,
    duties_rota,
    ladder,
    planning,
    reminders,
    room_safety,
)


@task()
def plan_all() -> int:
    """Keep every running series planned a quarter of a year ahead; returns how many meetings are new."""
    now = timezone.now()
    planning.fit_chairs(now=now)
    debrief.erase_expired(now=now)
    return planning.plan_running(now=now)


@task()
def remind() -> int:
    """Ask who leads and greets, and write the reminders that are due; returns how many letters."""
    now = timezone.now()
    debrief.ask_after_meetings(now=now)
    return duties_rota.ask_all(now=now) + reminders.remind(now=now)


@task()
def find_leads() -> int:
    """Look for somebody who leads, or keeps a room safe, wherever nobody does; returns how many steps."""
    # The made-up people of a demonstration never answer and never come to a door.
    if settings.DEMO:
        return 0
    now = timezone.now()
    asked = arrivals.ask_at_the_door(now=now)
    return asked + ladder.climb_all(now=now) + room_safety.watch_all(now=now)
