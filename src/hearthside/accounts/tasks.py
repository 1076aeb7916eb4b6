"""What accounts does later, again and again: let go of what is no longer needed."""

from datetime import datetime
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from django_tasks import task

from hearthside.accounts import access
from hearthside.accounts.models import Retained


@task()
def tidy() -> None:
    """Forget ended sessions and old tries (they hold internet addresses), and what was kept long enough."""
    now = timezone.now()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    _forget_unfinished(now=now)
    Retained.objects.filter(erase_on__lte=now.date()).delete()
    _forget_tries(now=now)


def _forget_tries(*, now: datetime) -> None:
    """The cache, where tries to sign in are counted, drops what is over only when it is full."""
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} WHERE expires < %s",  # noqa: S608 - the table's name is our own setting
            [connection.ops.adapt_datetimefield_value(now)],
        )


def _forget_unfinished(*, now: datetime) -> None:
    """A name and an address, typed for an account that was never made, are gone after half an hour."""
    for session in Session.objects.exclude(
        session_key__in=UserSession.objects.values("session_key")
    ):
        kept = session.get_decoded().get(access.PENDING)
        if kept and not access.is_expected(kept, now=now):
            session.delete()
