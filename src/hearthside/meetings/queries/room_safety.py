"""From rows to the values of `room_safety`: one online meeting, who was asked to keep it safe, and who may be."""

from datetime import datetime

from hearthside.meetings.models import Climb, Duty, Meeting
from hearthside.meetings.queries.ladder import answer_of, lead_of, reserves_for
from hearthside.meetings.room_safety import Watch
from hearthside.meetings.rungs import Climb as Climbed
from hearthside.meetings.rungs import Rung

# Whoever of the pool has one turn left this month keeps it for a meeting that nobody leads.
KEPT_BACK = 1


def watch_of(meeting: Meeting, *, now: datetime) -> Watch:
    """The meeting as `room_safety` sees it."""
    asked = Duty.objects.keeping_safe().filter(meeting=meeting)
    everybody = list(Duty.objects.filter(meeting=meeting))
    pool = reserves_for(meeting, everybody, now=now, kept_back=KEPT_BACK)
    return Watch(
        starts_at=meeting.starts_at,
        is_led=lead_of(meeting) is not None,
        answers=tuple(answer_of(duty) for duty in asked),
        others=tuple(each.person_id for each in pool),
        climbs=tuple(
            Climbed(Rung(climb.rung), climb.at, climb.wave)
            for climb in Climb.objects.filter(meeting=meeting)
        ),
    )
