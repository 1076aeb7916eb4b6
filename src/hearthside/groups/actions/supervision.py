"""Supervision: asking somebody, saying yes, notes between the two, and the end."""

from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from hearthside.accounts.models import Person
from hearthside.groups.models import Supervision, SupervisionNote
from hearthside.groups.queries.shield import letters_from
from hearthside.notices.actions import tell
from hearthside.notices.enums import Kind

KEPT: Final = timedelta(days=365)


class HasOne(Exception):
    """The person has a supervisor, or has asked somebody."""


class NotAgreed(Exception):
    """There is nothing between these two: the other has not said yes, or it is over."""


@transaction.atomic
def ask(*, person: Person, supervisor: Person, now: datetime) -> Supervision:
    """Ask somebody to supervise; nothing is shared before they say yes. Raises HasOne."""
    try:
        with transaction.atomic():
            made = Supervision.objects.create(person=person, supervisor=supervisor, from_at=now)
    except IntegrityError as error:
        raise HasOne from error
    _tell(
        supervisor,
        about=f"supervision:{made.pk}",
        subject=gettext_lazy("Somebody asks for your supervision"),
        text=gettext_lazy("You can say yes or no here: %(url)s"),
        now=now,
    )
    return made


@transaction.atomic
def accept(*, supervision: Supervision, by: Person, now: datetime) -> None:
    """The supervisor says yes; only they can. Raises NotAgreed."""
    asked = Supervision.objects.filter(pk=supervision.pk, supervisor=by, until_at=None)
    if not asked.update(accepted_at=now):
        raise NotAgreed
    _tell(
        supervision.person,
        about=f"supervision:{supervision.pk}:yes",
        subject=gettext_lazy("Your supervision can begin"),
        text=gettext_lazy("They said yes. Your notes for each other: %(url)s"),
        now=now,
    )


def end(*, supervision: Supervision, now: datetime) -> None:
    """Either of the two ends it, or takes the question back; notes are readable until their year is over."""
    Supervision.objects.filter(pk=supervision.pk, until_at=None).update(until_at=now)


@transaction.atomic
def write(*, supervision: Supervision, by: Person, text: str, now: datetime) -> SupervisionNote:
    """A note for the other of the two; it is erased after a year. Raises NotAgreed."""
    agreed = Supervision.objects.between(by).filter(
        pk=supervision.pk, until_at=None, accepted_at__isnull=False
    )
    if not agreed.exists():
        raise NotAgreed
    made = SupervisionNote.objects.create(
        supervision=supervision, by=by, text=text, written_at=now, erase_on=(now + KEPT).date()
    )
    other = supervision.supervisor if by == supervision.person else supervision.person
    _tell(
        other,
        about=f"supervision note:{made.pk}",
        subject=gettext_lazy("A note for you"),
        text=gettext_lazy("Only you two can read it: %(url)s"),
        now=now,
    )
    return made


def erase_expired(*, now: datetime) -> int:
    """Delete the notes whose year is over, and what ended long ago and has none; how many rows went."""
    notes, _kinds = SupervisionNote.objects.filter(erase_on__lte=now.date()).delete()
    over = Supervision.objects.filter(until_at__lt=now - KEPT, notes=None)
    return notes + over.delete()[0]


def _tell(
    person: Person, *, about: str, subject: StrPromise, text: StrPromise, now: datetime
) -> None:
    tell(
        person=person,
        kind=Kind.DUTY,
        about=about,
        subject=subject,
        text=text,
        path=reverse("supervision"),
        due_at=letters_from(person, now=now),
        now=now,
    )
