"""Secret addresses of personal calendars: made, shown once, revoked."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.exchange.models import CalendarLink, digest_of

BYTES = 32
MOST_LINKS = 10
NOTED_EVERY = timedelta(hours=1)


class TooManyLinks(Exception):
    """Somebody with that many calendars has lost count: one has to go first."""


@transaction.atomic
def make_link(*, person: Person, is_discreet: bool, now: datetime) -> str:
    """The secret of a new address; it is told this once and cannot be read again. Raises TooManyLinks."""
    if CalendarLink.objects.of(person).in_force(now=now).count() >= MOST_LINKS:
        raise TooManyLinks
    secret = secrets.token_urlsafe(BYTES)
    CalendarLink.objects.create(
        person=person, digest=digest_of(secret), is_discreet=is_discreet, from_at=now
    )
    return secret


def revoke(*, link: CalendarLink, now: datetime) -> None:
    """The address answers nobody any more."""
    CalendarLink.objects.filter(pk=link.pk, until_at=None).update(until_at=now)


def note_reading(*, link: CalendarLink, now: datetime) -> None:
    """Remember roughly when a calendar last asked, so that a forgotten address can be told."""
    if link.last_read_at is None or now - link.last_read_at > NOTED_EVERY:
        CalendarLink.objects.filter(pk=link.pk).update(last_read_at=now)
