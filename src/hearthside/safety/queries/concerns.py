"""Concerns as their readers may see them: who may read one, who may judge it again, and what stands on whose list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core import signing

from hearthside.accounts.models import Person
from hearthside.accounts.ports import sees_others
from hearthside.safety.enums import ConcernState, StepKind, SubjectKind
from hearthside.safety.models import Concern, ConcernStep
from hearthside.safety.ports import stewards
from hearthside.safety.queries import duty

# Everybody who tells us something reads an answer within this time.
ANSWER_WITHIN: Final = timedelta(hours=48)
# A call that was seen is dealt with by then, or somebody asks why not.
CALL_WITHIN: Final = timedelta(hours=24)
# Of what is answered, the newest only: a list that nobody reads to its end helps nobody.
LISTED: Final = 100
# The signature alone carries the right to read one concern and to add to it, for somebody without an account.
LINK: Final = signing.Signer(salt="hearthside.safety.concern")
SUBJECTS_TO_RAISE: Final = (
    SubjectKind.PERSON, SubjectKind.MEETING, SubjectKind.GROUP, SubjectKind.SOFTWARE,
)  # fmt: skip


@dataclass(frozen=True)
class ConcernView:
    """One concern for one reader: whoever raised it, or somebody who looks after it."""

    concern: Concern
    is_own: bool
    may_answer: bool
    is_overdue: bool

    @property
    def steps(self) -> Sequence[ConcernStep]:
        return list(self.concern.steps.all())

    def step(self, kind: StepKind) -> ConcernStep | None:
        return next((step for step in self.steps if step.kind == kind), None)

    @property
    def seen(self) -> ConcernStep | None:
        return self.step(StepKind.SEEN)

    @property
    def unanswered(self) -> ConcernStep | None:
        return self.step(StepKind.UNANSWERED)

    @property
    def is_waiting(self) -> bool:
        return self.concern.state == ConcernState.RECEIVED

    @property
    def may_appeal(self) -> bool:
        return self.concern.state == ConcernState.CLOSED


@dataclass(frozen=True)
class Watch:
    """Who answers at this moment, read once for any number of concerns.

    Threat: a concern reaches somebody whom it is about, or who leads what it is about, or who raised it
    and would answer themselves. Every list below leaves them out first, and asks who is left.
    """

    circles: Mapping[UUID | None, Sequence[Sequence[Person]]]
    on_duty: Sequence[Person]

    def circles_of(self, concern: Concern) -> list[list[Person]]:
        """Who answers for it, circle by circle, as far as it may reach them; no circle is empty."""
        shut = shut_out(concern)
        fit = (
            [each for each in circle if each.pk not in shut]
            for circle in self.circles.get(concern.group, ())
        )
        return [circle for circle in fit if circle]

    def duty_for(self, concern: Concern) -> list[Person]:
        """Those on duty whom it may reach."""
        shut = shut_out(concern)
        return [each for each in self.on_duty if each.pk not in shut]

    def readers_of(self, concern: Concern) -> list[Person]:
        """Everybody who may read it: the first circle, and for an open call those on duty or called."""
        found = [each for circle in self.circles_of(concern)[:1] for each in circle]
        if concern.is_call and concern.is_open:
            found += self.duty_for(concern)
        if concern.is_open:
            shut = shut_out(concern)
            found += [page.person for page in concern.pages.all() if page.person_id not in shut]
        if concern.state in (ConcernState.APPEALED, ConcernState.SETTLED):
            found += self.judges_of(concern)
        return list(dict.fromkeys(found))

    def judges_of(self, concern: Concern) -> list[Person]:
        """Who may look at it a second time: the first circle in which somebody did not answer it before."""
        before = closed_by(concern)
        others = ([each for each in one if each.pk != before] for one in self.circles_of(concern))
        return next((circle for circle in others if circle), [])

    def stands_with(self, concern: Concern) -> list[Person]:
        """Those who have to do something next; nobody for what is answered."""
        if concern.state == ConcernState.APPEALED:
            return self.judges_of(concern)
        return self.readers_of(concern) if concern.is_open else []


def shut_out(concern: Concern) -> set[UUID]:
    """The keys of those whom the concern must never reach."""
    shut = {party.person_id for party in concern.parties.all()}
    return shut | {concern.raised_by_id} if concern.raised_by_id else shut


def closed_by(concern: Concern) -> UUID | None:
    """Who answered it the first time."""
    steps = (step for step in concern.steps.all() if step.kind == StepKind.CLOSED)
    return next((step.by_id for step in steps), None)


def watch(concerns: Iterable[Concern], *, now: datetime) -> Watch:
    """Who answers for these concerns now, in a fixed number of queries."""
    groups = {concern.group for concern in concerns}
    return Watch(stewards().circles(groups, now=now), duty.on_duty(now=now))


def view_of(person: Person, concern_id: UUID, *, now: datetime) -> ConcernView | None:
    """The concern, for whoever raised it or looks after it; None for everybody else, also if there is none."""
    concern = Concern.objects.with_people().filter(pk=concern_id).first()
    if concern is None:
        return None
    if concern.raised_by_id == person.pk:
        return own_view(concern, now=now)
    # Threat: somebody who was called, and whose role has ended since, goes on reading what others told us.
    if not sees_others(person):
        return None
    there = watch([concern], now=now)
    if person not in there.readers_of(concern):
        return None
    return _view(concern, person, there, now=now)


def linked_view(token: str, *, now: datetime) -> ConcernView | None:
    """The concern that a private link speaks for, raised without an account."""
    try:
        key = UUID(hex=LINK.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    # Threat: the link of a concern with an owner would open it without signing in.
    found = Concern.objects.with_people().filter(pk=key, is_by_visitor=True).first()
    return own_view(found, now=now) if found else None


def link_of(concern: Concern) -> str:
    """The part of an address by which somebody without an account reads the answer."""
    return LINK.sign(concern.pk.hex)


def own_view(concern: Concern, *, now: datetime) -> ConcernView:
    return ConcernView(concern, is_own=True, may_answer=False, is_overdue=_is_late(concern, now))


def raised_by(person: Person, *, now: datetime) -> list[ConcernView]:
    """What the person raised, newest first."""
    rows = Concern.objects.filter(raised_by=person).prefetch_related("steps")[:LISTED]
    return [own_view(row, now=now) for row in rows]


def entrusted_to(person: Person, *, now: datetime) -> list[ConcernView]:
    """What the person looks after: calls that nobody answered first, then what waits longest, then what is done."""
    rows = Concern.objects.with_people()
    open_ = sorted(rows.open().order_by("raised_at"), key=_urgency)
    done = list(rows.answered().order_by("-raised_at")[:LISTED])
    there = watch([*open_, *done], now=now)
    return [
        _view(row, person, there, now=now)
        for row in (*open_, *done)
        if person in there.readers_of(row)
    ]


def _view(concern: Concern, person: Person, there: Watch, *, now: datetime) -> ConcernView:
    return ConcernView(
        concern,
        is_own=False,
        may_answer=person in there.stands_with(concern),
        is_overdue=_is_late(concern, now),
    )


def _urgency(concern: Concern) -> int:
    if concern.is_call:
        return 0 if concern.state == ConcernState.RECEIVED else 1
    return 2


def _is_late(concern: Concern, now: datetime) -> bool:
    within = CALL_WITHIN if concern.is_call else ANSWER_WITHIN
    since = max(step.at for step in concern.steps.all()) if _is_appealed(concern) else concern.raised_at  # fmt: skip
    return concern.is_open and now - since > within


def _is_appealed(concern: Concern) -> bool:
    return concern.state == ConcernState.APPEALED
