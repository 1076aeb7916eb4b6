"""What runs by the clock: meetings made ahead, the rota asked, reminders written. Safe to run twice."""

from django.utils import timezone
from django_tasks import task

from hearthside.meetings.actions import duties, planning, reminders


@task()
def plan_all() -> int:
    """Keep every running series planned a quarter of a year ahead; returns how many meetings are new."""
    now = timezone.now()
    planning.fit_chairs(now=now)
    return planning.plan_running(now=now)


@task()
def remind() -> int:
    """Ask who leads and greets, and write the reminders that are due; returns how many letters."""
    now = timezone.now()
    return duties.ask_all(now=now) + reminders.remind(now=now)
