"""Guests: how many a group takes, and what a guest says yes to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthside.meetings.queries.havens import Offered

MOST = 12


class WelcomeForm(forms.Form):
    """How many guests may come to one meeting; 0 is none."""

    seats = forms.IntegerField(
        label=_("How many guests may come to one meeting?"),
        min_value=0,
        max_value=MOST,
        help_text=_("0 means that you take no guests."),
    )


class GuestForm(forms.Form):
    """Only the ticks that this group and this person still need are there."""

    ground_rules = forms.UUIDField(widget=forms.HiddenInput, required=False)
    accepts_rules = forms.BooleanField(
        label=_("I have read the ground rules, and I will keep to them."),
        error_messages={"required": _("Please read the ground rules and tick this box.")},
    )
    fits = forms.BooleanField(
        help_text=_("We take your word for it, and do not keep your answer."),
        error_messages={"required": _("Please tick this box if it is true for you.")},
    )

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fits"].label = " ".join(offered.conditions)
        if offered.rules:
            self.initial["ground_rules"] = offered.rules.pk
        else:
            del self.fields["accepts_rules"], self.fields["ground_rules"]
        if not offered.conditions:
            del self.fields["fits"]
