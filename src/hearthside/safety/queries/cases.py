"""Cases as those who are named in them read them; and what a safety lead who is not may know: that they exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.accounts.ports import sees_others
from hearthside.safety.case_words import KeyIsMissing, opened
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
    ended: Sequence[CaseAccess]
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
    """Whether the person is named in it, and holds a role here still.

    Threat: whoever was named, and whose role was taken from them since, goes on reading and signing.
    """
    held = CaseAccess.objects.in_force(now=now).filter(case=case, person=person)
    return held.exists() and sees_others(person)


def readers_of(case: Case, *, now: datetime) -> list[Person]:
    """Everybody who can read it now."""
    held = CaseAccess.objects.in_force(now=now).filter(case=case).select_related("person")
    return [access.person for access in held if _is_reader(access.person)]


def is_about(person_id: UUID, case: Case) -> bool:
    """Whether the case, or the concern that it came from, is about the person.

    Threat: whoever a case is about leads on safety, and lets themselves in.
    """
    if case.about_id == person_id:
        return True
    return ConcernParty.objects.filter(concern=case.concern_id, person=person_id).exists()


def is_unknown_whom_it_is_about(case: Case) -> bool:
    """Whether the concern of a closed case is gone, and with it everybody's name whom it was about.

    Threat: one of them leads on safety by then, and lets themselves in.
    """
    return case.closed_at is not None and case.about_id is None and case.concern_id is None


def view_of(case: Case, person: Person, *, now: datetime) -> CaseView:
    """The case opened for somebody who is named in it."""
    held = CaseAccess.objects.filter(case=case).select_related("person", "by").order_by("from_at")
    accesses = list(held.in_force(now=now))
    waiting = CaseRequest.objects.filter(case=case, signed_at=None).select_related("by")
    return CaseView(
        case=case,
        matter=_read(case.matter),
        next_step=_read(case.next_step),
        is_overdue=case.is_overdue(now=now),
        notes=[
            Written(note.by, note.at, _read(note.words)) for note in case.notes.select_related("by")
        ],
        accesses=accesses,
        # Threat: somebody is let in, reads it and is let out, and nobody can tell who that was.
        ended=list(held.filter(until_at__lte=now)),
        requests=[
            OpenRequest(one, _read(one.words), may_sign=one.by_id != person.pk) for one in waiting
        ],
        log=list(case.log.select_related("person")[:LOG_SHOWN]),
        may_let_in=stewards().leads_safety(person, now=now),
    )


def desk_of(person: Person, *, now: datetime) -> CaseDesk | None:
    """None for somebody who is named in no case and does not lead on safety."""
    if not sees_others(person):
        return None
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


def are_readable() -> bool:
    """Whether the keys that we have open the newest case and the oldest; True where there is none."""
    known = Case.objects.order_by("opened_at")
    ends = [case for case in (known.first(), known.last()) if case is not None]
    try:
        return all(opened(case.matter) for case in ends)
    except KeyIsMissing:
        return False


def _is_reader(person: Person) -> bool:
    return person.is_active and sees_others(person)


def _lines(cases: Sequence[Case], *, is_opened: bool, now: datetime) -> list[CaseLine]:
    named: dict[UUID, list[Person]] = {}
    held = CaseAccess.objects.in_force(now=now).filter(case__in=[one.pk for one in cases])
    for access in held.select_related("person"):
        # Whom to ask: nobody who can read it no more.
        if _is_reader(access.person):
            named.setdefault(access.case_id, []).append(access.person)
    return [
        CaseLine(
            case=one,
            matter=_read(one.matter) if is_opened else "",
            is_overdue=one.is_overdue(now=now),
            named=named.get(one.pk, []),
        )
        for one in cases
    ]


def _read(sealed: bytes | memoryview) -> str:
    # After a restore without the key, people still have to see which cases there are, and who is named.
    try:
        return opened(sealed)
    except KeyIsMissing:
        return _(
            "These words cannot be read: their key is missing. An operator knows where it is kept."
        )
