"""What a browser may send about meetings."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearthside.meetings.enums import Mark
from hearthside.meetings.models import Meeting
from peerkit.calendar import utc_of

MINUTES_MIN, MINUTES_MAX = 15, 480


def date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class SeatForm(forms.Form):
    """Taking a seat; unticked says "I may talk"."""

    is_listening_only = forms.BooleanField(
        label=gettext_lazy("I would rather just listen"), required=False, initial=True
    )


class MarkForm(forms.Form):
    """One tap on the roster, and the time at which someone came or left."""

    mark = forms.ChoiceField(choices=Mark.choices)
    at = forms.TimeField(required=False)

    def moment(self, meeting: Meeting) -> datetime | None:
        """The time given, on the meeting's own clock, near the meeting (which may run past midnight)."""
        at: time | None = self.cleaned_data["at"]
        if at is None:
            return None
        zone = ZoneInfo(meeting.zone)
        starts = meeting.starts_at.astimezone(zone)
        given = starts.replace(hour=at.hour, minute=at.minute, second=0)
        if given < starts - timedelta(hours=6):
            given += timedelta(days=1)
        return min(max(given, meeting.starts_at), meeting.ends_at)


class WalkInForm(forms.Form):
    """Someone who came without a seat."""

    pseudonym = forms.CharField(
        label=gettext_lazy("Came without a seat"),
        help_text=gettext_lazy("The name they go by here. They belong to the group already."),
        max_length=40,
        widget=forms.TextInput(attrs={"list": "names", "autocomplete": "off"}),
    )


class NoteForm(forms.Form):
    """The facilitator's note."""

    text = forms.CharField(
        label=gettext_lazy("How did it go?"),
        help_text=gettext_lazy(
            "For you and your co-facilitators. Without names, addresses or numbers of people."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class MoveForm(forms.Form):
    """Another time for one meeting, on the group's clock."""

    date = forms.DateField(label=gettext_lazy("New day"), widget=date_input())
    time = forms.TimeField(label=gettext_lazy("New time"), widget=time_input())
    minutes = forms.IntegerField(
        label=gettext_lazy("Length in minutes"), min_value=MINUTES_MIN, max_value=MINUTES_MAX
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        local = meeting.starts_at.astimezone(ZoneInfo(meeting.zone))
        initial = {
            "date": local.date(),
            "time": local.time(),
            "minutes": int(meeting.length().total_seconds() // 60),
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.meeting = meeting

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = self.cleaned_data
        if {"date", "time", "minutes"} <= values.keys():
            local = datetime.combine(values["date"], values["time"].replace(second=0))
            try:
                values["starts_at"] = utc_of(local, self.meeting.zone)
            except ValueError as error:
                raise ValidationError(_("Please choose a day in this century.")) from error
            values["ends_at"] = values["starts_at"] + timedelta(minutes=values["minutes"])
        return values


class CancelForm(forms.Form):
    """Calling one meeting off."""

    message = forms.CharField(
        label=gettext_lazy("What should people know?"),
        help_text=gettext_lazy("One or two sentences. They go to everyone with a seat or in line."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
