"""Who leads, covers, keeps the room safe and greets: their answers, changing places, standing down."""

from datetime import datetime

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Role
from hearthside.groups.queries.training import leads_where, may_lead
from hearthside.meetings import ladder
from hearthside.meetings.actions import duty_letters, letters
from hearthside.meetings.actions.locks import lock
from hearthside.meetings.actions.refusals import (
    MeetingIsCancelled,
    MeetingIsOver,
    NotAskedToSwap,
    NotTrainedYet,
)
from hearthside.meetings.enums import DutyKind, DutyWay, RungKind
from hearthside.meetings.models import Climb, Duty, Meeting
from hearthside.meetings.queries.ladder import case_of, duties_of
from hearthside.meetings.queries.people import coordinators_of, roles_of

STANDING_BY = (DutyKind.LEAD, DutyKind.COVER)


@transaction.atomic
def confirm(*, meeting: Meeting, person: Person, kind: DutyKind, now: datetime) -> Duty:
    """The person says they will be there: the first yes leads, a later one covers, or is thanked and free.

    Raises MeetingIsOver, MeetingIsCancelled, or NotTrainedYet for who may not lead.
    """
    if kind in STANDING_BY and not may_lead([person.pk], now=now):
        raise NotTrainedYet
    meeting = lock(meeting=meeting)
    _refuse_past(meeting, now)
    if kind == DutyKind.SAFETY and _is_kept_safe(meeting, person):
        return _answer(meeting, person, kind, now=now, confirmed_at=None, freed_at=now)
    if kind not in STANDING_BY:
        duty = _answer(meeting, person, kind, now=now, confirmed_at=now)
        if kind == DutyKind.SAFETY:
            duty_letters.all_found(duty=duty, meeting=meeting, now=now)
        return duty
    duty = _standing_by(meeting, person, kind, now=now)
    if duty.confirmed_at is not None:
        return duty
    case = ladder.answered(case_of(meeting, now=now), person.pk, yes=True)
    ask = case.of(person.pk)
    if ask is None:
        return duty
    duty.kind, duty.declined_at, duty.freed_at = DutyKind(ask.part), None, None
    duty.way = duty.way or DutyWay.TEAM
    duty.confirmed_at = now if ask.answer == ladder.Answer.YES else None
    duty.freed_at = now if ask.answer == ladder.Answer.FREED else None
    duty.save()
    if duty.kind == DutyKind.LEAD and duty.confirmed_at:
        tell_of_lead(meeting=meeting, led=duty, now=now)
    return duty


@transaction.atomic
def decline(*, meeting: Meeting, person: Person, kind: DutyKind, now: datetime) -> Duty:
    """The person cannot be there; nobody asks why. It passes on at once, and whoever can find somebody is told.

    Raises MeetingIsOver.
    """
    meeting = lock(meeting=meeting)
    if meeting.is_over(now=now):
        raise MeetingIsOver
    was_sure = False
    if kind in STANDING_BY:
        duty = _standing_by(meeting, person, kind, now=now)
        if duty.declined_at is not None:
            return duty
        was_sure = duty.confirmed_at is not None
        duty.declined_at, duty.confirmed_at, duty.freed_at = now, None, None
        duty.swap_asked_at, duty.here_at = None, None
        duty.save()
    else:
        was_sure = Duty.objects.of(person).confirmed().filter(meeting=meeting, kind=kind).exists()
        duty = _answer(meeting, person, kind, now=now, declined_at=now)
    # Threat: the team reads who of the pool did not want to come to them. Nobody had counted on that person.
    if duty.way == DutyWay.POOL and not was_sure:
        return duty
    others = [
        role.person for role in roles_of(meeting.group, now=now) if role.person_id != person.pk
    ]
    people = dict.fromkeys([*others, *coordinators_of(meeting.group, now=now)])
    letters.declined(
        duty=duty, meeting=meeting, to=[each for each in people if each != person], now=now
    )
    return duty


@transaction.atomic
def ask_to_swap(*, meeting: Meeting, person: Person, now: datetime) -> Duty | None:
    """Whoever leads asks whoever covers to change places; they stay the lead until the other says yes.

    Raises MeetingIsOver. None where nobody covers.
    """
    meeting = lock(meeting=meeting)
    _refuse_past(meeting, now)
    own = _own(meeting, person, DutyKind.LEAD)
    cover = _partner(meeting)
    if own is None or cover is None:
        return None
    if own.swap_asked_at is None:
        own.swap_asked_at = now
        own.save(update_fields=["swap_asked_at"])
        duty_letters.swap(duty=cover, by=person, meeting=meeting, now=now)
    return cover


@transaction.atomic
def swap(*, meeting: Meeting, person: Person, now: datetime) -> Duty:
    """Whoever covers leads, and whoever led covers; both have said yes. Raises NotAskedToSwap, MeetingIsOver, NotTrainedYet."""
    if not may_lead([person.pk], now=now):
        raise NotTrainedYet
    meeting = lock(meeting=meeting)
    _refuse_past(meeting, now)
    own = _own(meeting, person, DutyKind.COVER)
    asking = Duty.objects.leading().filter(meeting=meeting, swap_asked_at__isnull=False).first()
    if own is None or asking is None:
        raise NotAskedToSwap
    # The one who led steps down first: two never lead, not for a moment.
    Duty.objects.filter(pk=asking.pk).update(
        kind=DutyKind.COVER, confirmed_at=now, declined_at=None, freed_at=None, swap_asked_at=None
    )
    _forget_told(meeting)
    Duty.objects.filter(pk=own.pk).update(
        kind=DutyKind.LEAD, confirmed_at=now, declined_at=None, freed_at=None
    )
    own.refresh_from_db()
    return own


def ask_again(*, meeting: Meeting, by: Person | None, now: datetime) -> None:
    """The meeting has another time: ask everyone on its rota anew, but for the one who chose it."""
    Climb.objects.filter(meeting=meeting).delete()
    # Whoever stepped in from elsewhere did so for the old time.
    meeting.duties.filter(way=DutyWay.POOL).exclude(person=by).delete()
    duties = meeting.duties.exclude(person=by).select_related("person")
    duties.update(
        asked_at=now, confirmed_at=None, declined_at=None, freed_at=None, swap_asked_at=None,
        here_at=None,
    )  # fmt: skip
    for duty in duties:
        letters.duty(duty=duty, meeting=meeting, now=now)


def stand_down(*, role: Role, now: datetime) -> None:
    """Who no longer leads or greets the group has no duty at its meetings to come, whatever they said."""
    kinds = {
        RoleKind.FACILITATOR: [*STANDING_BY, DutyKind.SAFETY],
        RoleKind.GREETER: [DutyKind.GREET],
    }.get(RoleKind(role.kind), [])
    if kinds:
        duties = Duty.objects.of(role.person).filter(meeting__group=role.group, kind__in=kinds)
        duties.filter(meeting__ends_at__gt=now).delete()


def stand_down_untrained(*, now: datetime) -> None:
    """A sign-off has run out or was taken back: nobody counts on that yes any more, and cover can be found."""
    ahead = Duty.objects.standing_by().filter(meeting__ends_at__gt=now)
    ahead.exclude(leads_where("person", now=now)).delete()


def _standing_by(meeting: Meeting, person: Person, kind: DutyKind, *, now: datetime) -> Duty:
    """The person's one duty to lead or cover; somebody of the team may step forward unasked."""
    own = next((duty for duty in duties_of(meeting) if duty.person_id == person.pk), None)
    return own or Duty.objects.create(
        meeting=meeting, person=person, kind=kind, way=DutyWay.TEAM, asked_at=now
    )


def _own(meeting: Meeting, person: Person, kind: DutyKind) -> Duty | None:
    return Duty.objects.filter(meeting=meeting, person=person, kind=kind, declined_at=None).first()


def _partner(meeting: Meeting) -> Duty | None:
    covers = Duty.objects.filter(
        meeting=meeting, kind=DutyKind.COVER, declined_at=None, freed_at=None
    )
    return covers.select_related("person").order_by("asked_at").first()


def tell_of_lead(*, meeting: Meeting, led: Duty, now: datetime) -> None:
    """Whoever else was asked to lead and has not answered need not any more."""
    _forget_told(meeting)
    duty_letters.all_found(duty=led, meeting=meeting, now=now)


def _forget_told(meeting: Meeting) -> None:
    """Somebody else leads now, and has not heard yet whether anybody keeps the room safe."""
    Climb.objects.filter(meeting=meeting, rung=RungKind.ALONE).delete()


def _is_kept_safe(meeting: Meeting, person: Person) -> bool:
    """Somebody else keeps the room safe, and this person of the pool need not."""
    own = Duty.objects.keeping_safe().filter(meeting=meeting, person=person, way=DutyWay.POOL)
    others = Duty.objects.keeping_safe().confirmed().filter(meeting=meeting).exclude(person=person)
    return own.exists() and others.exists()


def _refuse_past(meeting: Meeting, now: datetime) -> None:
    if meeting.is_over(now=now):
        raise MeetingIsOver
    if meeting.is_cancelled():
        raise MeetingIsCancelled


def _answer(
    meeting: Meeting, person: Person, kind: DutyKind, *, now: datetime, **said: datetime | None
) -> Duty:
    answer = {"confirmed_at": None, "declined_at": None, "freed_at": None, **said}
    duty, _is_new = Duty.objects.update_or_create(
        meeting=meeting, person=person, kind=kind,
        defaults=answer, create_defaults={"asked_at": now, "way": DutyWay.TEAM, **answer},
    )  # fmt: skip
    return duty
