"""What notices does later: sending, and forgetting what was sent."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from hearthside.notices import actions

KEEP_SENT = timedelta(days=90)


@task()
def send_due() -> None:
    """Send every letter that is due, and forget old ones."""
    actions.send_due(clock=timezone.now)
    actions.forget(before=timezone.now() - KEEP_SENT)
