"""Recurrence rules (RFC 5545, section 3.3.10), read, checked and bounded before they run."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from peerkit.calendar.errors import BadRule
from peerkit.calendar.moments import instant

FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NAMES = (
    *("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"),
    *("BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"),
)
MOST_MEETINGS = 1000
LONGEST_INTERVAL = 400
WEEKS_OF_MONTH, WEEKS_OF_YEAR, DAYS_OF_YEAR = 5, 53, 366

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's parts. A weekday is (0 for Monday, nth or 0 for every); `until` keeps its own kind:
    a date, a naive local time or an aware one in UTC."""

    frequency: str
    interval: int = 1
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0
    count: int | None = None
    until: date | None = None

    def filled_from(self, starts: datetime) -> "Rule":
        """The rule with every day it leaves to its first meeting written out."""
        if self.weekdays or self.month_days or self.frequency == "DAILY":
            return self
        if self.frequency == "WEEKLY":
            return replace(self, weekdays=((starts.weekday(), 0),))
        months = self.months or ((starts.month,) if self.frequency == "YEARLY" else ())
        return replace(self, months=months, month_days=(starts.day,))

    def reaches(self, local: datetime, zone: ZoneInfo) -> bool:
        """Whether a meeting at `local` by the clocks of `zone` comes before the rule's end."""
        if self.until is None:
            return True
        if not isinstance(self.until, datetime):
            return local.date() <= self.until
        return (instant(local, zone) if self.until.tzinfo else local) <= self.until


@lru_cache(maxsize=4096)
def rule_read(text: str) -> Rule:
    """The rule in `text`, an RRULE value without the prefix.

    Raises BadRule for what the RFC forbids and for what meetings never need: rules of seconds,
    minutes, hours, week numbers or days of the year, and numbers that would run without end.
    """
    parts = _parts(text)
    rule = Rule(
        frequency=_frequency(parts.get("FREQ", "")),
        interval=_number("INTERVAL", parts.get("INTERVAL", "1"), most=LONGEST_INTERVAL),
        weekdays=_listed(parts, "BYDAY", _weekday),
        month_days=_listed(parts, "BYMONTHDAY", _signed("BYMONTHDAY", 31)),
        months=_listed(parts, "BYMONTH", lambda value: _number("BYMONTH", value, most=12)),
        positions=_listed(parts, "BYSETPOS", _signed("BYSETPOS", DAYS_OF_YEAR)),
        week_start=_weekday(parts.get("WKST", "MO"))[0],
        count=_number("COUNT", parts["COUNT"], most=MOST_MEETINGS) if "COUNT" in parts else None,
        until=_until(parts["UNTIL"]) if "UNTIL" in parts else None,
    )
    _refuse_misfits(rule)
    return rule


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.upper().split(";"):
        name, equals, value = part.partition("=")
        if not (name and equals and value):
            raise BadRule(f"The repeat rule has a piece we cannot read: “{part}”.")
        if name in parts:
            raise BadRule(f"The repeat rule says {name} twice.")
        if name not in NAMES:
            raise BadRule(f"Meetings cannot repeat by {name}. Use days, weeks, months or years.")
        parts[name] = value
    return parts


def _frequency(value: str) -> str:
    if value not in FREQUENCIES:
        raise BadRule("Meetings repeat by day, week, month or year, not more often.")
    return value


def _listed(parts: dict[str, str], name: str, read: Callable[[str], T]) -> tuple[T, ...]:
    return tuple(read(value) for value in parts[name].split(",")) if name in parts else ()


def _number(name: str, value: str, *, most: int) -> int:
    number = int(value) if re.fullmatch(r"[0-9]{1,4}", value) else 0
    if not 1 <= number <= most:
        raise BadRule(f"{name} must be a number from 1 to {most}, not “{value}”.")
    return number


def _signed(name: str, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        number = _number(name, value.lstrip("+-"), most=most)
        return -number if value.startswith("-") else number

    return read


def _weekday(value: str) -> tuple[int, int]:
    found = re.fullmatch(r"([+-]?[0-9]{1,2})?([A-Z]{2})", value)
    if not found or found[2] not in WEEKDAYS:
        raise BadRule(f"“{value}” is not a day of the week. Days are {', '.join(WEEKDAYS)}.")
    nth = _signed("BYDAY", WEEKS_OF_YEAR)(found[1]) if found[1] else 0
    return WEEKDAYS.index(found[2]), nth


def _until(value: str) -> date:
    found = re.fullmatch(r"([0-9]{8})(?:T([0-9]{6})(Z)?)?", value)
    if not found:
        raise BadRule(f"We cannot read the last date, “{value}”.")
    try:
        moment = datetime.strptime(found[1] + (found[2] or "000000"), "%Y%m%d%H%M%S")  # noqa: DTZ007 - a local time, or UTC one line below
    except ValueError as error:
        raise BadRule(f"The last date, “{value}”, is not in the calendar.") from error
    if not found[2]:
        return moment.date()
    return moment.replace(tzinfo=UTC) if found[3] else moment


def _refuse_misfits(rule: Rule) -> None:
    """What RFC 5545 forbids in combination."""
    nths = [abs(nth) for _, nth in rule.weekdays if nth]
    if rule.count and rule.until:
        raise BadRule("Give a number of meetings or a last date, not both.")
    if nths and rule.frequency not in ("MONTHLY", "YEARLY"):
        raise BadRule("“First” or “last” of a weekday only has meaning in a month or a year.")
    in_month = rule.frequency == "MONTHLY" or bool(rule.months)
    if in_month and any(nth > WEEKS_OF_MONTH for nth in nths):
        raise BadRule("A month has no sixth weekday.")
    if rule.month_days and rule.frequency == "WEEKLY":
        raise BadRule("A weekly rule names days of the week, not days of the month.")
    if rule.positions and (rule.frequency == "DAILY" or not (rule.weekdays or rule.month_days)):
        raise BadRule("BYSETPOS needs the days it chooses from.")
