"""What a concern can be about in meetings: one meeting. Told to the floor below."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from hearthside.accounts.models import Person
from hearthside.groups.subjects import leading
from hearthside.meetings import access
from hearthside.meetings.models import Duty
from hearthside.safety.enums import SubjectKind
from hearthside.safety.ports import Subject


class MeetingSubjects:
    """Fills `safety.ports.Subjects` for meetings: whoever may open the meeting's page may worry about it."""

    def named(self, key: UUID, *, reader: Person | None, now: datetime) -> Subject | None:
        try:
            meeting = access.meeting_for(reader or AnonymousUser(), key)
        except Http404:
            return None
        # Whoever led that evening, also if they lead the group no more.
        duties = Duty.objects.filter(meeting=meeting, declined_at=None)
        led = frozenset(duties.values_list("person", flat=True))
        local = meeting.starts_at.astimezone(ZoneInfo(meeting.zone))
        return Subject(
            SubjectKind.MEETING,
            meeting.pk,
            f"{meeting.group.name}, {local:%Y-%m-%d %H:%M}",
            address=meeting.get_absolute_url(),
            people=led | leading(meeting.group_id, now=now),
            group=meeting.group_id,
        )
