"""Who may be written to, about what, and how a letter looks."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from hearthside.accounts import queries as accounts
from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person
from hearthside.notices.enums import UNNAMED, Kind
from hearthside.notices.models import Letter, Unsubscription

# The signature alone carries the right to stop one kind of letter to one person: no sign-in, no expiry
# (RFC 8058), and nothing else can be done with it.
STOP = signing.Signer(salt="hearthside.notices.stop")


@dataclass(frozen=True)
class KindState:
    """One kind of letter, and whether the person gets it."""

    kind: Kind
    is_on: bool


def kinds_of(person: Person) -> list[KindState]:
    """Every kind, on unless the person turned it off."""
    stopped = set(Unsubscription.objects.filter(person=person).values_list("kind", flat=True))
    return [KindState(kind=kind, is_on=kind not in stopped) for kind in Kind]


def why_not(person: Person, kind: str, *, now: datetime) -> str:
    """Why the person must not get a letter of this kind; empty if they may."""
    if not person.is_active:
        return "account closed"
    if not accounts.confirmed_email(person):
        return "no confirmed address"
    if not accounts.agrees(person, Purpose.REMINDERS, now=now):
        return "no consent"
    if Unsubscription.objects.filter(person=person, kind=kind).exists():
        return "unsubscribed"
    return ""


def stop_token(person: Person, kind: str) -> str:
    """The part of an address that stops one kind of letter."""
    return STOP.sign(f"{person.pk.hex}.{kind}")


def mail_of(letter: Letter, *, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    """The letter as an e-mail in its reader's language; the same letter always has the same Message-ID."""
    stop_url = settings.SITE_URL + reverse(
        "letters_stop", args=[stop_token(letter.person, letter.kind)]
    )
    with translation.override(letter.language):
        context = {
            "letter": letter,
            "kind": "" if letter.kind in UNNAMED else letter.get_kind_display(),
            "stop_url": stop_url,
            "help_url": settings.SITE_URL + reverse("crisis"),
        }
        text = render_to_string("notices/mail/base.txt", context)
        html = render_to_string("notices/mail/base.html", context)
    mail = EmailMultiAlternatives(
        letter.subject,
        text,
        to=[accounts.confirmed_email(letter.person)],
        connection=connection,
        headers={
            # A second copy after a crash carries the same id, so mail servers and readers can tell.
            "Message-ID": message_id(letter),
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    mail.attach_alternative(html, "text/html")
    return mail


def message_id(letter: Letter) -> str:
    """RFC 5322 Message-ID made of the letter's own key."""
    return f"<letter-{letter.pk}@{urlsplit(settings.SITE_URL).hostname}>"
