"""What a browser may send about a timetable."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearthside.groups.models import Group
from hearthside.kit import zones
from hearthside.meetings.forms.meeting import (
    MINUTES_MAX,
    MINUTES_MIN,
    date_input,
    time_input,
)
from hearthside.meetings.models import Series
from hearthside.meetings.queries.schedule import pattern_in
from peerkit.calendar import (
    CalendarError,
    Pattern,
    PatternKind,
    Recurrence,
    first_start,
    next_occurrence,
    occurrences,
    rule_of,
)

COURSE_MAX = 60
MINUTES_AT_FIRST = 90
# The longest course there can be, with a month between its meetings.
LONGEST = timedelta(days=31 * COURSE_MAX)


class Repeats(TextChoices):
    """The ways to meet that the form offers."""

    WEEKLY = "weekly", gettext_lazy("Every week")
    FORTNIGHTLY = "fortnightly", gettext_lazy("Every second week")
    MONTHLY = "monthly", gettext_lazy("Once a month, on the same weekday")
    COURSE = "course", gettext_lazy("A course: every week, for a number of meetings")
    ONCE = "once", gettext_lazy("Only once")


NTH_CHOICES = [
    (1, gettext_lazy("the first in the month")),
    (2, gettext_lazy("the second in the month")),
    (3, gettext_lazy("the third in the month")),
    (4, gettext_lazy("the fourth in the month")),
    (-1, gettext_lazy("the last in the month")),
]


class SeriesForm(forms.Form):
    """When a group meets. The weekday is that of the first day chosen."""

    repeats = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=Repeats.choices, widget=forms.RadioSelect
    )
    date = forms.DateField(
        label=gettext_lazy("First day"),
        help_text=gettext_lazy("It also says which day of the week."),
        widget=date_input(),
    )
    time = forms.TimeField(label=gettext_lazy("Starts at"), widget=time_input())
    minutes = forms.IntegerField(
        label=gettext_lazy("Length in minutes"), min_value=MINUTES_MIN, max_value=MINUTES_MAX
    )
    zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy(
            "The clock on the group's wall. Everyone else sees their own time beside it."
        ),
        choices=zones.choices,
    )
    nth = forms.TypedChoiceField(
        label=gettext_lazy("Once a month: which one?"),
        choices=NTH_CHOICES,
        coerce=int,
        required=False,
    )
    count = forms.IntegerField(
        label=gettext_lazy("A course: how many meetings?"),
        min_value=2,
        max_value=COURSE_MAX,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = self.cleaned_data
        if values.get("repeats") == Repeats.COURSE and not values.get("count"):
            self.add_error("count", _("Please say how many meetings the course has."))
        if not self.errors:
            try:
                values["recurrence"] = recurrence_from(values)
            except CalendarError as error:
                raise ValidationError(str(error)) from error
        return values

    def recurrence(self) -> Recurrence:
        """The timetable chosen; of a valid form."""
        chosen: Recurrence = self.cleaned_data["recurrence"]
        return chosen

    def signature(self) -> str:
        """Names the timetable; the page sends it back with the dates it showed."""
        chosen = self.recurrence()
        return f"{chosen.starts:%Y-%m-%dT%H:%M}|{chosen.zone}|{chosen.minutes}|{chosen.rule}"

    def was_seen(self) -> bool:
        """True if the person saw the dates of this very timetable."""
        return self.data.get("seen") == self.signature()


def recurrence_from(values: dict[str, Any]) -> Recurrence:
    """The timetable that the form's values mean; a month's first day moves on to the weekday's turn."""
    rule = rule_of(_pattern(values, values["date"].weekday()))
    earliest = datetime.combine(values["date"], values["time"].replace(second=0, microsecond=0))
    starts = first_start(rule, earliest=earliest) or earliest
    return Recurrence(starts=starts, zone=values["zone"], minutes=values["minutes"], rule=rule)


def first_values(group: Group, *, today: date) -> dict[str, Any]:
    """What the form of a new timetable starts with."""
    return {
        "repeats": Repeats.WEEKLY,
        "date": today,
        "minutes": MINUTES_AT_FIRST,
        "zone": group.site.time_zone,
    }


def values_of(series: Series, *, now: datetime) -> dict[str, Any]:
    """What the form starts with for a timetable there is, from its next meeting on."""
    recurrence = series.recurrence()
    following = next_occurrence(recurrence, after=now)
    first = following.local if following else recurrence.starts
    pattern = pattern_in(recurrence) or Pattern(PatternKind.WEEKLY, weekdays=(first.weekday(),))
    return {
        "repeats": _repeats(pattern),
        "date": first.date(),
        "time": first.time(),
        "minutes": series.minutes,
        "zone": series.zone,
        "nth": pattern.nth,
        "count": len(occurrences(recurrence, from_at=now, until_at=now + LONGEST))
        if pattern.count
        else None,
    }


def _pattern(values: dict[str, Any], weekday: int) -> Pattern:
    match values["repeats"]:
        case Repeats.FORTNIGHTLY:
            return Pattern(PatternKind.WEEKLY, interval=2, weekdays=(weekday,))
        case Repeats.MONTHLY:
            nth = values["nth"] or 1
            return Pattern(PatternKind.MONTHLY_WEEKDAY, weekdays=(weekday,), nth=nth)
        case Repeats.COURSE:
            return Pattern(PatternKind.WEEKLY, weekdays=(weekday,), count=values["count"])
        case Repeats.ONCE:
            return Pattern(PatternKind.ONCE)
        case _:
            return Pattern(PatternKind.WEEKLY, weekdays=(weekday,))


def _repeats(pattern: Pattern) -> Repeats:
    if pattern.kind == PatternKind.ONCE:
        return Repeats.ONCE
    if pattern.kind == PatternKind.MONTHLY_WEEKDAY:
        return Repeats.MONTHLY
    if pattern.count:
        return Repeats.COURSE
    return Repeats.FORTNIGHTLY if pattern.interval > 1 else Repeats.WEEKLY
