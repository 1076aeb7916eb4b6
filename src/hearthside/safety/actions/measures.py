"""Decide something about somebody for a while, sign for it as the second person, end it early."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.safety.actions import measure_letters as letters
from hearthside.safety.enums import MeasureKind, MeasureReason
from hearthside.safety.models import Measure
from hearthside.safety.models.measures import ALONE, CLOSING, LONGEST
from hearthside.safety.ports import measure_changed, stewards
from hearthside.safety.queries.measures import time_alone_left

# Long enough to see whether it happens again.
KEPT: Final = timedelta(days=365)


class OwnAffair(Exception):
    """Nobody decides about themselves, and nobody signs what they wrote."""


class HoldsAnOffice(Exception):
    """Whoever answers for safety or runs the programme gives up that role first; another operator ends it."""


class TooLong(Exception):
    """Longer than anything of this kind may last, or over before it begins."""


class NothingToSign(Exception):
    """It is signed, or over, or was short enough for one person alone."""


@dataclass(frozen=True)
class Grounds:
    """Why: a reason from the list, the words that the person reads, and a note that they do not read."""

    reason: MeasureReason
    told: str
    note: str = ""


@transaction.atomic
def decide(
    *,
    kind: MeasureKind,
    person: Person,
    group: UUID | None,
    grounds: Grounds,
    until_at: datetime,
    by: Person,
    now: datetime,
) -> Measure:
    """The person is under this measure from now on, and is told what, why, until when and how to appeal.

    Until somebody else has signed, it lasts no longer than one person alone may say. A second tap gives
    the measure that there is. Raises OwnAffair, HoldsAnOffice or TooLong.
    """
    # Locked, so that two who decide at the same moment do not add up to more than one alone may say.
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    _refuse(kind, person, until_at, by=by, now=now)
    same = Measure.objects.of(person).filter(kind=kind, group=group)
    # Threat: where no time alone is left, one letter after the other about nothing that counts.
    waiting = same.waiting_for_a_second(now=now).filter(by=by)
    if (there := same.in_force(now=now).first() or waiting.first()) is not None:
        return there
    alone = now + time_alone_left(person, kind, group, now=now)
    measure = Measure.objects.create(
        person=person, kind=kind, group=group, by=by, from_at=now,
        reason=grounds.reason, told=grounds.told, note=grounds.note,
        until_at=min(until_at, alone), wanted_until_at=until_at, sign_until_at=now + ALONE[kind],
    )  # fmt: skip
    measure_changed(measure=measure, now=now)
    letters.tell_person(measure=measure, now=now)
    if measure.waits_for_a_second(now=now):
        letters.ask_for_a_second(measure=measure, now=now)
    return measure


@transaction.atomic
def sign(*, measure: Measure, by: Person, now: datetime) -> Measure:
    """A second person has looked and agrees: it lasts as long as its author asked for.

    Raises OwnAffair for the author and for the person themselves, or NothingToSign.
    """
    if by.pk in (measure.by_id, measure.person_id):
        raise OwnAffair
    # One conditional update: of two who sign at once one is the second, and what was ended stays ended.
    waiting = Measure.objects.filter(pk=measure.pk).exclude(by=by).exclude(person=by)
    if not waiting.waiting_for_a_second(now=now).update(
        signed_by=by, signed_at=now, until_at=measure.wanted_until_at
    ):
        raise NothingToSign
    measure.refresh_from_db()
    measure_changed(measure=measure, now=now)
    letters.tell_longer(measure=measure, now=now)
    return measure


@transaction.atomic
def end(*, measure: Measure, by: Person | None, now: datetime) -> None:
    """It ends now; the person is told, and those who decided it. What is over already stays as it was."""
    open_ = Measure.objects.filter(pk=measure.pk, ended_at=None, until_at__gt=now)
    if not open_.update(until_at=now, ended_at=now, ended_by=by):
        # Asked for, and never in force: nobody can sign it any more.
        Measure.objects.filter(pk=measure.pk).waiting_for_a_second(now=now).update(
            ended_at=now, ended_by=by
        )
        return
    measure.refresh_from_db()
    measure_changed(measure=measure, now=now)
    letters.tell_over(measure=measure, now=now)
    letters.tell_deciders(measure=measure, but=by, now=now)


def erase_expired(*, now: datetime) -> int:
    """Delete what ended so long ago that nobody asks about it any more; how many."""
    return Measure.objects.filter(until_at__lte=now - KEPT).delete()[0]


def _refuse(
    kind: MeasureKind, person: Person, until_at: datetime, *, by: Person, now: datetime
) -> None:
    if person == by:
        raise OwnAffair
    if not now < until_at <= now + LONGEST[kind]:
        raise TooLong
    # Threat: whoever could keep the safety leads out could do as they like afterwards. Their roles are
    # ended by an operator, in the open, before anything else.
    holds_office = stewards().leads_safety(person, now=now) or stewards().runs_programme(
        person, now=now
    )
    if kind in CLOSING and holds_office:
        raise HoldsAnOffice
