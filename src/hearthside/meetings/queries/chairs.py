"""Who may be in the room of a meeting: those with a seat, the team, and nobody else."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Membership, Role
from hearthside.groups.queries.rights import Reader
from hearthside.groups.queries.training import leads_where
from hearthside.meetings.enums import DutyKind
from hearthside.meetings.models import Duty, Guest, Meeting, Seat
from hearthside.meetings.queries.people import roles_of
from hearthside.meetings.queries.seats import attended
from hearthside.rooms.enums import Part
from hearthside.rooms.ports import Chair

PART_OF_ROLE = {RoleKind.FACILITATOR: Part.FACILITATOR, RoleKind.GREETER: Part.GREETER}
PART_OF_DUTY = {
    DutyKind.LEAD: Part.FACILITATOR,
    DutyKind.COVER: Part.FACILITATOR,
    DutyKind.SAFETY: Part.GREETER,
    DutyKind.GREET: Part.GREETER,
}


def chairs_at(meeting: Meeting, *, now: datetime) -> list[Chair]:
    """Everybody who may be in the meeting's room, each once, in four queries however many they are.

    The team comes first, then members by the number of their seat. Nobody may be in the room of a
    meeting that is cancelled.
    """
    if meeting.is_cancelled():
        return []
    # Threat: a coordinator or an operator reads along unseen. No role but facilitator and greeter
    # gives a chair, and everybody in the room sees who came to theirs.
    chairs = _team(meeting, now=now)
    seats = _seats(meeting, now=now)
    been = _been_before(meeting, seats)
    for seat in seats:
        of_team = chairs.get(seat.person_id)
        chairs[seat.person_id] = Chair(
            person=seat.person,
            part=of_team.part if of_team else Part.MEMBER,
            is_listening_only=seat.is_listening_only,
            is_first_time=of_team is None and seat.person_id not in been,
        )
    return list(chairs.values())


def chair_of(person: Reader, meeting: Meeting, *, now: datetime) -> Chair | None:
    """The person's own chair; none for whoever may not be in the room."""
    return next((chair for chair in chairs_at(meeting, now=now) if chair.person == person), None)


def part_of(role: Role) -> Part:
    """What a role from `roles_of` makes of somebody: in training one is beside those who lead, and greets."""
    if role.kind == RoleKind.FACILITATOR and not role.may_lead:
        return Part.GREETER
    return PART_OF_ROLE[RoleKind(role.kind)]


def _team(meeting: Meeting, *, now: datetime) -> dict[UUID, Chair]:
    """Whoever leads or greets the group, or said that they do so here; leading counts for more."""
    duties = Duty.objects.confirmed().filter(meeting=meeting).select_related("person")
    # Threat: somebody whose training is not signed, or has run out, leads on by a yes from before.
    duties = duties.filter(
        ~Q(kind__in=[DutyKind.LEAD, DutyKind.COVER]) | leads_where("person", now=now)
    )
    parts = [
        *((role.person, part_of(role)) for role in roles_of(meeting.group, now=now)),
        *((duty.person, PART_OF_DUTY[DutyKind(duty.kind)]) for duty in duties.order_by("asked_at")),
    ]
    team: dict[UUID, Chair] = {}
    for person, part in sorted(parts, key=lambda each: each[1] != Part.FACILITATOR):
        if person.is_active:
            team.setdefault(person.pk, Chair(person=person, part=part, is_listening_only=False))
    return team


def _seats(meeting: Meeting, *, now: datetime) -> Sequence[Seat]:
    # Threat: somebody left the group, and the room of a meeting they had a seat at still lets them in.
    belonging = Membership.objects.belonging(now=now).filter(
        group=meeting.group_id, person=OuterRef("person")
    )
    # A guest comes to this one meeting without belonging to the group.
    guests = Guest.objects.filter(meeting=meeting, person=OuterRef("person"))
    may_come = Exists(belonging) | Exists(guests)
    seats = Seat.objects.held().filter(may_come, meeting=meeting, person__is_active=True)
    return list(seats.select_related("person").order_by("number"))


def _been_before(meeting: Meeting, seats: Sequence[Seat]) -> set[UUID]:
    earlier = attended(meeting.group).filter(meeting__starts_at__lt=meeting.starts_at)
    people = [seat.person_id for seat in seats]
    return set(earlier.filter(person__in=people).values_list("person_id", flat=True))
