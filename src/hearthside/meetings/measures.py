"""What follows in meetings when safety decides something about somebody: doors close, seats go to others."""

from datetime import datetime

from django.db.models import Q

from hearthside.meetings.actions import rooms, seats
from hearthside.meetings.models import Seat
from hearthside.safety.enums import MeasureKind
from hearthside.safety.models import Measure


class MeetingsFollowMeasures:
    """A MeasureFollower: rooms that are open know it at once, and who is away for long keeps no seat from others."""

    def __call__(self, *, measure: Measure, now: datetime) -> None:
        rooms.follow_measure(measure=measure, now=now)
        # Whoever is on a short break keeps their seats: they may come back to them.
        if measure.kind != MeasureKind.SUSPEND or not measure.is_in_force(now=now):
            return
        away = Q(meeting__starts_at__gte=now, meeting__starts_at__lt=measure.until_at)
        missed = Seat.objects.open().of(measure.person_id).filter(away)
        for seat in missed.select_related("meeting", "person").order_by("meeting_id"):
            seats.release(seat=seat, now=now)
