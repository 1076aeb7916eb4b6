"""What accounts itself holds about a person: to be seen, and to be erased."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.utils.translation import gettext as _

from hearthside.accounts.models import Consent, Person, RecoveryCode
from hearthside.accounts.ports import Held


class AccountHoldings:
    """A DataHolder for the account, its keys, sessions and consents."""

    def held(self, person: Person) -> Sequence[Held]:
        return [
            Held(
                _("Your account"),
                _("So that you can sign in and see times that are right for you."),
                [_account(person)],
            ),
            Held(
                _("E-mail addresses"),
                _("To send you what you asked for."),
                list(_addresses(person)),
            ),
            Held(
                _("Keys to your account"), _("To let you in, and nobody else."), list(_keys(person))
            ),
            Held(
                _("Where you are signed in"),
                _("So that you can sign out everywhere."),
                list(_sessions(person)),
            ),
            Held(
                _("What you agreed to"),
                _("To know what we may do, and to prove it."),
                list(_consents(person)),
            ),
        ]

    def erase(self, person: Person, *, now: datetime) -> None:  # noqa: ARG002 the Protocol's signature
        """All of it goes at once; no law asks us to keep any."""
        for session in UserSession.objects.filter(user=person):
            session.end()
        for rows in (EmailAddress, Authenticator):
            rows.objects.filter(user=person).delete()
        RecoveryCode.objects.filter(person=person).delete()
        Consent.objects.of(person).delete()
        # What operators did on their screens stays on record, without the name of whom they did it to.
        done = LogEntry.objects.filter(object_id=str(person.pk))
        done.update(object_id=None, object_repr="")


def _account(person: Person) -> dict[str, Any]:
    return {
        _("Pseudonym"): person.pseudonym,
        _("Language"): person.language,
        _("Time zone"): person.time_zone,
        _("Country"): person.country,
        _("Joined"): person.joined_at,
        _("Last sign-in"): person.last_login,
        _("Way back in since"): person.recovery_ready_at,
    }


def _addresses(person: Person) -> Iterable[dict[str, Any]]:
    for address in EmailAddress.objects.filter(user=person):
        yield {_("Address"): address.email, _("Confirmed"): address.verified}


def _keys(person: Person) -> Iterable[dict[str, Any]]:
    if person.has_usable_password():
        yield {_("Kind"): _("Password, kept only as a digest")}
    for key in Authenticator.objects.filter(user=person):
        yield {
            _("Kind"): _key_kind(key),
            _("Since"): key.created_at,
            _("Last used"): key.last_used_at,
        }
    for code in RecoveryCode.objects.filter(person=person):
        yield {
            _("Kind"): _("Recovery code, kept only as a digest"),
            _("Since"): code.made_at,
            _("Used"): code.used_at,
        }


def _key_kind(key: Authenticator) -> str:
    kinds = {
        Authenticator.Type.WEBAUTHN: _("Passkey"),
        Authenticator.Type.TOTP: _("App with six digits"),
        Authenticator.Type.RECOVERY_CODES: _("Spare codes for the second step"),
    }
    return kinds[key.type]


def _sessions(person: Person) -> Iterable[dict[str, Any]]:
    for session in UserSession.objects.filter(user=person):
        yield {
            _("Since"): session.created_at,
            _("Last seen"): session.last_seen_at,
            _("Address on the internet"): session.ip,
            _("Browser"): session.user_agent,
        }


def _consents(person: Person) -> Iterable[dict[str, Any]]:
    for consent in Consent.objects.of(person):
        yield {
            _("What"): consent.get_purpose_display(),
            _("Version"): consent.version,
            _("From"): consent.from_at,
            _("Until"): consent.until_at,
        }
