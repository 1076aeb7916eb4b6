"""Who may reach what in safety. A refusal is a 404, so it says nothing about what exists."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from hearthside.accounts.models import Person
from hearthside.safety.enums import Lane, SubjectKind
from hearthside.safety.models import Case, CaseAccess, CaseRequest, LogQuestion, Shift
from hearthside.safety.ports import Subject, stewards, subject
from hearthside.safety.queries import cases, concerns, desk, duty
from hearthside.safety.queries.cases import CaseDesk
from hearthside.safety.queries.concerns import ConcernView
from hearthside.safety.queries.desk import Desk

Reader = Person | AnonymousUser


def lane_named(value: str) -> Lane:
    """The lane that an address names; 404 for none."""
    if value not in Lane.values:
        raise Http404
    return Lane(value)


def subject_for(reader: Reader, kind: str, key: str, *, now: datetime) -> Subject:
    """What somebody is worried about, if they may know that it exists.

    Threat: somebody asks for a concern about one key after the other, to learn what is there, what a
    hidden group is called, or who somebody is.
    """
    if kind in ("", SubjectKind.SOFTWARE):
        return Subject(SubjectKind.SOFTWARE, None, "")
    if kind not in concerns.SUBJECTS_TO_RAISE:
        raise Http404
    person = reader if isinstance(reader, Person) else None
    found = subject(SubjectKind(kind), _key(key), reader=person, now=now)
    if found is None:
        raise Http404
    return found


def concern_for(person: Person, concern_id: UUID, *, now: datetime) -> ConcernView:
    """The concern, for whoever raised it or looks after it."""
    # Threat: whoever a concern is about asks whether there is one, and by whom.
    found = concerns.view_of(person, concern_id, now=now)
    if found is None:
        raise Http404
    return found


def own_concern_for(person: Person, concern_id: UUID, *, now: datetime) -> ConcernView:
    """The concern, for whoever raised it."""
    found = concern_for(person, concern_id, now=now)
    if not found.is_own:
        raise Http404
    return found


def concern_to_answer_for(person: Person, concern_id: UUID, *, now: datetime) -> ConcernView:
    """The concern, for somebody who looks after it."""
    found = concern_for(person, concern_id, now=now)
    if found.is_own:
        raise Http404
    return found


def linked_concern(token: str, *, now: datetime) -> ConcernView:
    """The concern that a private link speaks for."""
    found = concerns.linked_view(token, now=now)
    if found is None:
        raise Http404
    return found


def desk_for(person: Person, *, now: datetime) -> Desk:
    """The desk, for safety leads, those on the rota, and whoever else looks after a concern."""
    found = desk.desk_of(person, now=now)
    if found is None:
        raise Http404
    return found


def require_on_rota(person: Person, *, now: datetime) -> None:
    """Whoever keeps the rota or stands on it may see it."""
    if not (keeps_rota(person, now=now) or duty.is_on_rota(person, now=now)):
        raise Http404


def require_keeper_of_rota(person: Person, *, now: datetime) -> None:
    if not keeps_rota(person, now=now):
        raise Http404


def keeps_rota(person: Person, *, now: datetime) -> bool:
    """Safety leads keep it, and those who run the programme."""
    answers = stewards()
    return answers.leads_safety(person, now=now) or answers.runs_programme(person, now=now)


def shift_for(person: Person, shift_id: UUID, *, now: datetime) -> Shift:
    """A shift, for its own person and for whoever keeps the rota."""
    shift = _shift(shift_id, now=now)
    if shift.person_id != person.pk and not keeps_rota(person, now=now):
        raise Http404
    return shift


def shift_to_take_for(person: Person, shift_id: UUID, *, now: datetime) -> Shift:
    """A shift that somebody on the rota may take for a day."""
    require_on_rota(person, now=now)
    return _shift(shift_id, now=now)


def case_desk_for(person: Person, *, now: datetime) -> CaseDesk:
    """The list of cases, for whoever is named in one, and for safety leads."""
    found = cases.desk_of(person, now=now)
    if found is None:
        raise Http404
    return found


def case_at(person: Person, case_id: UUID, *, now: datetime) -> tuple[Case, bool]:
    """The case, and whether the person is named in it: nobody reads one for the sake of a role."""
    found = Case.objects.select_related("concern").filter(pk=case_id).first()
    if found is None:
        raise Http404
    return found, cases.is_named(person, found, now=now)


def case_to_take_up(person: Person, case_id: UUID, *, now: datetime) -> Case:
    """A case that a safety lead is not named in, and that is certainly not about them."""
    found = Case.objects.filter(pk=case_id).first()
    leads = stewards().leads_safety(person, now=now)
    if found is None or not leads or cases.is_about(person.pk, found):
        raise Http404
    if cases.is_unknown_whom_it_is_about(found):
        raise Http404
    return found


def named_in(case: Case, person_id: UUID, *, now: datetime) -> Person:
    """Somebody who is named in the case."""
    held = CaseAccess.objects.in_force(now=now).filter(case=case, person=person_id)
    found = held.select_related("person").first()
    if found is None:
        raise Http404
    return found.person


def case_request_in(case: Case, request_id: UUID) -> CaseRequest:
    found = CaseRequest.objects.filter(case=case, pk=request_id).select_related("case").first()
    if found is None:
        raise Http404
    return found


def log_question_for(person: Person, question_id: UUID, *, now: datetime) -> LogQuestion:
    """A question that waits for an answer, for safety leads; never one's own."""
    waiting = LogQuestion.objects.filter(pk=question_id, answered_at=None).exclude(person=person)
    found = waiting.select_related("person").first()
    if found is None or not stewards().leads_safety(person, now=now):
        raise Http404
    return found


def _shift(shift_id: UUID, *, now: datetime) -> Shift:
    found = Shift.objects.in_force(now=now).filter(pk=shift_id).select_related("person").first()
    if found is None:
        raise Http404
    return found


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
