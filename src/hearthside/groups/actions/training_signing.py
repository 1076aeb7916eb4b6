"""What others write for somebody's training: a session seen, the vetting, and the sign-off that lets them lead."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.groups import ports
from hearthside.groups.enums import ObservedPoint, RoleKind, SignedFor, VettingOutcome
from hearthside.groups.models import Group, Observation, Role, SignOff, Vetting
from hearthside.groups.queries.training import gate, progress_of, years_before
from hearthside.groups.queries.training_desk import may_sign, may_sign_alone, may_watch


class MayNotSign(Exception):
    """This person may not write that for this facilitator."""


class NotComplete(Exception):
    """Something is missing before anybody can sign; `lacks` says what, in plain sentences."""

    def __init__(self, lacks: dict[str, str]) -> None:
        super().__init__(" ".join(lacks.values()))
        self.lacks = lacks


def observe(
    *,
    person: Person,
    by: Person,
    group: Group | None,
    held_on: date,
    met: Collection[str],
    words: str,
    now: datetime,
) -> Observation:
    """Write down a session that was seen: which of the five points were met, and in words. Raises MayNotSign."""
    if not may_watch(by, person, now=now):
        raise MayNotSign
    known = [point.value for point in ObservedPoint if point.value in met]
    return Observation.objects.create(
        person=person, by=by, group=group, held_on=held_on, met=known, words=words, written_at=now
    )


def vet(
    *, person: Person, by: Person, outcome: VettingOutcome, decided_on: date, now: datetime
) -> Vetting:
    """Write down what came of the checks, and when; nothing else. Raises MayNotSign."""
    if not may_sign(by, person, now=now):
        raise MayNotSign
    return Vetting.objects.create(
        person=person, by=by, outcome=outcome, decided_on=decided_on, written_at=now
    )


@transaction.atomic
def sign(
    *,
    person: Person,
    by: Person,
    now: datetime,
    basis: SignedFor = SignedFor.HERE,
    course: str = "",
    course_on: date | None = None,
) -> SignOff:
    """The person may lead from now until the renewal date; an earlier sign-off ends with it.

    Trained elsewhere, the course stands for modules and session. Raises MayNotSign or NotComplete.
    """
    # Two who sign at once, one after the other: the second renews what the first has just signed.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    is_own = person == by
    # Threat: somebody signs for themselves and leads unseen. Only where nobody else could, and on record.
    if not (may_sign_alone(by, now=now) if is_own else may_sign(by, person, now=now)):
        raise MayNotSign
    progress = progress_of(person, language="en", now=now)
    lacks = dict(progress.lacks)
    if basis == SignedFor.ELSEWHERE:
        lacks.pop("modules", None)
        lacks.pop("observed", None)
    # Alone, nobody can watch or vet; what can be learned alone is learned all the same.
    excused = {"observed", "vetting"} if is_own else set()
    if missing := {name: words for name, words in lacks.items() if name not in excused}:
        raise NotComplete(missing)
    SignOff.objects.of(person).in_force(now=now).update(until_at=now)
    made = SignOff.objects.create(
        person=person, by=by, from_at=now, until_at=_years_later(now, gate().years), basis=basis,
        course=course if basis == SignedFor.ELSEWHERE else "",
        course_on=course_on if basis == SignedFor.ELSEWHERE else None,
        is_own=is_own, lacked=sorted(lacks),
    )  # fmt: skip
    tell_followers(person=person, now=now)
    return made


@transaction.atomic
def withdraw(*, sign_off: SignOff, by: Person, now: datetime) -> None:
    """The person leads no more from now on; the row stays as the record. Raises MayNotSign."""
    if not may_sign(by, sign_off.person, now=now) and sign_off.person != by:
        raise MayNotSign
    held = SignOff.objects.in_force(now=now).filter(pk=sign_off.pk)
    if held.update(until_at=now, withdrawn_by=by, withdrawn_at=now):
        tell_followers(person=sign_off.person, now=now)


def tell_followers(*, person: Person, now: datetime) -> None:
    """Whether the person may lead has changed: the rooms of their groups know it at once."""
    for role in _roles(person, now=now):
        ports.role_changed(role=role, now=now)


def _roles(person: Person, *, now: datetime) -> Sequence[Role]:
    held = Role.objects.of(person).in_force(now=now).filter(kind=RoleKind.FACILITATOR)
    return list(held.select_related("person", "group__site"))


def _years_later(moment: datetime, years: int) -> datetime:
    day = years_before(moment.date(), -years)
    return datetime.combine(day, moment.timetz())
