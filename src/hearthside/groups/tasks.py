"""What groups does by the clock: renewals told of in time, old notes erased. Safe to run twice."""

from django.utils import timezone
from django_tasks import task

from hearthside.groups.actions import supervision, training_letters


@task()
def look_after_facilitators() -> int:
    """Write of sign-offs that end soon or have ended; returns how many were looked at."""
    now = timezone.now()
    supervision.erase_expired(now=now)
    return training_letters.remind(now=now)
