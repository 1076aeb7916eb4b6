"""What runs by the clock: places that nobody took are put away, and people who wait are told. Safe to run twice."""

from django.utils import timezone
from django_tasks import task

from hearthside.placing import inviting
from hearthside.placing.actions import (
    invitations,
    requests,
    runs,
    together,
    waiting_letters,
)


@task()
def look_after_waiting() -> int:
    """Put away what has run out, and write to those who wait; returns how many letters."""
    now = timezone.now()
    invitations.expire_due(now=now)
    together.tidy(now=now)
    requests.forget_old(now=now)
    return waiting_letters.tell_due(now=now)


@task()
def bury_lost_runs() -> int:
    """A run whose process died is marked so, and can be asked for again; how many. The next one begins.

    Invitations that a worker left off in the middle go on, too.
    """
    now = timezone.now()
    buried = runs.bury(now=now)
    runs.go_on()
    inviting.resume(now=now)
    return buried
