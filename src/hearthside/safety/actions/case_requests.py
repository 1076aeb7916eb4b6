"""What needs two people: closing a case, and keeping a closed one longer."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.safety.actions import case_letters as letters
from hearthside.safety.actions.cases import NotTheirs, write_down
from hearthside.safety.case_words import seal
from hearthside.safety.enums import CaseAct, CaseRequestKind
from hearthside.safety.models import Case, CaseRequest
from hearthside.safety.queries.cases import is_named

# Long enough for somebody to come back with a question; a year more takes two people.
KEPT: Final = timedelta(days=730)
LONGER: Final = timedelta(days=365)


class NothingToAsk(Exception):
    """A closed case is closed, and an open one is not erased."""


class NothingToSign(Exception):
    """Signed already, or taken back."""


@transaction.atomic
def ask(*, case: Case, kind: CaseRequestKind, words: str, by: Person, now: datetime) -> CaseRequest:
    """Ask the others who are named for a second name; the same request if there is one.

    Raises NotTheirs or NothingToAsk.
    """
    case = _lock(case)
    if not is_named(by, case, now=now):
        raise NotTheirs
    if (kind == CaseRequestKind.CLOSE) != (case.closed_at is None):
        raise NothingToAsk
    made, is_new = CaseRequest.objects.get_or_create(
        case=case, kind=kind, signed_at=None, defaults={"words": seal(words), "by": by, "at": now}
    )
    if is_new:
        write_down(case=case, person=by, act=CaseAct.ASKED, now=now)
        letters.tell_named(case=case, about=f"ask:{made.pk}", but=by, now=now)
    return made


@transaction.atomic
def sign(*, request: CaseRequest, by: Person, now: datetime) -> None:
    """A second person who is named agrees, and it is done. Raises NotTheirs or NothingToSign."""
    case = _lock(request.case)
    # Threat: one person closes what others should know of, with a name of their own choosing.
    if request.by_id == by.pk or not is_named(by, case, now=now):
        raise NotTheirs
    # One conditional update: of two who sign at once, one is the second.
    open_ = CaseRequest.objects.filter(pk=request.pk, signed_at=None).exclude(by=by)
    if not open_.update(signed_by=by, signed_at=now):
        raise NothingToSign
    if request.kind == CaseRequestKind.CLOSE:
        Case.objects.filter(pk=case.pk).update(closed_at=now, erase_on=(now + KEPT).date())
    elif case.erase_on is not None:
        Case.objects.filter(pk=case.pk).update(erase_on=case.erase_on + LONGER)
    write_down(case=case, person=by, act=CaseAct.SIGNED, now=now)


def take_back(*, request: CaseRequest, by: Person) -> None:
    """Whoever asked asks no more. Signed already: nothing changes."""
    CaseRequest.objects.filter(pk=request.pk, by=by, signed_at=None).delete()


def _lock(case: Case) -> Case:
    return Case.objects.select_for_update(no_key=True, of=("self",)).get(pk=case.pk)
