"""iCalendar feeds (RFC 5545, with the feed properties of RFC 7986): written, not yet read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vDuration, vRecur, vText

from peerkit.formats.vtimezone import HORIZON_YEAR, vtimezone

UTC_NAMES = ("UTC", "Etc/UTC")
# A definition of a zone reaches this far beyond the last meeting's start, at least.
YEARS_BEYOND = 10
LONGEST_MINUTES = 24 * 60
# RFC 5545 section 3.1 allows a text no control character but the tab; a new line is escaped.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class EntryError(ValueError):
    """An entry that no calendar can hold."""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One VEVENT: a series, a meeting that happens once, or one meeting of a series changed.

    Local times are naive and read by the clocks of `zone` (IANA name); `rule` is an RRULE value
    without the prefix, whose UNTIL may be a date, a local time or UTC. A moved or cancelled meeting
    shares its series' `uid` and names by `recurrence_id` the local time the series gave it.
    `sequence` grows with each change of time or place, `updated_at` (aware) with every change.
    Raises EntryError.
    """

    uid: str
    summary: str
    starts: datetime
    zone: str
    minutes: int
    updated_at: datetime
    rule: str = ""
    exceptions: tuple[datetime, ...] = ()
    description: str = ""
    location: str = ""
    url: str = ""
    sequence: int = 0
    cancelled: bool = False
    recurrence_id: datetime | None = None
    alarm_minutes: int | None = None

    def __post_init__(self) -> None:
        if any(local.tzinfo for local in self.local_times()):
            raise EntryError("Local times carry no zone of their own.")
        if self.updated_at.utcoffset() is None:
            raise EntryError("The time of the last change needs its zone.")
        if not self.uid or re.search(r"\s", self.uid + self.url):
            raise EntryError("An entry needs a UID, and neither it nor the URL may hold spaces.")
        if not 1 <= self.minutes <= LONGEST_MINUTES:
            raise EntryError("An entry lasts from one minute to 24 hours.")
        if self.recurrence_id and self.rule:
            raise EntryError("One changed meeting of a series has no rule of its own.")
        try:
            ZoneInfo(self.zone)
            rule = vRecur.from_ical(self.rule)
        except (KeyError, ValueError, OSError) as error:
            raise EntryError(f"No such zone or rule: {self.zone}, {self.rule}") from error
        if self.rule and "FREQ" not in rule:
            raise EntryError(f"A rule without its frequency: {self.rule}")

    def local_times(self) -> tuple[datetime, ...]:
        """Every local time the entry names."""
        changed = (self.recurrence_id,) if self.recurrence_id else ()
        return (self.starts, *self.exceptions, *changed)


def encode(
    entries: Iterable[CalendarEntry], *, name: str, prodid: str, refresh_minutes: int = 60
) -> bytes:
    """The feed `name` as text/calendar in UTF-8, the same bytes for the same entries.

    Defines every zone it uses. `prodid` names the product that wrote it ("-//Owner//Product//EN");
    readers are asked to come back every `refresh_minutes`.
    """
    entries = tuple(entries)
    calendar = Calendar()
    calendar.add("prodid", prodid)
    calendar.add("version", "2.0")
    calendar.add("name", _text(name))
    calendar.add("x-wr-calname", _text(name))
    for property_name in ("refresh-interval", "x-published-ttl"):
        refresh = vDuration(timedelta(minutes=refresh_minutes))
        calendar.add(property_name, refresh, parameters={"VALUE": "DURATION"})
    for zone in sorted({entry.zone for entry in entries}.difference(UTC_NAMES)):
        years = [at.year for each in entries if each.zone == zone for at in each.local_times()]
        until_year = max(HORIZON_YEAR, max(years) + YEARS_BEYOND)
        calendar.add_component(vtimezone(zone, first_year=min(years), until_year=until_year))
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.updated_at.astimezone(UTC))
    event.add("last-modified", entry.updated_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    _add_times(event, entry)
    event.add("summary", _text(entry.summary))
    if entry.description:
        event.add("description", _text(entry.description))
    if entry.location:
        event.add("location", _text(entry.location))
    if entry.url:
        event.add("url", entry.url)
    if entry.alarm_minutes is not None and not entry.cancelled:
        event.add_component(_alarm(entry.summary, entry.alarm_minutes))
    return event


def _add_times(event: Event, entry: CalendarEntry) -> None:
    zone = _tzinfo(entry.zone)
    event.add("dtstart", entry.starts.replace(tzinfo=zone))
    # An end by the clock is ambiguous in the hour that comes twice, and "P1D" is 23 or 25 hours on
    # the days the clocks change: only minutes say how long a meeting lasts.
    event["duration"] = vText(f"PT{entry.minutes}M")
    if entry.rule:
        event.add("rrule", _rule(entry))
    if entry.exceptions:
        event.add("exdate", [local.replace(tzinfo=zone) for local in entry.exceptions])
    if entry.recurrence_id:
        event.add("recurrence-id", entry.recurrence_id.replace(tzinfo=zone))


def _rule(entry: CalendarEntry) -> vRecur:
    """The rule with its UNTIL in UTC, as section 3.3.10 asks where the start names a zone."""
    rule: vRecur = vRecur.from_ical(entry.rule)
    if "UNTIL" in rule:
        rule["UNTIL"] = [_until(until, entry) for until in rule["UNTIL"]]
    return rule


def _until(until: date, entry: CalendarEntry) -> datetime:
    """The start of the last meeting that `until` allows, were there one each day.

    The day's last second would do but where clocks skip midnight (America/Nuuk): there it is later
    than the next day's first.
    """
    if not isinstance(until, datetime):
        until = datetime.combine(until, time.max)
    if until.tzinfo:
        return until
    last = datetime.combine(until, entry.starts.time(), _tzinfo(entry.zone))
    if entry.starts.time() > until.time():
        last -= timedelta(days=1)
    return last.astimezone(UTC)


def _alarm(summary: str, minutes: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _text(summary))
    alarm.add("trigger", -timedelta(minutes=minutes))
    return alarm


def _tzinfo(zone: str) -> ZoneInfo:
    return ZoneInfo("UTC" if zone in UTC_NAMES else zone)


def _text(text: str) -> str:
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
