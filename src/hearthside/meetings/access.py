"""Who may reach what in meetings. A refusal is a 404, so it says nothing about what exists."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.groups.access import group_led_by, may_edit, rights
from hearthside.groups.enums import Stage
from hearthside.groups.models import Membership
from hearthside.groups.queries.rights import Reader, Rights
from hearthside.meetings.enums import DutyKind
from hearthside.meetings.models import Meeting, Seat, Series
from hearthside.meetings.queries.chairs import chair_of

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


def series_led_by(person: Reader, series_id: UUID) -> Series:
    """A running series, for those who lead its group or coordinate its site."""
    found = Series.objects.select_related("group__site").filter(ended_at=None)
    series = get_object_or_404(found, pk=series_id)
    if not may_edit(person, series.group):
        raise Http404
    return series


def duty_kind_for(person: Reader, meeting: Meeting) -> DutyKind:
    """What the person is asked to do at the meeting: lead, or greet."""
    own = rights(person)
    if meeting.group_id in own.facilitates:
        return DutyKind.LEAD
    if meeting.group_id in own.greets:
        return DutyKind.GREET
    raise Http404


def person_on_roster(meeting: Meeting, person_id: UUID) -> Person:
    """Someone with a seat or a mark at the meeting; anyone else's key leads nowhere."""
    people = Person.objects.filter(seats__meeting=meeting) | Person.objects.filter(
        attendances__meeting=meeting
    )
    return get_object_or_404(people.distinct(), pk=person_id)


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
    return belongs.exists() or Seat.objects.open().of(person).filter(meeting=meeting).exists()
