"""What is sent about training: answers to a check, a session seen, the vetting, a sign-off, what the programme asks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearthside.groups.enums import ObservedPoint, SignedFor, VettingOutcome
from hearthside.groups.models import Group, Role
from hearthside.groups.queries.training import Gate
from hearthside.groups.queries.training_texts import Module, Option, Question

YEARS_MAX = 5


@dataclass(frozen=True)
class Asked:
    """One question on the page: its field while it is open, and the option that was chosen."""

    question: Question
    field: forms.BoundField | None
    chosen: Option | None
    is_right: bool


class OpenField(forms.ChoiceField):
    """A choice that is asked for, and may be left open all the same: what is open stays open."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class CheckForm(forms.Form):
    """The knowledge check of a module: the questions that are not answered right yet. None has to be answered."""

    # A browser would not send the page before every question has an answer.
    use_required_attribute = False

    def __init__(self, *args: Any, module: Module, right: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._module = module
        for question in module.questions:
            if question.key not in right:
                self.fields[question.key] = OpenField(
                    label=question.ask,
                    choices=[(each.key, each.text) for each in question.options],
                    widget=forms.RadioSelect,
                )

    def answers(self) -> dict[str, str]:
        """Question to chosen option; what was left open or is no option of it is not there."""
        return {key: value for key, value in self.cleaned_data.items() if value}

    def asked(self, right: Collection[str]) -> list[Asked]:
        """Every question in order, with what was chosen just now and whether it is right by now."""
        chosen = self.answers() if self.is_bound else {}
        return [self._asked(each, chosen, right) for each in self._module.questions]

    def _asked(self, question: Question, chosen: dict[str, str], right: Collection[str]) -> Asked:
        is_right = question.key in right
        key = chosen.get(question.key, "")
        if is_right:
            key = next(each.key for each in question.options if each.is_right)
        return Asked(
            question=question,
            field=None if is_right else self[question.key],
            chosen=question.option(key),
            is_right=is_right,
        )


class ObservationForm(forms.Form):
    """A session that was seen."""

    group = forms.ModelChoiceField(
        label=gettext_lazy("Which group"), queryset=Group.objects.none(), required=False
    )
    held_on = forms.DateField(
        label=gettext_lazy("Day of the session"), widget=forms.DateInput(attrs={"type": "date"})
    )
    met = forms.MultipleChoiceField(
        label=gettext_lazy("What was met"),
        help_text=gettext_lazy("Leave open what is not there yet. All five together count."),
        choices=ObservedPoint.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = forms.CharField(
        label=gettext_lazy("In your words"),
        help_text=gettext_lazy(
            "One thing that went well, and one to try next. They read it. No names of members."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, roles: Sequence[Role], today: date, **kwargs: Any) -> None:
        initial = {"held_on": today, "group": roles[0].group_id if roles else None}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self._today = today
        groups = Group.objects.filter(pk__in=[role.group_id for role in roles])
        field = self.fields["group"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = groups

    def clean_held_on(self) -> date:
        return _not_ahead(self.cleaned_data["held_on"], self._today)


class VettingForm(forms.Form):
    """The outcome and the day, and nothing else: there is no place for anything more."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"), choices=VettingOutcome.choices, widget=forms.RadioSelect
    )
    decided_on = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_decided_on(self) -> date:
        return _not_ahead(self.cleaned_data["decided_on"], self._today)


class SignForm(forms.Form):
    """A sign-off: by what was learned here, or by a course elsewhere, which then has a name and a day."""

    basis = forms.ChoiceField(
        label=gettext_lazy("What it rests on"),
        choices=SignedFor.choices,
        widget=forms.RadioSelect,
        initial=SignedFor.HERE,
    )
    course = forms.CharField(
        label=gettext_lazy("Which course"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Only if elsewhere."),
    )
    course_on = forms.DateField(
        label=gettext_lazy("Finished on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Only if elsewhere."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_course_on(self) -> date | None:
        given: date | None = self.cleaned_data["course_on"]
        return _not_ahead(given, self._today) if given else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("basis") == SignedFor.ELSEWHERE:
            for name in ("course", "course_on"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Say which course, and when it was finished."))
        return cleaned


class GateForm(forms.Form):
    """What the programme asks of those who lead."""

    from_day = forms.DateField(
        label=gettext_lazy("Only trained and signed people lead, from"),
        help_text=gettext_lazy("Leave it empty, and everyone who is named facilitator may lead."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    years = forms.IntegerField(
        label=gettext_lazy("Years until a sign-off is renewed"), min_value=1, max_value=YEARS_MAX
    )

    def __init__(self, *args: Any, gate: Gate, **kwargs: Any) -> None:
        day = timezone.localtime(gate.from_at).date() if gate.from_at else None
        initial = {"from_day": day, "years": gate.years}
        super().__init__(*args, **{"initial": initial, **kwargs})

    def from_at(self) -> datetime | None:
        """The first moment of that day, on the clock of this request."""
        day: date | None = self.cleaned_data["from_day"]
        return timezone.make_aware(datetime.combine(day, time())) if day else None


def _not_ahead(day: date, today: date) -> date:
    if day > today:
        raise forms.ValidationError(_("This day has not come yet."))
    return day
