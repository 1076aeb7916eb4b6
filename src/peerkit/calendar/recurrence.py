"""The two values of the calendar: a timetable, and one meeting of it."""

from dataclasses import dataclass
from datetime import datetime

from peerkit.calendar.errors import BadLength, BadRule, StartOffRule
from peerkit.calendar.moments import checked_local, zone_named
from peerkit.calendar.rules import Rule, rule_read
from peerkit.calendar.schedule import first_match

LONGEST_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Recurrence:
    """When a series of meetings happens, by its own zone's clocks.

    `starts` is the first meeting (naive local time), `zone` an IANA name, `minutes` a meeting's
    length in elapsed time, `rule` an RRULE value without the prefix ("" happens once), `exceptions`
    the local times of meetings left out. Raises a CalendarError when the values cannot be kept:
    among them StartOffRule when the rule does not name the first meeting's day, for which RFC 5545
    leaves undefined what happens.
    """

    starts: datetime
    zone: str
    minutes: int
    rule: str = ""
    exceptions: tuple[datetime, ...] = ()

    def __post_init__(self) -> None:
        checked_local(self.starts)
        zone = zone_named(self.zone)
        for exception in self.exceptions:
            checked_local(exception)
        if not 1 <= self.minutes <= LONGEST_MINUTES:
            raise BadLength("A meeting lasts from one minute to 24 hours.")
        if self.rule:
            rule = rule_read(self.rule)
            _refuse_start_off_rule(rule, self.starts)
            if not rule.reaches(self.starts, zone):
                raise BadRule("The last day is before the first meeting.")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One meeting: `local` is its recurrence id, the naive time its rule names (which the clocks
    may skip); `starts_at` and `ends_at` are instants in UTC."""

    local: datetime
    starts_at: datetime
    ends_at: datetime


def _refuse_start_off_rule(rule: Rule, starts: datetime) -> None:
    first = first_match(rule, starts)
    if first is None:
        raise BadRule("This repeat rule names days that never come.")
    if first != starts:
        raise StartOffRule(
            f"The first meeting, {starts:%Y-%m-%d}, is not on a day the rule names."
            f" The first such day after it is {first:%Y-%m-%d}."
        )
