"""What somebody says of themselves who can step in: where, when, and how often."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from hearthside.groups.models import Site
from hearthside.meetings.models import Reserve

EVERY_DAY = list(range(7))


class PoolForm(forms.ModelForm[Reserve]):
    """The settings of "I can step in"."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days?"),
        choices=[(number, WEEKDAYS[number]) for number in EVERY_DAY],
        coerce=int,
        initial=EVERY_DAY,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one day.")},
    )
    sites = forms.ModelMultipleChoiceField(
        label=_("Where can you go?"),
        queryset=Site.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none if you only want to help online."),
    )

    class Meta:
        model = Reserve
        fields = (
            "is_online", "sites", "is_own_only", "weekdays", "from_hour", "until_hour",
            "most_a_month", "is_short_notice",
        )  # fmt: skip
        labels = {
            "is_online": _("Groups that meet online or by phone"),
            "is_own_only": _("Ask me for groups that I belong to, and no others"),
            "from_hour": _("From which hour? (0 to 23)"),
            "until_hour": _("Until which hour? (1 to 24)"),
            "most_a_month": _("How often a month, at most?"),
            "is_short_notice": _("You may also ask me 15 minutes before"),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("is_online") and not cleaned.get("sites"):
            self.add_error("sites", _("Choose a place, or tick online, so that we can ask you."))
        return cleaned
