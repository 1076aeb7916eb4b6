"""When a group meets: recurrence rules, time zones and the next meetings.

Built on two pieces rather than written anew: dateutil's `rrule`, the reading of RFC 5545 that most
Python calendars share, decides the days; the standard library's `zoneinfo`, the IANA tables,
decides the instants. What is added is what neither promises: every rule is read and bounded before
it runs, a rule that began decades ago costs no more than one that began today, and a time that a
change of clocks skips or repeats is read as RFC 5545 section 3.3.5 says.
"""

from peerkit.calendar.errors import (
    BadLength,
    BadPattern,
    BadRule,
    BadTime,
    CalendarError,
    StartOffRule,
    UnknownZone,
)
from peerkit.calendar.expansion import first_start, next_occurrence, occurrences
from peerkit.calendar.moments import utc_of, zone_named
from peerkit.calendar.patterns import Pattern, PatternKind, pattern_of, rule_of
from peerkit.calendar.recurrence import Occurrence, Recurrence

__all__ = [
    "BadLength",
    "BadPattern",
    "BadRule",
    "BadTime",
    "CalendarError",
    "Occurrence",
    "Pattern",
    "PatternKind",
    "Recurrence",
    "StartOffRule",
    "UnknownZone",
    "first_start",
    "next_occurrence",
    "occurrences",
    "pattern_of",
    "rule_of",
    "utc_of",
    "zone_named",
]
