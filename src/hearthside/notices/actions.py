"""Writing letters, calling them off, stopping and starting kinds, and sending what is due."""

import logging
import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from uuid import UUID

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import override
from django_stubs_ext import StrPromise

from hearthside.accounts.models import Person
from hearthside.notices import queries
from hearthside.notices.enums import Kind
from hearthside.notices.models import Letter, Unsubscription

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]

# Much longer than one sending can take (EMAIL_TIMEOUT is 20 s for each answer of the mail server).
LEASE = timedelta(minutes=5)
BATCH = 100
TRIES = 8
PERMANENT = range(500, 600)
ADDRESS = re.compile(r"[^\s@<>'\"]+@[^\s@<>'\"]+")


def post(
    *,
    person: Person,
    kind: str,
    about: str,
    subject: str,
    text: str,
    html: str = "",
    due_at: datetime,
    now: datetime,
    expires_at: datetime | None = None,
) -> Letter | None:
    """Write a letter once: the same person, kind and thing again gives the letter there is.

    None if the person has no confirmed address, no consent to letters, or stopped this kind. `text` is
    plain text; `html` may hold a fragment, and is made from the text where it is empty.
    """
    if queries.why_not(person, kind, now=now):
        return None
    letter, _ = Letter.objects.get_or_create(
        person=person,
        kind=kind,
        about=about,
        defaults={
            "subject": subject,
            "text": text,
            "html": html,
            "language": person.language or "en",
            "written_at": now,
            "due_at": due_at,
            "expires_at": expires_at,
        },
    )
    return letter


def tell(
    *,
    person: Person,
    kind: str,
    about: str,
    subject: StrPromise,
    text: StrPromise,
    path: str,
    now: datetime,
    values: Mapping[str, object] | None = None,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
) -> Letter | None:
    """Post a few plain words and one address of this site, in the language that the person reads.

    The words are lazy, so that they are spoken in that language and not in that of whoever acts; `text` has
    a place for the address, %(url)s, and for each of the `values`. Due now, unless told otherwise; see `post`.
    """
    with override(person.language or settings.LANGUAGE_CODE):
        return post(
            person=person,
            kind=kind,
            about=about,
            subject=str(subject),
            text=str(text) % {"url": f"{settings.SITE_URL}{path}", **(values or {})},
            due_at=due_at or now,
            now=now,
            expires_at=expires_at,
        )


def call_off(
    *, about: str, because: str, now: datetime, kind: str = "", person: Person | None = None
) -> int:
    """Drop unsent letters about a thing, of one kind or all, to one person or all; how many were dropped."""
    letters = Letter.objects.waiting().filter(about=about)
    if kind:
        letters = letters.filter(kind=kind)
    if person is not None:
        letters = letters.filter(person=person)
    return letters.update(dropped_at=now, dropped_because=because[:200])


def stop(*, person: Person, kind: str, now: datetime) -> None:
    """No more letters of this kind; those already written are dropped when their time comes."""
    Unsubscription.objects.get_or_create(person=person, kind=kind, defaults={"since": now})


def resume(*, person: Person, kind: str) -> None:
    """Letters of this kind again."""
    Unsubscription.objects.filter(person=person, kind=kind).delete()


def choose(*, person: Person, wanted: Collection[str], now: datetime) -> None:
    """Letters of the wanted kinds and of no other."""
    with transaction.atomic():
        for kind in Kind:
            if kind in wanted:
                resume(person=person, kind=kind)
            else:
                stop(person=person, kind=kind, now=now)


def send_due(*, clock: Clock) -> int:
    """Send every letter that is due; how many the mail server took.

    Each letter is claimed for a while in a transaction of its own, sent, and marked: of two senders one
    wins the claim, and a sender that is killed leaves a claim that runs out. One window cannot be closed:
    if the process dies after the mail server said yes and before the mark, the letter goes out once more,
    with the same Message-ID.
    """
    # Letters that were tried least come first: one that kills its sender must not hold up the others.
    waiting = (
        Letter.objects.due(now=clock()).order_by("tries", "due_at").values_list("pk", flat=True)
    )
    due = list(waiting[:BATCH])
    if not due:
        return 0
    try:
        with mail.get_connection() as connection:
            return sum(_send(pk, connection=connection, clock=clock) for pk in due)
    except (OSError, SMTPException) as error:
        # The server cannot be reached at all: nothing was claimed, no try is used up.
        logger.warning("The mail server cannot be reached: %s", error)
        return 0


def forget(*, before: datetime) -> int:
    """Delete letters that were sent or dropped before a moment; how many.

    A letter is also the memory that it was written, so this moment must lie well after what it is about.
    """
    done = Letter.objects.filter(Q(sent_at__lt=before) | Q(dropped_at__lt=before))
    return done.delete()[0]


def claim(*, pk: UUID, now: datetime) -> Letter | None:
    """Take a due letter into one's hands for the length of the lease; None if somebody else has it."""
    with transaction.atomic():
        # One conditional update: the database lets one of two senders change the row, never both.
        taken = (
            Letter.objects.due(now=now)
            .filter(pk=pk)
            .update(claimed_until=now + LEASE, tries=F("tries") + 1)
        )
    return Letter.objects.select_related("person").get(pk=pk) if taken else None


def _send(pk: UUID, *, connection: BaseEmailBackend, clock: Clock) -> bool:
    letter = claim(pk=pk, now=clock())
    if letter is None or _drop_useless(letter, now=clock()):
        return False
    try:
        queries.mail_of(letter, connection=connection).send()
    except (OSError, SMTPException) as error:
        # What is left of this connection may be out of step with the server.
        connection.close()
        _put_off(letter, error, now=clock())
        return False
    Letter.objects.filter(pk=pk).update(sent_at=clock(), claimed_until=None)
    return True


def _drop_useless(letter: Letter, *, now: datetime) -> bool:
    """Between writing and sending, the meeting may have begun or the person changed their mind."""
    because = queries.why_not(letter.person, letter.kind, now=now)
    if letter.expires_at is not None and letter.expires_at <= now:
        because = "too late to be of use"
    if letter.tries > TRIES:
        because = "tried too often"
    if because:
        _drop(letter, because, now=now)
    return bool(because)


def _put_off(letter: Letter, error: Exception, *, now: datetime) -> None:
    if _is_permanent(error) or letter.tries >= TRIES:
        _drop(letter, f"the mail server said no: {_without_addresses(str(error))}", now=now)
    else:
        wait = timedelta(minutes=2 ** (letter.tries - 1))
        Letter.objects.filter(pk=letter.pk).update(due_at=now + wait, claimed_until=None)


def _without_addresses(said: str) -> str:
    """Mail servers name the address in their answers, and the outbox is for operators to look at."""
    return ADDRESS.sub("…", said)


def _is_permanent(error: Exception) -> bool:
    """RFC 5321 section 4.2.1: a reply that starts with 5 will not change by asking again."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code in PERMANENT for code, _ in error.recipients.values())
    return isinstance(error, SMTPResponseException) and error.smtp_code in PERMANENT


def _drop(letter: Letter, because: str, *, now: datetime) -> None:
    Letter.objects.filter(pk=letter.pk).update(
        dropped_at=now, dropped_because=because[:200], claimed_until=None
    )
