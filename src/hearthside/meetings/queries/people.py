"""Who leads, who greets, who is to be told."""

from datetime import datetime

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group, Role
from hearthside.groups.queries.training import with_leading
from hearthside.meetings.enums import DutyKind
from hearthside.meetings.models import Duty, Meeting

DUTY_OF_ROLE = {RoleKind.FACILITATOR: DutyKind.LEAD, RoleKind.GREETER: DutyKind.GREET}


def greeter_of(meeting: Meeting, *, now: datetime) -> Person | None:
    """Who looks out for newcomers: whoever said they greet, else a greeter, else a facilitator."""
    answers = Duty.objects.filter(meeting=meeting).select_related("person")
    declined = {duty.person_id for duty in answers if duty.declined_at}
    for kind in (DutyKind.GREET, DutyKind.LEAD):
        for duty in answers:
            if duty.kind == kind and duty.confirmed_at:
                return duty.person
    held = [role for role in roles_of(meeting.group, now=now) if role.person_id not in declined]
    held.sort(key=lambda role: role.kind != RoleKind.GREETER)
    return held[0].person if held else None


def roles_of(group: Group, *, now: datetime) -> list[Role]:
    """The group's facilitators and greeters, longest-serving first, each with `may_lead`; one query."""
    held = Role.objects.in_force(now=now).filter(group=group, kind__in=DUTY_OF_ROLE)
    roles = with_leading(held, now=now)
    return list(roles.select_related("person").order_by("from_at", "pk"))


def coordinators_of(group: Group, *, now: datetime) -> list[Person]:
    """Those who look after the group's site."""
    roles = Role.objects.in_force(now=now).filter(kind=RoleKind.COORDINATOR, site=group.site_id)
    return [role.person for role in roles.select_related("person").order_by("from_at", "pk")]
