"""A timetable in words, and the meetings it leads to."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hearthside.groups.models import Group
from hearthside.meetings.models import Seat, Series
from hearthside.meetings.queries.times import clock_words, date_words
from peerkit.calendar import Pattern, PatternKind, Recurrence, next_occurrence, pattern_of

PREVIEWED = 5
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NTH = {
    1: gettext_lazy("First %(day)s of the month"),
    2: gettext_lazy("Second %(day)s of the month"),
    3: gettext_lazy("Third %(day)s of the month"),
    4: gettext_lazy("Fourth %(day)s of the month"),
    5: gettext_lazy("Fifth %(day)s of the month, when there is one"),
    -1: gettext_lazy("Last %(day)s of the month"),
}
EVERY = {1: gettext_lazy("Every %(days)s"), 2: gettext_lazy("Every second %(days)s")}
EVERY_N = gettext_lazy("Every %(weeks)d weeks on %(days)s")


@dataclass(frozen=True)
class Preview:
    """One of the next dates of a timetable; `is_shifted` where clocks have changed since the one before."""

    starts_at: datetime
    ends_at: datetime
    is_shifted: bool


def schedule_words(series: Series) -> str:
    """The timetable as people say it: "Every Tuesday at 19:00", "First Tuesday of the month at 19:00"."""
    return recurrence_words(series.recurrence())


def recurrence_words(recurrence: Recurrence) -> str:
    pattern = pattern_in(recurrence)
    time = clock_words(recurrence.starts)
    if pattern is None:
        return _("By its own timetable, at %(time)s") % {"time": time}
    if pattern.kind == PatternKind.ONCE:
        day = date_words(recurrence.starts)
        return _("Once, on %(day)s at %(time)s") % {"day": day, "time": time}
    words = _("%(days)s at %(time)s") % {"days": _days_words(pattern), "time": time}
    return words + _end_words(pattern, recurrence.starts)


def pattern_in(recurrence: Recurrence) -> Pattern | None:
    """The pattern by which meetings repeat; a weekly rule without a day means that of the first meeting."""
    rule = recurrence.rule
    if "FREQ=WEEKLY" in rule and "BY" not in rule:
        rule += f";BYDAY={DAYS[recurrence.starts.weekday()]}"
    return pattern_of(rule)


def is_sayable(series: Series) -> bool:
    """True if the form can say this timetable: one weekday, every week or two, or once a month."""
    pattern = pattern_in(series.recurrence())
    if pattern is None or pattern.until is not None or len(pattern.weekdays) > 1:
        return False
    return pattern.interval in ((1, 2) if pattern.kind == PatternKind.WEEKLY else (1,))


def seats_to_come(series: Series, *, now: datetime) -> int:
    """How many people have a place at meetings of the series to come."""
    return Seat.objects.upcoming(now=now).filter(meeting__series=series).count()


def running_series(group: Group) -> list[Series]:
    """The timetables by which the group meets."""
    return list(group.series.filter(ended_at=None).order_by("starts_local", "pk"))


def preview(recurrence: Recurrence, *, now: datetime, most: int = PREVIEWED) -> list[Preview]:
    """The next dates of a timetable, to look at before it is saved."""
    dates: list[Preview] = []
    zone, after = ZoneInfo(recurrence.zone), now
    while len(dates) < most and (time := next_occurrence(recurrence, after=after)):
        offset = time.starts_at.astimezone(zone).utcoffset()
        before = dates[-1].starts_at.astimezone(zone).utcoffset() if dates else offset
        dates.append(Preview(time.starts_at, time.ends_at, is_shifted=offset != before))
        after = time.starts_at
    return dates


def _days_words(pattern: Pattern) -> str:
    names = [str(WEEKDAYS[day]) for day in pattern.weekdays]
    days = names[0] if len(names) == 1 else _("%(days)s and %(last)s") % {
        "days": ", ".join(names[:-1]), "last": names[-1],
    }  # fmt: skip
    if pattern.kind == PatternKind.MONTHLY_WEEKDAY:
        monthly = str(NTH[pattern.nth]) % {"day": days}
        if pattern.interval > 1:
            monthly += _(", every %d months") % pattern.interval
        return monthly
    words = EVERY.get(pattern.interval, EVERY_N)
    return str(words) % {"weeks": pattern.interval, "days": days}


def _end_words(pattern: Pattern, starts: datetime) -> str:
    if pattern.count is not None:
        first = date_words(starts)
        return ngettext(
            "; a course of %(count)d meeting from %(first)s",
            "; a course of %(count)d meetings from %(first)s",
            pattern.count,
        ) % {"count": pattern.count, "first": first}
    if pattern.until is not None:
        return _("; until %(day)s") % {"day": date_words(pattern.until)}
    return ""
