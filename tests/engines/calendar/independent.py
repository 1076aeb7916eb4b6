"""The same question put to an independent library: icalendar with recurring-ical-events."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event, vRecur

from peerkit.calendar import Recurrence


def starts_of(recurrence: Recurrence, *, from_at: datetime, until_at: datetime) -> list[datetime]:
    """The instants in the half-open period at which `recurrence` has a meeting, in order.

    Its rule's UNTIL, if any, must be in UTC.
    """
    zone = ZoneInfo(recurrence.zone)
    event = Event()
    event.add("uid", "series@example.org")
    event.add("dtstart", recurrence.starts.replace(tzinfo=zone))
    event.add("duration", timedelta(minutes=recurrence.minutes))
    if recurrence.rule:
        event.add("rrule", vRecur.from_ical(recurrence.rule))
    if recurrence.exceptions:
        event.add("exdate", [local.replace(tzinfo=zone) for local in recurrence.exceptions])
    calendar = Calendar()
    calendar.add_component(event)
    return starts_in(calendar, from_at=from_at, until_at=until_at)


def starts_in(calendar: Calendar, *, from_at: datetime, until_at: datetime) -> list[datetime]:
    """The instants in the half-open period at which something in `calendar` starts and is on."""
    margin = timedelta(days=2)
    events = recurring_ical_events.of(calendar).between(from_at - margin, until_at + margin)
    starts = [each.start.astimezone(UTC) for each in events if each.get("STATUS") != "CANCELLED"]
    return sorted(start for start in starts if from_at <= start < until_at)
