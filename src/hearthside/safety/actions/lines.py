"""Checking crisis lines, correcting them, adding and taking away; each can be undone for ten minutes."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction

from hearthside.accounts.models import Person
from hearthside.safety.enums import How
from hearthside.safety.helplines import Helpline, Kind
from hearthside.safety.ledger import Outcome
from hearthside.safety.models import Line, Verification
from hearthside.safety.queries.ledger import forget

BACK_WITHIN: Final = timedelta(minutes=10)
# Which earlier words of the same person a new one replaces: reaching nobody says nothing about the number.
REPLACES: Final = {
    Outcome.RIGHT: [Outcome.RIGHT, Outcome.WRONG, Outcome.UNREACHED],
    Outcome.WRONG: [Outcome.RIGHT, Outcome.WRONG, Outcome.UNREACHED],
    Outcome.UNREACHED: [Outcome.UNREACHED],
}


class NeverDialled(Exception):
    """An emergency number is read on the official page, never called to try it."""


class NothingNew(Exception):
    """These are the facts that stand there already."""


class TooLate(Exception):
    """After ten minutes, or once somebody else has built on it, it is said anew instead."""


@transaction.atomic
def verify(
    *, line: Helpline, outcome: Outcome, how: How, heard: str = "", by: Person, now: datetime
) -> Verification:
    """What a person found about exactly these facts; a second tap within ten minutes gives the same row.

    Raises NeverDialled.
    """
    # Threat: every test call takes a place from somebody who is dying.
    if line.kind is Kind.EMERGENCY and how == How.DIALLED:
        raise NeverDialled
    said = Verification.objects.filter(facts=line.facts, by=by, until_at=None)
    same = said.filter(outcome=outcome, from_at__gt=now - BACK_WITHIN).first()
    if same is not None:
        return same
    said.filter(outcome__in=REPLACES[outcome]).update(until_at=now)
    try:
        with transaction.atomic():
            made = Verification.objects.create(
                facts=line.facts,
                country=line.country,
                told=_told(line),
                outcome=outcome,
                how=how,
                heard=heard,
                by=by,
                from_at=now,
            )
    except IntegrityError:
        # The same person, twice in the same moment.
        return said.get(outcome=outcome)
    if outcome is Outcome.RIGHT:
        # What one person wrote is shown to others from the moment another person finds it right.
        waiting = Line.objects.filter(facts=line.facts, until_at=None, confirmed_at=None)
        waiting.exclude(by=by).update(confirmed_at=now)
    transaction.on_commit(forget)
    return made


@transaction.atomic
def take_back(*, said: Verification, by: Person, now: datetime) -> None:
    """As if it had not been said: what the same person said before counts again. Twice changes nothing.

    Raises TooLate after ten minutes, and for the word of somebody else.
    """
    own = Verification.objects.filter(pk=said.pk, by=by, from_at__gt=now - BACK_WITHIN)
    if not own.filter(until_at=None).update(until_at=now, is_taken_back=True):
        if own.filter(is_taken_back=True).exists():
            return
        raise TooLate
    replaced = Verification.objects.filter(facts=said.facts, by=by, until_at=said.from_at)
    replaced.filter(is_taken_back=False).update(until_at=None)
    Line.objects.filter(facts=said.facts, confirmed_at=said.from_at).update(confirmed_at=None)
    transaction.on_commit(forget)


@transaction.atomic
def add(*, country: str, values: dict[str, Any], by: Person, now: datetime) -> Line:
    """A line that does not ship with this software; people see it once a second person found it right.

    The same facts again give the line there is.
    """
    row = Line(country=country, by=by, from_at=now, **values)
    row.facts = row.thread = row.helpline().facts
    there = Line.objects.filter(thread=row.thread, until_at=None).first()
    if there is not None:
        return there
    row.save()
    transaction.on_commit(forget)
    return row


@transaction.atomic
def correct(
    *, line: Helpline, thread: str, values: dict[str, Any], by: Person, now: datetime
) -> Line:
    """Other facts for a line. The old ones count as wrong at once; the new ones wait for a second person.

    Raises NothingNew.
    """
    return _write(line=line, thread=thread, values=values, by=by, now=now)


@transaction.atomic
def withdraw(*, line: Helpline, thread: str, by: Person, now: datetime) -> Line:
    """The service is gone: nobody counts on the line any more, and it disappears once a second person agrees.

    Raises NothingNew.
    """
    values = {**line.written_out(), "is_offered": False}
    return _write(line=line, thread=thread, values=values, by=by, now=now)


@transaction.atomic
def take_back_writing(*, row: Line, by: Person, now: datetime) -> None:
    """As if it had not been written. Twice changes nothing.

    Raises TooLate after ten minutes, for somebody else's writing, and once another person found it right.
    """
    own = Line.objects.filter(pk=row.pk, by=by, from_at__gt=now - BACK_WITHIN, confirmed_at=None)
    if not own.filter(until_at=None).update(until_at=now):
        if own.exists():
            return
        raise TooLate
    # The word against the old facts was said in the same moment, and goes with it.
    against = Verification.objects.filter(
        by=by, from_at=row.from_at, outcome=Outcome.WRONG, until_at=None
    )
    for said in against:
        take_back(said=said, by=by, now=now)
    transaction.on_commit(forget)


def _write(
    *, line: Helpline, thread: str, values: dict[str, Any], by: Person, now: datetime
) -> Line:
    row = Line(country=line.country, thread=thread, by=by, from_at=now, **values)
    row.facts = row.helpline().facts
    if row.facts == line.facts:
        raise NothingNew
    row.save()
    verify(line=line, outcome=Outcome.WRONG, how=How.READ, by=by, now=now)
    transaction.on_commit(forget)
    return row


def _told(line: Helpline) -> str:
    parts = [line.name, line.channel.value, line.number or line.address, line.keyword, line.hours]
    if not line.is_offered:
        parts.append("gone")
    return " · ".join(part for part in parts if part)[:300]
