"""What a browser may send about a measure: what, why, for how long; and the answer to an appeal."""

from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hearthside.accounts.models import Person
from hearthside.groups.forms.people import PseudonymField
from hearthside.safety.actions.measures import Grounds
from hearthside.safety.enums import LookOutcome, MeasureKind, MeasureReason, Verdict
from hearthside.safety.models.measures import ALONE

WORDS_MAX: Final = 2000
IN_A_GROUP: Final = (3, 7, 14, 30, 90)
EVERYWHERE: Final = (3, 14, 30, 90, 180, 365)


class GroundsForm(forms.Form):
    """Why, what the person reads, a note for colleagues, and for how many days."""

    days = forms.TypedChoiceField(label=_("For how long"), coerce=int, widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("Why"), choices=MeasureReason.choices, widget=forms.RadioSelect
    )
    told = forms.CharField(
        label=_("What they will read"),
        help_text=_(
            "In kind, plain words: what happened and what you hope for. Name nobody else. "
            "They also read the reason above, until when it lasts, and how to say that it is wrong."
        ),
        max_length=WORDS_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    note = forms.CharField(
        label=_("Note for colleagues"),
        help_text=_("For whoever signs, or answers an appeal. The person does not read it."),
        required=False,
        max_length=WORDS_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def grounds(self) -> Grounds:
        told = self.cleaned_data
        return Grounds(MeasureReason(told["reason"]), told=told["told"], note=told["note"])

    def until(self, *, now: datetime) -> datetime:
        return now + timedelta(days=self.cleaned_data["days"])

    def _offer(self, days: tuple[int, ...]) -> None:
        offered: Any = self.fields["days"]
        offered.choices = [(one, _days(one)) for one in days]
        self.initial.setdefault("days", days[1])


class MeasureForm(GroundsForm):
    """A measure in one group."""

    kind = forms.ChoiceField(
        label=_("What"),
        choices=[
            (MeasureKind.RESTRICT, _("Listening only: they may come and listen. They cannot write in the room.")),
            (MeasureKind.HOLD, _("A break from meetings: their place is kept. They cannot come in until it ends.")),
        ],
        widget=forms.RadioSelect,
        initial=MeasureKind.RESTRICT,
    )  # fmt: skip
    field_order = ("kind", "days", "reason", "told", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer(IN_A_GROUP)
        self.fields["days"].help_text = _(
            "You alone may decide on up to %(hold)d days of a break, or %(restrict)d days of listening. "
            "For longer, a second person has to agree; until then the shorter time counts."
        ) % {"hold": ALONE[MeasureKind.HOLD].days, "restrict": ALONE[MeasureKind.RESTRICT].days}

    def measure_kind(self) -> MeasureKind:
        return MeasureKind(self.cleaned_data["kind"])


class SuspensionForm(GroundsForm):
    """A break from all groups, for somebody named by their pseudonym."""

    person = PseudonymField(label=_("Pseudonym"))
    field_order = ("person", "days", "reason", "told", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer(EVERYWHERE)
        self.fields["days"].help_text = _(
            "It counts at once, for three days. A second person has to agree within these three days; "
            "if nobody does, it ends by itself."
        )

    def who(self) -> Person:
        return self.cleaned_data["person"]  # type: ignore[no-any-return]


class JudgementForm(forms.Form):
    """What comes of an appeal, and why."""

    verdict = forms.ChoiceField(
        label=_("What comes of it"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("Only the person who asked reads it. Say why, in kind words."),
        max_length=WORDS_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def chosen(self) -> Verdict:
        return Verdict(self.cleaned_data["verdict"])


class LookForm(forms.Form):
    """What came of a look."""

    outcome = forms.ChoiceField(
        label=_("What came of it"), choices=LookOutcome.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("A few words for colleagues"),
        required=False,
        max_length=WORDS_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def chosen(self) -> LookOutcome:
        return LookOutcome(self.cleaned_data["outcome"])


def _days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}
