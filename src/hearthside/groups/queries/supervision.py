"""Supervision as the two see it, and nobody else."""

from datetime import datetime
from uuid import UUID

from hearthside.accounts.models import Person
from hearthside.groups.models import Supervision, SupervisionNote


def supervision_of(person: Person) -> Supervision | None:
    """The person's own supervision, asked for or agreed."""
    own = Supervision.objects.filter(person=person, until_at=None)
    return own.select_related("supervisor", "person").first()


def supervised_by(person: Person) -> list[Supervision]:
    """Those who chose this person: who asks first, then who was agreed on."""
    chosen = Supervision.objects.filter(supervisor=person, until_at=None)
    return list(chosen.select_related("person").order_by("accepted_at", "from_at"))


def supervision_between(person: Person, supervision_id: UUID) -> Supervision | None:
    """The supervision, for one of its two. Threat: anybody else, an operator too, asks for the notes in it."""
    found = Supervision.objects.between(person).filter(pk=supervision_id)
    return found.select_related("person", "supervisor").first()


def notes_of(supervision: Supervision, *, now: datetime) -> list[SupervisionNote]:
    """The notes whose year is not over, newest first."""
    notes = supervision.notes.filter(erase_on__gt=now.date())
    return list(notes.select_related("by"))
