"""Cases as those who are named in them read them; and what a safety lead who is not may know: that they exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from hearthside.accounts.models import Person
from hearthside.safety.case_words import opened
from hearthside.safety.enums import CaseRequestKind
from hearthside.safety.models import (
    Case,
    CaseAccess,
    CaseLook,
    CaseRequest,
    Concern,
    ConcernParty,
    LogQuestion,
)
from hearthside.safety.ports import stewards

LOG_SHOWN: Final = 200


@dataclass(frozen=True)
class CaseLine:
    """A case in a list; its matter only for those who are named in it."""

    case: Case
    matter: str
    is_overdue: bool
    named: Sequence[Person]


@dataclass(frozen=True)
class Written:
    """Something that was sealed, opened for somebody who is named in the case."""

    by: Person | None
    at: datetime
    words: str


@dataclass(frozen=True)
class OpenRequest:
    """What waits for a second name."""

    request: CaseRequest
    words: str
    may_sign: bool


@dataclass(frozen=True)
class CaseView:
    """All of one case, for one of those who are named in it."""

    case: Case
    matter: str
    next_step: str
    is_overdue: bool
    notes: Sequence[Written]
    accesses: Sequence[CaseAccess]
    requests: Sequence[OpenRequest]
    log: Sequence[CaseLook]
    may_let_in: bool

    @property
    def may_ask_to_close(self) -> bool:
        return self.case.closed_at is None and not self._waits(CaseRequestKind.CLOSE)

    @property
    def may_ask_to_extend(self) -> bool:
        return self.case.closed_at is not None and not self._waits(CaseRequestKind.EXTEND)

    def _waits(self, kind: CaseRequestKind) -> bool:
        return any(one.request.kind == kind for one in self.requests)


@dataclass(frozen=True)
class CaseDesk:
    """One's own cases, and (for safety leads) that there are others, and whom to ask about them."""

    own: Sequence[CaseLine]
    closed: Sequence[CaseLine]
    others: Sequence[CaseLine]
    questions: Sequence[LogQuestion]


def is_named(person: Person, case: Case, *, now: datetime) -> bool:
    return CaseAccess.objects.in_force(now=now).filter(case=case, person=person).exists()


def is_about(person_id: UUID, case: Case) -> bool:
    """Whether the case, or the concern that it came from, is about the person.

    Threat: whoever a case is about leads on safety, and lets themselves in.
    """
    if case.about_id == person_id:
        return True
    return ConcernParty.objects.filter(concern=case.concern_id, person=person_id).exists()


def view_of(case: Case, person: Person, *, now: datetime) -> CaseView:
    """The case opened for somebody who is named in it. Raises KeyIsMissing."""
    accesses = list(
        CaseAccess.objects.in_force(now=now).filter(case=case).select_related("person", "by")
    )
    waiting = CaseRequest.objects.filter(case=case, signed_at=None).select_related("by")
    return CaseView(
        case=case,
        matter=opened(case.matter),
        next_step=opened(case.next_step),
        is_overdue=case.is_overdue(now=now),
        notes=[
            Written(note.by, note.at, opened(note.words))
            for note in case.notes.select_related("by")
        ],
        accesses=accesses,
        requests=[
            OpenRequest(one, opened(one.words), may_sign=one.by_id != person.pk) for one in waiting
        ],
        log=list(case.log.select_related("person")[:LOG_SHOWN]),
        may_let_in=stewards().leads_safety(person, now=now),
    )


def desk_of(person: Person, *, now: datetime) -> CaseDesk | None:
    """None for somebody who is named in no case and does not lead on safety."""
    own = list(Case.objects.open_to(person, now=now).select_related("concern"))
    leads = stewards().leads_safety(person, now=now)
    if not (own or leads):
        return None
    others: list[Case] = []
    if leads:
        found = Case.objects.open().exclude(pk__in=[one.pk for one in own])
        others = [one for one in found if not is_about(person.pk, one)]
    questions = LogQuestion.objects.filter(answered_at=None).exclude(person=person)
    return CaseDesk(
        own=_lines([one for one in own if one.closed_at is None], is_opened=True, now=now),
        closed=_lines([one for one in own if one.closed_at is not None], is_opened=True, now=now),
        others=_lines(others, is_opened=False, now=now),
        questions=list(questions.select_related("person").order_by("asked_at")) if leads else [],
    )


def case_of_concern(concern: Concern) -> Case | None:
    return Case.objects.filter(concern=concern).first()


def _lines(cases: Sequence[Case], *, is_opened: bool, now: datetime) -> list[CaseLine]:
    named: dict[UUID, list[Person]] = {}
    held = CaseAccess.objects.in_force(now=now).filter(case__in=[one.pk for one in cases])
    for access in held.select_related("person"):
        named.setdefault(access.case_id, []).append(access.person)
    return [
        CaseLine(
            case=one,
            matter=opened(one.matter) if is_opened else "",
            is_overdue=one.is_overdue(now=now),
            named=named.get(one.pk, []),
        )
        for one in cases
    ]
