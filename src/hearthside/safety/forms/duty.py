"""Who is on duty when, and how long people have to answer."""

from datetime import date
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from hearthside.accounts.models import Person
from hearthside.kit import zones
from hearthside.safety.models import DutyRules
from hearthside.safety.shifts import Weekly


class ShiftForm(forms.Form):
    """Weekly shifts of one person: the same hours on one weekday or more."""

    person = forms.CharField(
        label=_("Pseudonym"),
        help_text=_("Somebody who has a role here already."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    days = forms.TypedMultipleChoiceField(
        label=_("Every"),
        coerce=int,
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    begins = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(
        label=_("Until"),
        help_text=_("Earlier than it begins means: on the next day."),
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    zone = forms.ChoiceField(label=_("Time zone"), choices=zones.choices)

    def clean_person(self) -> Person:
        found = Person.objects.called(self.cleaned_data["person"]).filter(is_active=True).first()
        if found is None:
            raise forms.ValidationError(
                _("Nobody here goes by that pseudonym. Check how it is spelt.")
            )
        return found

    def who(self) -> Person:
        return self.cleaned_data["person"]  # type: ignore[no-any-return]

    def weeklies(self) -> list[Weekly]:
        told = self.cleaned_data
        return [Weekly(day, told["begins"], told["ends"], told["zone"]) for day in told["days"]]


class DaysOffForm(forms.Form):
    """From one day until another, both included."""

    first = forms.DateField(
        label=_("First day off"), widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(label=_("Last day off"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("This is before the first day."))
        return cleaned


class DayForm(forms.Form):
    """The day on which one shift begins."""

    day = forms.DateField()

    def when(self) -> date:
        return self.cleaned_data["day"]  # type: ignore[no-any-return]


class MinutesForm(forms.ModelForm[DutyRules]):
    """How long somebody has to say that they are there."""

    class Meta:
        model = DutyRules
        fields = ["minutes_to_answer"]
