"""Who a session belongs to, and which of those who were signed in a moment ago still are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final, TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from hearthside.accounts import access
from hearthside.accounts.models import Person

# Keys in one query, below what any SQLite takes.
MOST: Final = 500

T = TypeVar("T")
# What a session remembers.
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ticket:
    """One person signed in through one session; `password` is the hash that the session was made under."""

    person_id: UUID
    session_key: str
    password: str


def signed_in(session_keys: Iterable[str], *, now: datetime) -> dict[str, tuple[Person, Ticket]]:
    """Whose sessions they are, by key: only of those whom every page of the site would know now.

    As `django.contrib.auth.get_user` decides it, but sessions are only read: under an older secret key
    that function would give one a new name, which this browser would never be told.
    """
    found = {row.pk: row.get_decoded() for row in _live_sessions(set(session_keys), now)}
    people = _people({data.get(SESSION_KEY, "") for data in found.values()})
    known = ((key, data, people.get(data.get(SESSION_KEY, ""))) for key, data in found.items())
    return {
        key: (person, Ticket(person.pk, key, person.password))
        for key, data, person in known
        if person is not None and _is_of(data, person) and not _owes_a_proof(person, data)
    }


def void(tickets: Iterable[Ticket], *, now: datetime) -> set[Ticket]:
    """Those that no longer hold: signed out, expired, another password since, deactivated, erased."""
    asked = set(tickets)
    live = _live_keys({ticket.session_key for ticket in asked}, now)
    passwords = _passwords({ticket.person_id for ticket in asked})
    return {
        ticket
        for ticket in asked
        if ticket.session_key not in live or passwords.get(ticket.person_id) != ticket.password
    }


def _people(keys: set[str]) -> dict[str, Person]:
    """By key, as sessions write it; none for what is no key."""
    found = Person.objects.filter(is_active=True, pk__in=filter(None, map(_uuid, keys)))
    return {str(person.pk): person for person in found}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _is_of(data: Data, person: Person) -> bool:
    kept = data.get(HASH_SESSION_KEY, "")
    known = [person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()]
    return any(constant_time_compare(kept, one) for one in known)


def _owes_a_proof(person: Person, data: Data) -> bool:
    """As accounts.middleware.SecondFactorMiddleware asks it before every page."""
    if settings.DEMO or not access.must_prove_twice(person):
        return False
    request = HttpRequest()
    request.session, request.user = data, person  # type: ignore[assignment]
    return access.second_factor_missing(person) or not access.proved_twice(request)


def _live_sessions(keys: set[str], now: datetime) -> Iterator[Session]:
    found = Session.objects.filter(expire_date__gt=now)
    for some in _portions(keys):
        yield from found.filter(pk__in=some)


def _live_keys(keys: set[str], now: datetime) -> set[str]:
    found = Session.objects.filter(expire_date__gt=now)
    return {
        key
        for some in _portions(keys)
        for key in found.filter(pk__in=some).values_list("pk", flat=True)
    }


def _passwords(people: set[UUID]) -> dict[UUID, str]:
    found = Person.objects.filter(is_active=True)
    return {
        key: password
        for some in _portions(people)
        for key, password in found.filter(pk__in=some).values_list("pk", "password")
    }


def _portions(keys: Iterable[T]) -> Iterator[Sequence[T]]:
    left = iter(keys)
    while some := list(islice(left, MOST)):
        yield some
