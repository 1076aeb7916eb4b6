"""A listed timetable as a series of ours, and in words."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from hearthside.exchange.queries.listings import WEEKDAYS
from hearthside.meetings.models import Series
from hearthside.meetings.queries.schedule import schedule_words
from hearthside.meetings.queries.times import zone_words

# A fifth weekday of a month can be three months away.
DAYS_TO_LOOK: Final = 150
WEEK: Final = 7


def series_of(schedule: Mapping[str, Any], *, now: datetime) -> Series:
    """The series (of no group yet, not saved) that begins on the first day from today that the rule names."""
    return Series(
        starts_local=_first_start(schedule, now=now),
        zone=schedule["zone"],
        minutes=schedule["minutes"],
        rule=schedule["rule"],
    )


def words_of_schedule(schedule: Mapping[str, Any], *, now: datetime) -> str:
    """Such as "Every Tuesday at 19:00 (London), 60 minutes"."""
    words = schedule_words(series_of(schedule, now=now))
    return f"{words} ({zone_words(schedule['zone'])}), {schedule['minutes']} min"


def schedule_now(series: Series) -> dict[str, Any]:
    """The timetable of a series, in the shape that a list's has."""
    return {
        "rule": series.rule,
        "time": series.starts_local[11:],
        "zone": series.zone,
        "minutes": series.minutes,
    }


def _first_start(schedule: Mapping[str, Any], *, now: datetime) -> str:
    today = now.astimezone(ZoneInfo(schedule["zone"])).date()
    named = set(schedule["rule"].rpartition("BYDAY=")[2].split(","))
    days = (today + timedelta(days=ahead) for ahead in range(DAYS_TO_LOOK))
    first = next(day for day in days if _names(day) & named)
    return f"{first:%Y-%m-%d}T{schedule['time']}"


def _names(day: date) -> set[str]:
    """What a rule may call the day: "TU", "2TU" for the second of its month, "-1TU" for the last."""
    weekday = WEEKDAYS[day.weekday()]
    is_last = (day + timedelta(days=WEEK)).month != day.month
    return {
        weekday,
        f"{(day.day - 1) // WEEK + 1}{weekday}",
        *([f"-1{weekday}"] if is_last else []),
    }
