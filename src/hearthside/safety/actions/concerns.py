"""Concerns: raised, seen, talked about, answered, looked at a second time, erased. Their state only ever goes on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q

from hearthside.accounts.models import Person
from hearthside.safety.actions import concern_letters as letters
from hearthside.safety.actions import duty_calls, flags
from hearthside.safety.actions.concern_refusals import (
    AlreadyAnswered,
    EnoughWords,
    NothingToAppeal,
    NotYoursToJudge,
    SomebodyIsOnIt,
    TooManyCalls,
    TooManyConcerns,
)
from hearthside.safety.enums import ConcernState, Done, Lane, StepKind, SubjectKind
from hearthside.safety.models import Case, Concern, ConcernParty, ConcernStep, Page
from hearthside.safety.ports import Subject
from hearthside.safety.queries.concerns import watch

# Threat: each concern writes letters. Nobody in need tells us more in an hour; what matters fits into one.
CONCERNS_AN_HOUR: Final = 10
VISITOR_CONCERNS_AN_HOUR: Final = 60
# Threat: ten an hour around the clock bury what others tell under letters. Of more in a day than this from
# one account, or from all visitors, those who answer get one letter an hour; every concern is on the desk.
LETTERS_A_DAY: Final = 10
# Threat: a script fills the disk with calls.
CALLS_AN_HOUR: Final = 30
VISITOR_CALLS_AN_HOUR: Final = 200
# Threat: whoever holds a link fills the disk with it.
ADDED_MAX: Final = 50
# Long enough to see whether it goes on; then what was told in confidence is gone.
KEPT: Final = timedelta(days=180)


@dataclass(frozen=True)
class Telling:
    """What somebody tells us: how soon somebody must look, at what, and in which words.

    `once` comes from the form, so that a second tap on it is no second concern.
    """

    lane: Lane
    subject: Subject
    words: str
    once: UUID


def raise_concern(*, telling: Telling, by: Person | None, now: datetime) -> Concern:
    """Keep it, and tell those who answer for it; `by` is None for somebody without an account.

    The same form sent twice is one concern. Raises TooManyConcerns or, much later, TooManyCalls.
    """
    try:
        with transaction.atomic():
            if (before := _same(telling, by)) is not None:
                return before
            _refuse_flood(telling.lane, by, now=now)
            return _keep(telling, by, now=now)
    except IntegrityError:
        # The other tap was faster by a blink.
        before = _same(telling, by)
        if before is None:
            raise
        return before


def see(*, concern: Concern, by: Person, now: datetime) -> bool:
    """A person has seen it, and whoever raised it can tell; True if this person was the first."""
    with transaction.atomic():
        if not _advance(
            concern, (ConcernState.RECEIVED,), ConcernState.SEEN, seen_at=now, next_call_at=None
        ):
            return False
        _step(concern, StepKind.SEEN, by=by, now=now)
        if concern.is_call:
            letters.tell_raiser(concern=concern, what="seen", now=now)
        return True


def acknowledge(*, concern: Concern, by: Person, now: datetime) -> None:
    """Somebody who was called, or found it on the desk, says that they are there.

    Raises SomebodyIsOnIt; that they came is written down all the same.
    """
    with transaction.atomic():
        # The concern before its calls, as the clock that calls on does: so the two never wait for each other.
        is_first = see(concern=concern, by=by, now=now)
        called = {"called_at": now, "acknowledged_at": now}
        page, is_new = Page.objects.get_or_create(concern=concern, person=by, defaults=called)
        if not is_new:
            Page.objects.filter(pk=page.pk, acknowledged_at=None).update(acknowledged_at=now)
    if not is_first:
        seen = ConcernStep.objects.filter(concern=concern, kind=StepKind.SEEN)
        if not seen.filter(by=by).exists():
            raise SomebodyIsOnIt


@transaction.atomic
def say(*, concern: Concern, words: str, by: Person, now: datetime) -> None:
    """Write to whoever raised it, while it is open; they are told. Raises AlreadyAnswered."""
    see(concern=concern, by=by, now=now)
    _require_open(concern)
    step = _step(concern, StepKind.SAID, by=by, now=now, words=words)
    letters.tell_raiser(concern=concern, what=f"said:{step.pk.hex[:8]}", now=now)


@transaction.atomic
def add(*, concern: Concern, words: str, by: Person | None, now: datetime) -> None:
    """Whoever raised it tells more, while it is open. Raises AlreadyAnswered or EnoughWords."""
    _require_open(concern)
    steps = ConcernStep.objects.filter(concern=concern)
    if steps.filter(kind=StepKind.ADDED).count() >= ADDED_MAX:
        raise EnoughWords
    _step(concern, StepKind.ADDED, by=by, now=now, words=words)
    seen = steps.filter(kind=StepKind.SEEN).select_related("by").first()
    if seen is not None and seen.by is not None:
        letters.tell_of_more(concern=concern, person=seen.by, now=now)


@transaction.atomic
def close(*, concern: Concern, done: Done, words: str, by: Person, now: datetime) -> None:
    """Answer it: what could be done, and in words. Raises AlreadyAnswered."""
    see(concern=concern, by=by, now=now)
    fields = {"done": done, "erase_on": (now + KEPT).date(), "next_call_at": None}
    if not _advance(concern, (ConcernState.SEEN,), ConcernState.CLOSED, **fields):
        raise AlreadyAnswered
    _step(concern, StepKind.CLOSED, by=by, now=now, words=words)
    letters.tell_raiser(concern=concern, what="answer", now=now)


@transaction.atomic
def appeal(*, concern: Concern, words: str, by: Person | None, now: datetime) -> None:
    """Whoever raised it asks that somebody else looks at it too, once. Raises NothingToAppeal."""
    if not _advance(concern, (ConcernState.CLOSED,), ConcernState.APPEALED, erase_on=None):
        raise NothingToAppeal
    _step(concern, StepKind.APPEALED, by=by, now=now, words=words)
    fresh = Concern.objects.with_people().get(pk=concern.pk)
    for judge in watch([fresh], now=now).judges_of(fresh):
        letters.tell_judge(concern=fresh, person=judge, now=now)


@transaction.atomic
def settle(*, concern: Concern, done: Done, words: str, by: Person, now: datetime) -> None:
    """Answer it a second time, by a second person. Raises AlreadyAnswered or NotYoursToJudge."""
    # Threat: somebody confirms their own answer, and calls it a second look.
    if ConcernStep.objects.filter(concern=concern, kind=StepKind.CLOSED, by=by).exists():
        raise NotYoursToJudge
    fields = {"done": done, "erase_on": (now + KEPT).date()}
    if not _advance(concern, (ConcernState.APPEALED,), ConcernState.SETTLED, **fields):
        raise AlreadyAnswered
    _step(concern, StepKind.SETTLED, by=by, now=now, words=words)
    letters.tell_raiser(concern=concern, what="settled", now=now)


def erase_expired(*, now: datetime) -> int:
    """Delete what was answered long enough ago; how many concerns. What a case is still open about stays."""
    old = Concern.objects.answered().filter(erase_on__lte=now.date())
    expired = old.exclude(pk__in=Case.objects.open().exclude(concern=None).values("concern"))
    return expired.delete()[1].get("safety.Concern", 0)


def _same(telling: Telling, by: Person | None) -> Concern | None:
    """What the same form made before. Another concern that was typed into an old form is none of it."""
    before = Concern.objects.filter(once=telling.once).first()
    if before is None:
        return None
    told = (before.raised_by_id, before.lane, before.kind, before.key, before.words)
    subject = telling.subject
    now_told = (by.pk if by else None, telling.lane, subject.kind, subject.key, telling.words)
    return before if told == now_told else None


def _refuse_flood(lane: Lane, by: Person | None, *, now: datetime) -> None:
    lately = Concern.objects.filter(
        raised_by=by, lane=lane, is_by_visitor=by is None, raised_at__gt=now - timedelta(hours=1)
    )
    # Threat: a limit that is meant for floods silences somebody in danger. Long before a call is refused,
    # it is kept without waking anybody; and a refusal says so, under the numbers of those who are there.
    if lane == Lane.NOW:
        if lately.count() >= (CALLS_AN_HOUR if by else VISITOR_CALLS_AN_HOUR):
            raise TooManyCalls
    elif lately.count() >= (CONCERNS_AN_HOUR if by else VISITOR_CONCERNS_AN_HOUR):
        raise TooManyConcerns


def _is_one_of_many(concern: Concern, *, now: datetime) -> bool:
    """Whether whoever raised it has caused so many letters today that the next ones go together."""
    today = Concern.objects.filter(lane=Lane.TELL, raised_at__gt=now - timedelta(days=1))
    who = Q(is_by_visitor=True) if concern.is_by_visitor else Q(raised_by=concern.raised_by)
    return today.filter(who).count() > LETTERS_A_DAY


def _keep(telling: Telling, by: Person | None, *, now: datetime) -> Concern:
    subject = telling.subject
    is_used = Concern.objects.filter(once=telling.once).exists()
    kept = Concern.objects.create(
        lane=telling.lane, kind=subject.kind, key=subject.key, label=subject.label[:200],
        group=subject.group, words=telling.words, raised_by=by, is_by_visitor=by is None,
        raised_at=now, once=uuid4() if is_used else telling.once,
    )  # fmt: skip
    _name_parties(kept, subject.people)
    _step(kept, StepKind.RAISED, by=by, now=now)
    if by is not None and subject.kind == SubjectKind.PERSON and subject.key is not None:
        flags.weigh(by=by, about=subject.key, group=subject.group, now=now)
    concern = Concern.objects.with_people().get(pk=kept.pk)
    if concern.is_call:
        duty_calls.begin(concern=concern, now=now)
    else:
        tell = letters.tell_of_many if _is_one_of_many(concern, now=now) else letters.tell_reader
        for reader in watch([concern], now=now).readers_of(concern):
            tell(concern=concern, person=reader, now=now)
    return concern


def _name_parties(concern: Concern, people: Collection[UUID]) -> None:
    there = Person.objects.filter(pk__in=people)
    ConcernParty.objects.bulk_create(
        ConcernParty(concern=concern, person=person) for person in there
    )


def _advance(
    concern: Concern, from_: Sequence[ConcernState], to: ConcernState, **fields: object
) -> bool:
    """One conditional update: of two who act at once, one is first."""
    waiting = Concern.objects.filter(pk=concern.pk, state__in=from_)
    return bool(waiting.update(state=to, **fields))


def _require_open(concern: Concern) -> None:
    # The lock, so that nothing is written under an answer that is given at the same moment.
    open_ = Concern.objects.select_for_update(no_key=True).open()
    if not open_.filter(pk=concern.pk).exists():
        raise AlreadyAnswered


def _step(
    concern: Concern, kind: StepKind, *, by: Person | None, now: datetime, words: str = ""
) -> ConcernStep:
    return ConcernStep.objects.create(concern=concern, kind=kind, at=now, by=by, words=words)
