"""Who may reach what in meetings. A refusal is a 404, so it says nothing about what exists."""

from collections.abc import Iterable
from uuid import UUID

from django.core import signing
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.groups.access import group_led_by, may_edit, rights
from hearthside.groups.enums import Stage
from hearthside.groups.models import Group, Membership
from hearthside.groups.queries.rights import Reader, Rights
from hearthside.meetings.enums import DutyKind
from hearthside.meetings.models import (
    CallAsked,
    Duty,
    Haven,
    Meeting,
    Reserve,
    Seat,
    Series,
    Welcome,
)
from hearthside.meetings.queries.chairs import chair_of
from hearthside.meetings.queries.debrief import calls_for, helped_at, meeting_helped_at
from hearthside.meetings.queries.duties import ANSWER
from hearthside.meetings.queries.havens import Offered, offers_to

__all__ = ["group_led_by", "may_edit", "rights"]


def meeting_for(person: Reader, meeting_id: UUID) -> Meeting:
    """A meeting of an open group is for everyone; of any other, for those who belong or lead."""
    meeting = get_object_or_404(Meeting.objects.with_group(), pk=meeting_id)
    group = meeting.group
    if group.is_findable() or may_edit(person, group):
        return meeting
    # A draft is not published yet, and its name may tell a condition.
    if group.stage != Stage.DRAFT and _belonged(person, meeting):
        return meeting
    raise Http404


def has_chair(person: Reader, meeting: Meeting) -> bool:
    """Whether the person may be in the meeting's room; coordinating or running the site is no reason."""
    return chair_of(person, meeting, now=timezone.now()) is not None


def meeting_led_by(person: Reader, meeting_id: UUID) -> Meeting:
    """The meeting, for those who lead its group or coordinate its site."""
    meeting = get_object_or_404(Meeting.objects.with_group(), pk=meeting_id)
    # Who has a seat is nobody's business but the facilitator's: members get the same 404 as strangers.
    if not may_edit(person, meeting.group):
        raise Http404
    return meeting


def meeting_to_debrief(person: Reader, meeting_id: UUID) -> Meeting:
    """A meeting that is over and at which the person had a role; to everybody else it is not there.

    Threat: somebody asks for the answers of whoever leads their group. There is no page that shows another's.
    """
    if not isinstance(person, Person):
        raise Http404
    meeting = meeting_helped_at(person, meeting_id, now=timezone.now())
    if meeting is None:
        raise Http404
    return meeting


def groups_to_call_for(person: Reader) -> list[Group]:
    """The groups that the person leads or greets at, or stepped in for, to ask for a call; 404 for who may neither
    ask nor answer.
    """
    own = rights(person)
    if not own.has_any:
        raise Http404
    theirs = Q(pk__in=own.facilitates | own.greets)
    if isinstance(person, Person):
        theirs |= Q(pk__in=helped_at(person, now=timezone.now()).values("group"))
    return list(Group.objects.filter(theirs).select_related("site"))


def call_to_answer(person: Reader, call_id: UUID) -> CallAsked:
    """A wish for a call that the person may answer."""
    found = calls_for(person, now=timezone.now()) if isinstance(person, Person) else []
    return _one(call for call in found if call.pk == call_id)


def call_to_finish(person: Reader, call_id: UUID) -> CallAsked:
    """A wish for a call of one's own, or one that one took."""
    mine = Q(person=person.pk) | Q(taken_by=person.pk)
    return get_object_or_404(CallAsked.objects.filter(mine), pk=call_id)


def _one(calls: Iterable[CallAsked]) -> CallAsked:
    call = next(iter(calls), None)
    if call is None:
        raise Http404
    return call


def series_led_by(person: Reader, series_id: UUID) -> Series:
    """A running series, for those who lead its group or coordinate its site."""
    found = Series.objects.select_related("group__site").filter(ended_at=None)
    series = get_object_or_404(found, pk=series_id)
    if not may_edit(person, series.group):
        raise Http404
    return series


def duty_kind_for(person: Reader, meeting: Meeting, *, wanted: str = "") -> DutyKind:
    """What the person is asked to do at the meeting; unasked, somebody of the team may lead, or greet."""
    own = rights(person)
    asked = Duty.objects.of(person).filter(meeting=meeting) if isinstance(person, Person) else []
    kinds = [DutyKind(duty.kind) for duty in asked]
    if kinds:
        return next((kind for kind in kinds if kind == wanted), kinds[0])
    if meeting.group_id in own.facilitates:
        return DutyKind.LEAD
    if meeting.group_id in own.greets:
        return DutyKind.GREET
    raise Http404


def meeting_to_be_at(person: Reader, meeting_id: UUID) -> Meeting:
    """A meeting without a room of ours, for whoever is asked to lead or cover it, or leads its group."""
    meeting = meeting_for(person, meeting_id)
    kind = duty_kind_for(person, meeting, wanted=DutyKind.LEAD)
    if meeting.group.has_room() or kind not in (DutyKind.LEAD, DutyKind.COVER):
        raise Http404
    return meeting


def person_on_roster(meeting: Meeting, person_id: UUID) -> Person:
    """Someone with a seat or a mark at the meeting; anyone else's key leads nowhere."""
    people = Person.objects.filter(seats__meeting=meeting) | Person.objects.filter(
        attendances__meeting=meeting
    )
    return get_object_or_404(people.distinct(), pk=person_id)


def duty_by_token(token: str) -> Duty:
    """The duty that the link in a letter speaks for, while the meeting is at the time that the letter named."""
    try:
        key, _, at = ANSWER.unsign(token).partition(".")
        duty = Duty.objects.filter(pk=UUID(key), person__is_active=True)
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    found = get_object_or_404(duty.select_related("meeting__group__site", "person"))
    # Threat: an old letter, forwarded or kept, answers for a time about which nobody asked.
    if f"{found.meeting.starts_at:%Y%m%d%H%M}" != at:
        raise Http404
    return found


def kind_of(duty: Duty) -> DutyKind:
    return DutyKind(duty.kind)


def reserve_of(person: Person) -> Reserve | None:
    """What the person said about stepping in; 404 for who has nothing to do with leading.

    Threat: somebody who never led puts themselves forward to sit with people in need.
    """
    require_team(person)
    return Reserve.objects.filter(person=person).first()


def is_in_pool(person: Person) -> bool:
    return Reserve.objects.filter(person=person).exists()


def is_of_a_team(person: Person) -> bool:
    own = rights(person)
    return own.has_groups or bool(own.greets)


def zone_of(request: HttpRequest) -> str:
    """The clock that the person sees: their own, or the one that the browser told."""
    own = getattr(request.user, "time_zone", "")
    return str(own or timezone.get_current_timezone_name())


def guests_welcome_at(group: Group) -> int:
    found = Welcome.objects.filter(group=group).values_list("seats", flat=True).first()
    return found or 0


def offered_to(person: Person, haven_id: UUID) -> Offered:
    """A seat as a guest that is offered to this person; to anybody else it is not there."""
    rows = Haven.objects.select_related(
        "meeting__group", "host__group__site", "host__group__welcome"
    )
    haven = get_object_or_404(rows, pk=haven_id)
    offered = offers_to(person, haven.meeting, now=timezone.now())
    found = next((each for each in offered if each.haven == haven), None)
    if found is None:
        raise Http404
    return found


def require_team(person: Reader) -> Rights:
    """The rights of somebody who leads, greets or coordinates."""
    own = rights(person)
    if not (own.has_groups or own.greets):
        raise Http404
    return own


def _belonged(person: Reader, meeting: Meeting) -> bool:
    if not isinstance(person, Person):
        return False
    belongs = (
        Membership.objects.of(person).belonging(now=timezone.now()).filter(group=meeting.group)
    )
    own_seat = Seat.objects.open().of(person).filter(meeting=meeting)
    own_duty = Duty.objects.of(person).confirmed().filter(meeting=meeting)
    return belongs.exists() or own_seat.exists() or own_duty.exists()
