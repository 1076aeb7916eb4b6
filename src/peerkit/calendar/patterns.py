"""The timetables a coordinator can choose on a form, to a rule and back."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from peerkit.calendar.errors import BadPattern
from peerkit.calendar.moments import FIRST_YEAR, LAST_YEAR
from peerkit.calendar.rules import (
    LONGEST_INTERVAL,
    MOST_MEETINGS,
    WEEKDAYS,
    WEEKS_OF_MONTH,
    Rule,
    rule_read,
)

LAST = -1


class PatternKind(StrEnum):
    """How the form lets meetings repeat."""

    ONCE = "once"
    WEEKLY = "weekly"
    MONTHLY_WEEKDAY = "monthly_weekday"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A choice on the form: every `interval` weeks on `weekdays` (0 for Monday), or every
    `interval` months on the `nth` (1 to 5, -1 for the last) of `weekdays`; for `count` meetings,
    or up to and including the day `until`, or without end.

    Weekdays are kept in order, each once. Raises BadPattern when the choices do not fit together.
    """

    kind: PatternKind
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int = 1
    count: int | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "weekdays", tuple(sorted(set(self.weekdays))))
        if self.kind == PatternKind.ONCE:
            _refuse_choices_for_once(self)
        else:
            _refuse_misfits(self)


def rule_of(pattern: Pattern) -> str:
    """The RRULE value for `pattern`; "" for a meeting that happens once."""
    if pattern.kind == PatternKind.ONCE:
        return ""
    monthly = pattern.kind == PatternKind.MONTHLY_WEEKDAY
    nth = str(pattern.nth) if monthly else ""
    parts = [
        f"FREQ={'MONTHLY' if monthly else 'WEEKLY'}",
        f"INTERVAL={pattern.interval}" if pattern.interval > 1 else "",
        "BYDAY=" + ",".join(nth + WEEKDAYS[day] for day in pattern.weekdays),
        f"COUNT={pattern.count}" if pattern.count else "",
        f"UNTIL={pattern.until:%Y%m%d}" if pattern.until else "",
    ]
    return ";".join(filter(None, parts))


def pattern_of(rule: str) -> Pattern | None:
    """The form's choices that mean `rule`, or None when the form cannot say it.

    `pattern_of(rule_of(pattern)) == pattern`. Raises BadRule when the rule cannot be read.
    """
    if not rule:
        return Pattern(PatternKind.ONCE)
    read = rule_read(rule)
    nths = {nth for _, nth in read.weekdays}
    if _is_beyond_form(read) or len(nths) != 1:
        return None
    nth = nths.pop()
    if read.frequency == "WEEKLY":
        kind, nth = PatternKind.WEEKLY, 1
    elif read.frequency == "MONTHLY" and nth in (LAST, *range(1, WEEKS_OF_MONTH + 1)):
        kind = PatternKind.MONTHLY_WEEKDAY
    else:
        return None
    weekdays = tuple(day for day, _ in read.weekdays)
    return Pattern(kind, read.interval, weekdays, nth, read.count, read.until)


def _is_beyond_form(rule: Rule) -> bool:
    # Where a week begins only tells apart fortnights (or longer) of several days.
    week_start_matters = rule.frequency == "WEEKLY" and rule.interval > 1 and len(rule.weekdays) > 1
    return bool(
        rule.month_days
        or rule.months
        or rule.positions
        or isinstance(rule.until, datetime)
        or (rule.week_start and week_start_matters)
    )


def _refuse_choices_for_once(pattern: Pattern) -> None:
    chosen = (pattern.interval, pattern.weekdays, pattern.nth, pattern.count, pattern.until)
    if chosen != (1, (), 1, None, None):
        raise BadPattern("A meeting that happens once has no repeats to choose.")


def _refuse_misfits(pattern: Pattern) -> None:
    if not pattern.weekdays:
        raise BadPattern("Choose at least one day of the week.")
    if not set(pattern.weekdays) <= set(range(len(WEEKDAYS))):
        raise BadPattern("Days of the week are numbered from 0, Monday, to 6, Sunday.")
    if not 1 <= pattern.interval <= LONGEST_INTERVAL:
        raise BadPattern(f"Repeat every 1 to {LONGEST_INTERVAL} weeks or months.")
    if pattern.kind == PatternKind.WEEKLY and pattern.nth != 1:
        raise BadPattern("Only a monthly meeting is on the first, second or last of its weekday.")
    if pattern.nth not in (LAST, *range(1, WEEKS_OF_MONTH + 1)):
        raise BadPattern("Choose the first to fifth of the weekday in the month, or the last.")
    if pattern.count is not None and pattern.until:
        raise BadPattern("Choose a number of meetings or a last day, not both.")
    if pattern.count is not None and not 1 <= pattern.count <= MOST_MEETINGS:
        raise BadPattern(f"Choose from 1 to {MOST_MEETINGS} meetings.")
    if pattern.until and not FIRST_YEAR <= pattern.until.year <= LAST_YEAR:
        raise BadPattern(f"The year must be between {FIRST_YEAR} and {LAST_YEAR}.")
