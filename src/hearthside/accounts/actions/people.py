"""Making an account, setting it up to one's liking, and erasing it everywhere."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import IntegrityError, transaction

from hearthside.accounts import ports
from hearthside.accounts.actions import consents
from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person


class PseudonymIsTaken(Exception):
    """Somebody got there first."""


@dataclass(frozen=True)
class Newcomer:
    """What somebody told us when signing up. The key is chosen early, for a passkey is made for it."""

    pseudonym: str
    purposes: Collection[Purpose]
    email: str = ""
    language: str = ""
    time_zone: str = ""
    id: UUID = field(default_factory=uuid4)


def sign_up_with_password(*, newcomer: Newcomer, password: str, now: datetime) -> Person:
    """A new account that opens with a password. Raises PseudonymIsTaken."""
    with transaction.atomic():
        return _welcome(newcomer, password=password, now=now)


def sign_up_with_passkey(
    *, newcomer: Newcomer, credential: dict[str, Any], name: str, now: datetime
) -> Authenticator:
    """A new account that opens with a passkey whose credential was checked. Raises PseudonymIsTaken."""
    with transaction.atomic():
        person = _welcome(newcomer, password=None, now=now)
        return WebAuthn.add(person, name, credential).instance


def add_passkey(*, person: Person, credential: dict[str, Any], name: str) -> Authenticator:
    """One more passkey, whose credential was checked."""
    return WebAuthn.add(person, name, credential).instance


def settle(*, person: Person, language: str, time_zone: str, country: str) -> None:
    """Keep how the person wants pages, times and crisis help."""
    person.language, person.time_zone, person.country = language, time_zone, country
    person.save(update_fields=["language", "time_zone", "country"])


def erase(*, person: Person, now: datetime) -> None:
    """Erase the person everywhere, in one transaction: every app first, then the account itself."""
    with transaction.atomic():
        for holder in ports.holders().values():
            holder.erase(person, now=now)
        person.delete()


def _welcome(newcomer: Newcomer, *, password: str | None, now: datetime) -> Person:
    try:
        with transaction.atomic():
            person = Person.objects.create_user(
                newcomer.pseudonym,
                password,
                id=newcomer.id,
                language=newcomer.language,
                time_zone=newcomer.time_zone,
                email=newcomer.email,
            )
    except IntegrityError as error:
        raise PseudonymIsTaken from error
    if newcomer.email:
        EmailAddress.objects.create(user=person, email=newcomer.email, primary=True)
    for purpose in newcomer.purposes:
        consents.give(person=person, purpose=purpose, language=newcomer.language, now=now)
    return person
