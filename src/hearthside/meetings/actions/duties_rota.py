"""The rota: a week ahead, the team of a group is asked who leads, covers, keeps the room safe and greets."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import chain, repeat
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind, Stage
from hearthside.groups.models import Role
from hearthside.groups.queries.training import leads_where
from hearthside.meetings.actions import letters
from hearthside.meetings.actions.duties import stand_down_untrained
from hearthside.meetings.actions.locks import lock
from hearthside.meetings.enums import DutyKind, DutyWay
from hearthside.meetings.models import Duty, Meeting
from hearthside.meetings.queries.people import DUTY_OF_ROLE

ASK_AHEAD = timedelta(days=7)
# Of these a meeting has one.
ONE_OF = (DutyKind.LEAD, DutyKind.SAFETY)
# Earlier than any meeting: whoever never led is next.
NEVER = timedelta(days=36500)


def ask_all(*, now: datetime) -> int:
    """Ask those who lead, cover, keep the room safe and greet in the next seven days; how many were newly asked."""
    stand_down_untrained(now=now)
    meetings = list(
        Meeting.objects.standing()
        .within(from_at=now, until_at=now + ASK_AHEAD)
        .filter(group__stage=Stage.OPEN)
        .select_related("group")
        .order_by("starts_at")
    )
    groups = {meeting.group_id for meeting in meetings}
    teams = _teams(groups, now=now)
    asked: dict[UUID, set[tuple[UUID, str]]] = defaultdict(set)
    known = Duty.objects.filter(meeting__in=[meeting.pk for meeting in meetings])
    for meeting_id, person, kind in known.values_list("meeting_id", "person_id", "kind"):
        asked[meeting_id].add((person, kind))
    led = _led_last(groups)
    count = 0
    for meeting in meetings:
        for role, kind in _rota(meeting, teams[meeting.group_id], asked[meeting.pk], led):
            if kind == DutyKind.LEAD:
                led[meeting.group_id, role.person_id] = meeting.starts_at
            count += _ask(meeting, role.person, kind, now=now)
    return count


def _teams(groups: Iterable[UUID], *, now: datetime) -> dict[UUID, list[Role]]:
    held = Role.objects.in_force(now=now).filter(
        ~Q(kind=RoleKind.FACILITATOR) | leads_where("person", now=now),
        kind__in=DUTY_OF_ROLE,
        group__in=groups,
    )
    teams: dict[UUID, list[Role]] = defaultdict(list)
    for role in held.select_related("person").order_by("from_at", "pk"):
        if role.group_id is not None:
            teams[role.group_id].append(role)
    return teams


def _led_last(groups: Iterable[UUID]) -> dict[tuple[UUID, UUID], datetime]:
    """When each person last was to lead each group, so that the turn goes round."""
    rows = Duty.objects.leading().filter(meeting__group__in=groups, declined_at=None)
    turns = (
        rows.order_by().values_list("meeting__group", "person").annotate(Max("meeting__starts_at"))
    )
    return {(group, person): at for group, person, at in turns}


def _rota(
    meeting: Meeting,
    team: Sequence[Role],
    asked: set[tuple[UUID, str]],
    led: dict[tuple[UUID, UUID], datetime],
) -> list[tuple[Role, DutyKind]]:
    """Who is newly asked for what: whoever led longest ago leads, the next covers, a third keeps the room safe."""
    leaders = sorted(
        (role for role in team if role.kind == RoleKind.FACILITATOR),
        key=lambda role: led.get((meeting.group_id, role.person_id), meeting.starts_at - NEVER),
    )
    known = {person for person, kind in asked if kind != DutyKind.GREET}
    free = [role for role in leaders if role.person_id not in known]
    kinds = [DutyKind.LEAD, DutyKind.COVER]
    if meeting.group.has_room():
        kinds.append(DutyKind.SAFETY)
    taken = {kind for _person, kind in asked}
    # Whoever is left of a larger team covers, too.
    missing = chain([kind for kind in kinds if kind not in taken], repeat(DutyKind.COVER))
    newly = list(zip(free, missing, strict=False))
    greeters = [role for role in team if role.kind == RoleKind.GREETER]
    return newly + [
        (role, DutyKind.GREET) for role in greeters if (role.person_id, DutyKind.GREET) not in asked
    ]


@transaction.atomic
def _ask(meeting: Meeting, person: Person, kind: DutyKind, *, now: datetime) -> bool:
    # Two workers at once: the second finds the part given, by whichever of the two was first.
    meeting = lock(meeting=meeting)
    is_given = kind in ONE_OF and meeting.duties.filter(kind=kind).exists()
    if is_given or meeting.duties.filter(person=person, kind=kind).exists():
        return False
    duty = Duty.objects.create(
        meeting=meeting, person=person, kind=kind, way=DutyWay.TEAM, asked_at=now
    )
    letters.duty(duty=duty, meeting=meeting, now=now)
    return True
