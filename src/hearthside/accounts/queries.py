"""What accounts knows about people: their confirmed e-mail, factors, consents, and all that is held."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from random import Random

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from hearthside.accounts import ports
from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Consent, Person, RecoveryCode, sounds_like
from hearthside.accounts.wordings import Wording, suggested, wording

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class ConsentState:
    """One purpose: its words, the consent in force if there is one, and every one there ever was."""

    wording: Wording
    given: Consent | None
    history: tuple[Consent, ...]


@dataclass(frozen=True)
class Protection:
    """How an account is protected, in numbers for its owner."""

    has_password: bool
    passkeys: int
    has_app: bool
    codes_left: int
    sessions: int
    email: str
    is_email_confirmed: bool


def confirmed_email(person: Person) -> str:
    """The address that may be written to; empty if there is none or it was never confirmed."""
    address = EmailAddress.objects.filter(user=person, verified=True).order_by("-primary").first()
    return str(address.email) if address else ""


def agrees(person: Person, purpose: Purpose, *, now: datetime) -> bool:
    """True while a consent of the person to this purpose is in force."""
    return Consent.objects.of(person).in_force(now=now).filter(purpose=purpose).exists()


def consents_of(person: Person, *, language: str) -> list[ConsentState]:
    """Each purpose with its words, what is in force and the history; newest first."""
    rows = list(Consent.objects.of(person))
    return [_state(purpose, rows, language=language) for purpose in Purpose]


def has_second_factor(person: Person) -> bool:
    return bool(Authenticator.objects.filter(user=person, type__in=FACTORS).exists())


def without_second_factor(people: Iterable[Person]) -> list[str]:
    """The pseudonyms of those among the people who have no passkey and no authenticator app."""
    named = {person.pk: person.pseudonym for person in people}
    protected = Authenticator.objects.filter(user__in=named, type__in=FACTORS)
    for pk in protected.values_list("user", flat=True):
        named.pop(pk, None)
    return sorted(named.values())


def protection_of(person: Person) -> Protection:
    """What guards the account and leads back into it."""
    types = list(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    return Protection(
        has_password=person.has_usable_password(),
        passkeys=types.count(Authenticator.Type.WEBAUTHN),
        has_app=Authenticator.Type.TOTP in types,
        codes_left=RecoveryCode.objects.filter(person=person, used_at=None).count(),
        sessions=UserSession.objects.filter(user=person).count(),
        email=person.email,
        is_email_confirmed=bool(confirmed_email(person)),
    )


def everything_held(person: Person) -> list[ports.Held]:
    """All that every app holds about the person, in the order of the floors, from the top down."""
    return [held for holder in ports.holders().values() for held in holder.held(person)]


def free_pseudonyms(*, language: str, chance: Random, count: int = 3) -> list[str]:
    """Up to `count` gentle pseudonyms that nobody has."""
    names = suggested(language=language, chance=chance, count=count * 3)
    taken = set(
        Person.objects.filter(pseudonym_key__in=map(sounds_like, names)).values_list(
            "pseudonym_key", flat=True
        )
    )
    return [name for name in names if sounds_like(name) not in taken][:count]


def _state(purpose: Purpose, rows: list[Consent], *, language: str) -> ConsentState:
    history = tuple(row for row in rows if row.purpose == purpose)
    return ConsentState(
        wording=wording(purpose, language=language),
        given=next((row for row in history if row.until_at is None), None),
        history=history,
    )
