"""What runs by the clock: places that nobody took are put away, and people who wait are told. Safe to run twice."""

from django.utils import timezone
from django_tasks import task

from hearthside.placing.actions import invitations, runs, together, waiting_letters


@task()
def look_after_waiting() -> int:
    """Put away what has run out, and write to those who wait; returns how many letters."""
    now = timezone.now()
    invitations.expire_due(now=now)
    together.tidy(now=now)
    return waiting_letters.tell_due(now=now)


@task()
def bury_lost_runs() -> int:
    """A run whose process died is marked so, and can be asked for again; how many. The next one begins."""
    buried = runs.bury(now=timezone.now())
    runs.go_on()
    return buried
