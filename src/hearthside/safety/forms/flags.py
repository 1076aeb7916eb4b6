"""Flagging somebody, by the name they go by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthside.safety.enums import MeasureReason
from hearthside.safety.forms.met import MetForm


class FlagForm(MetForm):
    """Somebody whom the person has met here, and what was not all right."""

    reason = forms.ChoiceField(
        label=_("What was not all right"), choices=MeasureReason.choices, widget=forms.RadioSelect
    )

    def chosen(self) -> MeasureReason:
        return MeasureReason(self.cleaned_data["reason"])
