"""The way into the room of a meeting, as pages and letters tell it to somebody who has a chair."""

from dataclasses import dataclass
from datetime import datetime

from hearthside.meetings.models import Meeting
from hearthside.rooms.enums import Part
from hearthside.rooms.queries.doors import OPENS_BEFORE, TEAM_BEFORE, Doorway


@dataclass(frozen=True)
class WayIn:
    """Whether one can go into the room now, and from when."""

    opens_at: datetime
    stands: Doorway


def way_in(meeting: Meeting, *, part: Part, now: datetime) -> WayIn | None:
    """The way in for somebody of that part; none where a meeting is held elsewhere, cancelled, or over.

    A meeting may run late: whoever drops out of its room then still finds the way back.
    """
    if meeting.is_cancelled() or not meeting.group.has_room():
        return None
    if meeting.room is None and meeting.is_over(now=now):
        return None
    opens_at = meeting.starts_at - (OPENS_BEFORE if part == Part.MEMBER else TEAM_BEFORE)
    if meeting.room is not None and meeting.room.is_closed():
        return WayIn(opens_at, Doorway.OVER)
    return WayIn(opens_at, Doorway.EARLY if now < opens_at else Doorway.OPEN)
