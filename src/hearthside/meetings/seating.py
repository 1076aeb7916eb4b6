"""What meetings tells rooms: who has a chair, where the meeting's page is, and what follows it."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from hearthside.accounts.models import Person
from hearthside.groups.enums import Stage
from hearthside.meetings.actions import stays as marks
from hearthside.meetings.models import Meeting
from hearthside.meetings.queries.chairs import chairs_at
from hearthside.meetings.queries.debrief import meeting_helped_at
from hearthside.rooms.models import Room
from hearthside.rooms.ports import Chair, Stay


class MeetingSeating:
    """A Seating for the rooms of meetings."""

    def chairs(self, room: Room, *, now: datetime) -> Sequence[Chair]:
        meeting = _meeting_in(room)
        return chairs_at(meeting, now=now) if meeting else []

    def address(self, room: Room) -> str:
        """The meeting's page; the group's where the meeting has another room by now."""
        return (_meeting_in(room) or room.group).get_absolute_url()

    def held(self, room: Room, *, stays: Sequence[Stay], by: Person | None, now: datetime) -> None:
        """Write who came to the roster. A meeting that nobody began was not held, and nobody missed it."""
        meeting = _meeting_in(room)
        if meeting is None or room.opened_at is None or meeting.is_cancelled():
            return
        marks.write_down(
            meeting=meeting,
            stays=stays,
            began_at=max(room.opened_at, meeting.starts_at),
            ended_at=min(now, meeting.ends_at),
            by=by,
            now=now,
        )

    def afterwards(self, room: Room, *, person: Person, now: datetime) -> str:
        """The page of the two questions, for whoever had a role at the meeting once it is over."""
        meeting = _meeting_in(room)
        if meeting is None or meeting_helped_at(person, meeting.pk, now=now) is None:
            return ""
        return reverse("debrief", args=[meeting.pk])

    def next_meeting(self, room: Room, *, now: datetime) -> tuple[datetime, str] | None:
        """The next meeting that takes place, other than this one; none while the group rests."""
        coming = Meeting.objects.standing().filter(
            group=room.group_id, group__stage=Stage.OPEN, starts_at__gt=now
        )
        following = coming.exclude(room=room.pk).order_by("starts_at").first()
        return (following.starts_at, following.get_absolute_url()) if following else None


def _meeting_in(room: Room) -> Meeting | None:
    found = Meeting.objects.filter(room=room.pk)
    return found.select_related("group", "cancellation").first()
