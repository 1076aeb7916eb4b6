"""The rota: asking who leads and greets, and their answers."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind, Stage
from hearthside.groups.models import Role
from hearthside.meetings.actions import letters
from hearthside.meetings.actions.refusals import MeetingIsOver
from hearthside.meetings.enums import DutyKind
from hearthside.meetings.models import Duty, Meeting
from hearthside.meetings.queries.people import DUTY_OF_ROLE, coordinators_of, roles_of

ASK_AHEAD = timedelta(days=7)


@transaction.atomic
def confirm(*, meeting: Meeting, person: Person, kind: DutyKind, now: datetime) -> Duty:
    """The person says they will be there. Raises MeetingIsOver."""
    return _answer(meeting, person, kind, now=now, confirmed_at=now, declined_at=None)


@transaction.atomic
def decline(*, meeting: Meeting, person: Person, kind: DutyKind, now: datetime) -> Duty:
    """The person cannot be there: whoever can find somebody else is told. Raises MeetingIsOver."""
    duty = _answer(meeting, person, kind, now=now, confirmed_at=None, declined_at=now)
    others = [
        role.person for role in roles_of(meeting.group, now=now) if role.person_id != person.pk
    ]
    people = dict.fromkeys([*others, *coordinators_of(meeting.group, now=now)])
    letters.declined(
        duty=duty, meeting=meeting, to=[each for each in people if each != person], now=now
    )
    return duty


def ask_all(*, now: datetime) -> int:
    """Ask those who lead and greet in the next seven days; returns how many were newly asked."""
    meetings = (
        Meeting.objects.standing()
        .within(from_at=now, until_at=now + ASK_AHEAD)
        .filter(group__stage=Stage.OPEN)
        .select_related("group")
        .order_by("starts_at")
    )
    roles: dict[object, list[Role]] = defaultdict(list)
    held = Role.objects.in_force(now=now).filter(
        kind__in=DUTY_OF_ROLE, group__in=meetings.values("group")
    )
    for role in held.select_related("person"):
        roles[role.group_id].append(role)
    asked = set(
        Duty.objects.filter(meeting__in=meetings).values_list("meeting_id", "person_id", "kind")
    )
    return sum(
        _ask(meeting, role, now=now)
        for meeting in meetings
        for role in roles[meeting.group_id]
        if (meeting.pk, role.person_id, DUTY_OF_ROLE[RoleKind(role.kind)]) not in asked
    )


def ask_again(*, meeting: Meeting, by: Person | None, now: datetime) -> None:
    """The meeting has another time: ask everyone on its rota anew, but for the one who chose it."""
    duties = meeting.duties.exclude(person=by).select_related("person")
    duties.update(asked_at=now, confirmed_at=None, declined_at=None)
    for duty in duties:
        letters.duty(duty=duty, meeting=meeting, now=now)


def stand_down(*, role: Role, now: datetime) -> None:
    """Who no longer leads or greets the group has no duty at its meetings to come, whatever they said."""
    if role.kind in DUTY_OF_ROLE:
        kind = DUTY_OF_ROLE[RoleKind(role.kind)]
        duties = Duty.objects.of(role.person).filter(meeting__group=role.group, kind=kind)
        duties.filter(meeting__ends_at__gt=now).delete()


@transaction.atomic
def _ask(meeting: Meeting, role: Role, *, now: datetime) -> bool:
    duty, is_new = Duty.objects.get_or_create(
        meeting=meeting,
        person=role.person,
        kind=DUTY_OF_ROLE[RoleKind(role.kind)],
        defaults={"asked_at": now},
    )
    if is_new:
        letters.duty(duty=duty, meeting=meeting, now=now)
    return is_new


def _answer(
    meeting: Meeting, person: Person, kind: DutyKind, *, now: datetime, **answer: datetime | None
) -> Duty:
    if meeting.is_over(now=now):
        raise MeetingIsOver
    duty, _is_new = Duty.objects.update_or_create(
        meeting=meeting, person=person, kind=kind,
        defaults=answer, create_defaults={"asked_at": now, **answer},
    )  # fmt: skip
    return duty
