"""After a meeting: which ones wait for somebody's two answers, what their own answers say, and who wants a call."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Role
from hearthside.groups.queries.training import leads_where
from hearthside.meetings.enums import CallFrom, DutyKind
from hearthside.meetings.models import CallAsked, Debrief, Duty, Meeting
from hearthside.rooms.enums import Phase
from hearthside.rooms.models import Entry

# Later than this nobody remembers how heavy it was.
ASKED_FOR: Final = timedelta(days=14)
CALLS_SHOWN: Final = timedelta(days=30)


def helped_at(person: Person, *, now: datetime) -> QuerySet[Meeting]:
    """Meetings of the last two weeks that are over, or whose room is closed, and at which the person had a role.

    They said yes to leading, covering, keeping the room safe or greeting, or they lead the group.
    """
    said = Duty.objects.of(person).filter(meeting=OuterRef("pk"))
    role = Role.objects.of(person).filter(
        Q(until_at=None) | Q(until_at__gt=OuterRef("starts_at")),
        kind=RoleKind.FACILITATOR,
        group=OuterRef("group"),
        from_at__lte=OuterRef("starts_at"),
    )
    is_over = Q(ends_at__lte=now) | Q(room__phase=Phase.CLOSED, starts_at__lte=now)
    over = Meeting.objects.standing().filter(is_over, ends_at__gt=now - ASKED_FOR)
    yes = Exists(said.filter(confirmed_at__isnull=False))
    no = Exists(said.filter(kind=DutyKind.LEAD, declined_at__isnull=False))
    return over.filter(yes | (Exists(role) & ~no)).select_related("group")


def meeting_helped_at(person: Person, meeting_id: UUID, *, now: datetime) -> Meeting | None:
    """The meeting, if the person had a role at it and it is not long over."""
    return helped_at(person, now=now).filter(pk=meeting_id).first()


def debrief_of(person: Person, meeting: Meeting) -> Debrief | None:
    return Debrief.objects.filter(person=person, meeting=meeting).first()


def waiting_for(person: Person, *, now: datetime) -> list[Meeting]:
    """Meetings at which the person had a role and has not answered the two questions about, newest first."""
    answered = Debrief.objects.filter(person=person, meeting=OuterRef("pk"))
    return list(helped_at(person, now=now).filter(~Exists(answered)).order_by("-ends_at"))


def own_debriefs(person: Person) -> list[Debrief]:
    """The person's own answers, by the time of the meeting, newest first."""
    own = Debrief.objects.filter(person=person).select_related("meeting__group")
    return list(own.order_by("-meeting__starts_at"))


def to_be_asked(*, since: datetime, now: datetime) -> list[Duty]:
    """Yeses of meetings that ended since then, one for each person, whose two questions are not answered.

    Whoever led is asked; whoever covered, kept the room safe or greeted, if it was seen that they came.
    """
    came = Entry.objects.filter(
        room=OuterRef("meeting__room"), person=OuterRef("person"), first_here_at__isnull=False
    )
    answered = Debrief.objects.filter(person=OuterRef("person"), meeting=OuterRef("meeting"))
    duties = Duty.objects.confirmed().filter(
        ~Exists(answered),
        Q(kind=DutyKind.LEAD) | Q(here_at__isnull=False) | Exists(came),
        Q(kind__in=[DutyKind.SAFETY, DutyKind.GREET]) | leads_where("person", now=now),
        meeting__ends_at__lte=now,
        meeting__ends_at__gt=since,
        meeting__cancellation=None,
    )
    found = duties.select_related("person", "meeting__group").order_by("pk")
    return list({(duty.meeting_id, duty.person_id): duty for duty in found}.values())


def answering(call: CallAsked, *, now: datetime) -> list[Person]:
    """Who can call back: of the kind that was asked for, or else the next; never the one who asks."""
    for kind, within in _circle(call):
        held = Role.objects.in_force(now=now).filter(within, kind=kind, person__is_active=True)
        roles = held.exclude(person=call.person_id).select_related("person").order_by("from_at")
        if found := list(dict.fromkeys(role.person for role in roles)):
            return found
    return []


def calls_for(person: Person, *, now: datetime) -> list[CallAsked]:
    """Wishes that this person may answer: open ones, and those they took lately."""
    held = (
        Role.objects.of(person)
        .in_force(now=now)
        .exclude(kind__in=[RoleKind.FACILITATOR, RoleKind.GREETER])
    )
    if not held.exists():
        return []
    wished = CallAsked.objects.filter(
        Q(done_at=None) | Q(taken_by=person, done_at__gt=now - CALLS_SHOWN)
    ).select_related("person", "group", "taken_by")
    return [each for each in wished if person in answering(each, now=now)]


def own_calls(person: Person) -> Sequence[CallAsked]:
    """What the person asked for and is not over yet."""
    own = CallAsked.objects.filter(person=person, done_at=None)
    return list(own.select_related("taken_by", "group"))


def _circle(call: CallAsked) -> list[tuple[RoleKind, Q]]:
    here = Q(site=call.group.site_id) | Q(site=None)
    coordinators = [(RoleKind.COORDINATOR, here), (RoleKind.OPERATOR, Q())]
    if call.of == CallFrom.SAFETY_LEAD:
        return [(RoleKind.SAFETY_LEAD, here), *coordinators]
    return coordinators
