"""What time: clock times in every spelling, how long, and when the row was last changed."""

import re
from datetime import UTC, datetime, time
from typing import Final

from peerkit.formats.meeting_guide.text import Fields
from peerkit.formats.meeting_guide.words import CannotList

DAY: Final = 24 * 60
DEFAULT_MINUTES: Final = 60
LONGEST: Final = 12 * 60
CLOCK: Final = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2}))?(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:(?P<half>[ap])\.?\s*m\.?)?(?:\s*(?:h|hrs|uhr))?",
    re.IGNORECASE,
)
DIGITS: Final = re.compile(r"(?P<hour>\d{2})(?P<minute>\d{2})")
WORDS: Final = {
    "noon": time(12),
    "12 noon": time(12),
    "midday": time(12),
    "midnight": time(0),
    "12 midnight": time(0),
}
STAMPS: Final = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")
AMERICAN: Final = (
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
)
EUROPEAN: Final = tuple(form.replace("%m/%d", "%d/%m") for form in AMERICAN)


def time_of(fields: Fields) -> time | None:
    """The starting time; None when none is given. Raises CannotList when it cannot be read."""
    for key, code in (("time", "time-rewritten"), ("time_formatted", "time-from-text")):
        words = fields.line(key)
        if not words or "appointment" in words.lower():
            continue
        found = read_clock(words)
        if found is None:
            raise CannotList("time-unreadable", key, was=words)
        if key != "time" or words != f"{found:%H:%M}":
            fields.notes.add(code, key, was=words, now=f"{found:%H:%M}")
        return found
    return None


def minutes_of(fields: Fields, start: time) -> int:
    """How long it lasts: 60 minutes when nothing is said, as the specification has it."""
    words = fields.line("end_time")
    if not words:
        return DEFAULT_MINUTES
    end = read_clock(words)
    length = (_minute(end) - _minute(start)) % DAY if end else 0
    if not 0 < length <= LONGEST:
        fields.notes.add("end-unreadable", "end_time", was=words, now=str(DEFAULT_MINUTES))
        return DEFAULT_MINUTES
    if end and end < start and end != time(0):
        fields.notes.add("ends-next-day", "end_time", was=words, now=str(length))
    return length


def read_clock(words: str) -> time | None:
    """A time of day written 19:00, 7pm, 7:00 PM, 19.00, 19h00, 1900, noon...; None for anything else."""
    words = words.strip().lower()
    if words in WORDS:
        return WORDS[words]
    match = DIGITS.fullmatch(words) or CLOCK.fullmatch(words)
    if match is None:
        return None
    half = match.groupdict().get("half")
    if half is None and match["minute"] is None:
        return None
    return clock(int(match["hour"]), int(match["minute"] or 0), half)


def clock(hour: int, minute: int, half: str | None) -> time | None:
    """A time from its parts, with `half` a, p or None for the 24-hour clock; None when impossible."""
    if half and hour in range(1, 13):
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    elif half and hour not in range(13, 24):
        return None
    return time(hour, minute) if hour in range(24) and minute in range(60) else None


def updated_of(fields: Fields) -> datetime | None:
    """When the row last changed, in UTC; a time without a zone is taken as UTC, as the specification says."""
    words = fields.line("updated")
    if not words:
        return None
    moment = _stamp(words)
    if moment is None:
        fields.notes.add("updated-unreadable", "updated", was=words)
        return None
    if words != f"{moment:%Y-%m-%d %H:%M:%S}":
        fields.notes.add(
            "updated-rewritten", "updated", was=words, now=f"{moment:%Y-%m-%d %H:%M:%S}"
        )
    return moment


def _stamp(words: str) -> datetime | None:
    if re.fullmatch(r"\d{10}(?:\d{3})?", words):
        return datetime.fromtimestamp(int(words[:10]), UTC)
    for form in (*STAMPS, *AMERICAN, *EUROPEAN):
        try:
            return datetime.strptime(words, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    try:
        moment = datetime.fromisoformat(words)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _minute(clock_time: time) -> int:
    return clock_time.hour * 60 + clock_time.minute
