"""What a browser may send about a case: notes, steps, names, reasons, answers."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthside.accounts.models import Person
from hearthside.safety.enums import CaseRequestKind
from hearthside.safety.models import Case

WORDS_MAX: Final = 5000
STEP_WITHIN: Final = timedelta(days=366)


def _words(label: Any, *, rows: int = 4, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=WORDS_MAX,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class OneOfSeveral(forms.Form):
    """A form that stands beside others on one page: its fields have marks of their own."""

    mark = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # With the same id twice, a label would lead to the field of another form.
        super().__init__(*args, **{"auto_id": f"{self.mark}-%s", **kwargs})


class NoteForm(OneOfSeveral):
    """Something to write down."""

    mark = "note"
    words = _words(
        _("Note"),
        help_text=_("What was said or done, by whom, and when. Facts first, then what you make of them."),
    )  # fmt: skip


class StepForm(OneOfSeveral):
    """What is next, and by when."""

    mark = "step"
    step = _words(_("The next step"), rows=2)
    due_on = forms.DateField(label=_("By"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_due_on(self) -> date:
        chosen: date = self.cleaned_data["due_on"]
        if chosen < self._today:
            raise forms.ValidationError(_("Please choose a day to come."))
        # Threat: a step in a hundred years, so that the case is never overdue, and nobody else looks.
        if chosen > self._today + STEP_WITHIN:
            raise forms.ValidationError(_("Please choose a day within a year."))
        return chosen


class NameForm(OneOfSeveral):
    """Who is let in, by name."""

    mark = "name"
    pseudonym = forms.CharField(
        label=_("Pseudonym"),
        max_length=40,
        help_text=_("They can then read and write all of this case. They are not told by this page, so tell them."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_pseudonym(self) -> Person:
        found = Person.objects.called(self.cleaned_data["pseudonym"]).filter(is_active=True).first()
        if found is None:
            raise forms.ValidationError(
                _("Nobody here goes by that pseudonym. Check how it is spelt.")
            )
        return found


class RequestForm(OneOfSeveral):
    """Asking for a second name: for what, and why."""

    mark = "request"
    kind = forms.ChoiceField(choices=CaseRequestKind.choices, widget=forms.HiddenInput)
    words = _words(_("Why"), rows=3)

    def chosen(self) -> CaseRequestKind:
        return CaseRequestKind(self.cleaned_data["kind"])


class TakeUpForm(forms.Form):
    """Why somebody who is not named must read a case."""

    words = _words(
        _("Why you need to read it"), rows=3,
        help_text=_("Everybody who is named in it is told, and reads your reason."),
    )  # fmt: skip


class LogAnswerForm(forms.Form):
    """What somebody who asked reads, and which logs are shown to them."""

    words = _words(
        _("Your answer"), rows=5,
        help_text=_("Write in the same kind way whether there is something or not."),
    )  # fmt: skip
    cases = forms.MultipleChoiceField(
        label=_("Show the days and acts of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave it out if even that could put somebody at risk. No names are shown."),
    )

    def __init__(self, *args: Any, cases: list[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cases = {str(one.pk): one for one in cases}
        chosen: Any = self.fields["cases"]
        chosen.choices = [(key, one.number) for key, one in self._cases.items()]
        if not cases:
            del self.fields["cases"]

    def chosen(self) -> list[Case]:
        return [self._cases[key] for key in self.cleaned_data.get("cases", [])]
