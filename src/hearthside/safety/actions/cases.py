"""Open a case, write in it, let people in and out, keep its log, and let it go when its time has come."""

from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from hearthside.accounts.models import Person
from hearthside.accounts.ports import sees_others
from hearthside.safety.actions import case_letters as letters
from hearthside.safety.case_words import seal
from hearthside.safety.enums import CaseAct, SubjectKind
from hearthside.safety.models import Case, CaseAccess, CaseLook, CaseNote, Concern
from hearthside.safety.ports import stewards
from hearthside.safety.queries.cases import (
    is_about,
    is_named,
    is_unknown_whom_it_is_about,
    readers_of,
)

# The first next step is to think of one.
FIRST_STEP_WITHIN: Final = timedelta(days=7)
# Looking at the same case again within this time is one look.
SAME_LOOK: Final = timedelta(minutes=15)


class NotTheirs(Exception):
    """Only a safety lead opens a case or lets somebody in, and nobody whom it is about is ever let in."""


class NeedsARole(Exception):
    """Whoever reads a case proves twice who they are, so they need a role first."""


class IsClosed(Exception):
    """Nothing is written in a closed case any more."""


class LastOne(Exception):
    """Somebody has to be able to read an open case."""


def open_case(*, concern: Concern, by: Person, now: datetime) -> Case:
    """A case from a concern, read by whoever opens it and by nobody else; the same case if there is one.

    Raises NotTheirs.
    """
    if not stewards().leads_safety(by, now=now) or _is_party(concern, by):
        raise NotTheirs
    try:
        return _open(concern, by, now=now)
    except IntegrityError:
        # Two who open it at the same moment: the other was first, and decides who is let in.
        return Case.objects.get(concern=concern)


@transaction.atomic
def _open(concern: Concern, by: Person, *, now: datetime) -> Case:
    if (before := Case.objects.filter(concern=concern).first()) is not None:
        return before
    parties = [party.person for party in concern.parties.select_related("person")]
    is_one = concern.kind in (SubjectKind.PERSON, SubjectKind.MESSAGE) and len(parties) == 1
    case = Case.objects.create(
        concern=concern,
        about=parties[0] if is_one else None,
        matter=seal(concern.name),
        opened_by=by,
        opened_at=now,
        due_at=now + FIRST_STEP_WITHIN,
    )
    CaseAccess.objects.create(case=case, person=by, by=by, from_at=now)
    write_down(case=case, person=by, act=CaseAct.OPENED, now=now)
    return case


def write_down(*, case: Case, person: Person, act: CaseAct, now: datetime) -> None:
    """A line in the log. Looking or being refused again within minutes is the same line."""
    if act in (CaseAct.LOOKED, CaseAct.REFUSED):
        lately = CaseLook.objects.filter(case=case, person=person, act=act, at__gt=now - SAME_LOOK)
        if lately.exists():
            return
    CaseLook.objects.create(case=case, person=person, act=act, at=now)


@transaction.atomic
def note(*, case: Case, words: str, by: Person, now: datetime) -> None:
    """Written down for all who are named in it. Raises IsClosed or NotTheirs."""
    _lock_open(case, by, now=now)
    CaseNote.objects.create(case=case, by=by, at=now, words=seal(words))
    write_down(case=case, person=by, act=CaseAct.NOTED, now=now)


@transaction.atomic
def plan(*, case: Case, step: str, due_at: datetime, by: Person, now: datetime) -> None:
    """What is to be done next, and by when. Raises IsClosed or NotTheirs."""
    _lock_open(case, by, now=now)
    Case.objects.filter(pk=case.pk).update(next_step=seal(step), due_at=due_at)
    write_down(case=case, person=by, act=CaseAct.PLANNED, now=now)


@transaction.atomic
def let_in(*, case: Case, person: Person, by: Person, now: datetime) -> None:
    """This person, by name, may read and write in it from now on. Raises NotTheirs or NeedsARole."""
    is_lead = stewards().leads_safety(by, now=now) and is_named(by, case, now=now)
    if not is_lead or is_about(person.pk, case):
        raise NotTheirs
    # Threat: a lead names an account of their own making, and signs with it as the second person.
    if not sees_others(person):
        raise NeedsARole
    _is_new(case, person, by, CaseAct.LET_IN, now=now)


@transaction.atomic
def take_up(*, case: Case, words: str, by: Person, now: datetime) -> None:
    """A safety lead who is not named lets themselves in, for a reason that all who are named read.

    For when those who are named are ill or gone. It cannot be done unseen. Raises NotTheirs.
    """
    is_shut = is_about(by.pk, case) or is_unknown_whom_it_is_about(case)
    if not stewards().leads_safety(by, now=now) or is_shut:
        raise NotTheirs
    if _is_new(case, by, by, CaseAct.TOOK_UP, now=now):
        CaseNote.objects.create(case=case, by=by, at=now, words=seal(words))
        letters.tell_named(case=case, about=f"took-up:{by.pk}", but=by, now=now)


@transaction.atomic
def let_out(*, case: Case, person: Person, by: Person, now: datetime) -> None:
    """The person reads it no more. One's own access anybody may end. Raises NotTheirs or LastOne."""
    is_lead = stewards().leads_safety(by, now=now) and is_named(by, case, now=now)
    if by != person and not is_lead:
        raise NotTheirs
    # Locked, so that of the last two nobody lets the other out while they leave themselves.
    case = Case.objects.select_for_update(no_key=True, of=("self",)).get(pk=case.pk)
    if case.closed_at is None and not set(readers_of(case, now=now)) - {person}:
        raise LastOne
    held = CaseAccess.objects.in_force(now=now).filter(case=case, person=person)
    if held.update(until_at=now):
        write_down(case=case, person=by, act=CaseAct.LET_OUT, now=now)


def remind(*, now: datetime) -> int:
    """One letter for each step whose day has passed, to all who are named; how many cases are overdue.

    Where nobody is left who is named, the safety leads read it: one of them has to take it up.
    """
    overdue = list(Case.objects.overdue(now=now))
    for case in overdue:
        about = f"due:{case.due_at:%Y%m%d%H%M}"
        letters.tell_named(case=case, about=about, but=None, now=now)
        if not readers_of(case, now=now):
            letters.tell_leads(case=case, about=about, now=now)
    return len(overdue)


def erase_expired(*, now: datetime) -> int:
    """Delete closed cases whose time has come, with notes and log; how many."""
    expired = Case.objects.filter(erase_on__lte=now.date())
    count = expired.count()
    expired.delete()
    return count


def _is_new(case: Case, person: Person, by: Person, act: CaseAct, *, now: datetime) -> bool:
    _access, is_new = CaseAccess.objects.get_or_create(
        case=case, person=person, until_at=None, defaults={"by": by, "from_at": now}
    )
    if is_new:
        write_down(case=case, person=by, act=act, now=now)
    return is_new


def _lock_open(case: Case, by: Person, *, now: datetime) -> None:
    # Locked, so that nothing is written while somebody signs that it is closed.
    found = Case.objects.select_for_update(no_key=True, of=("self",)).get(pk=case.pk)
    if found.closed_at is not None:
        raise IsClosed
    if not is_named(by, found, now=now):
        raise NotTheirs


def _is_party(concern: Concern, person: Person) -> bool:
    return concern.parties.filter(person=person).exists() or concern.raised_by_id == person.pk
