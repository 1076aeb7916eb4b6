"""The off-hours shield."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearthside.groups.enums import Contact
from hearthside.groups.models import Shield
from hearthside.groups.models.shield import HOURS_IN_A_DAY


class ShieldForm(forms.Form):
    """Which contact, on which days, within which hours."""

    contact = forms.ChoiceField(
        label=gettext_lazy("May members write to you between meetings?"),
        help_text=gettext_lazy("Members of your groups read what you choose. No is a full answer."),
        choices=Contact.choices,
        widget=forms.RadioSelect,
    )
    days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days on which letters may reach you"),
        help_text=gettext_lazy(
            "Letters from here about your groups wait until then. With no day ticked they come at once."
        ),
        choices=[(number, name) for number, name in WEEKDAYS.items()],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    from_hour = forms.IntegerField(
        label=gettext_lazy("From which hour"), min_value=0, max_value=HOURS_IN_A_DAY - 1
    )
    until_hour = forms.IntegerField(
        label=gettext_lazy("Until which hour"), min_value=1, max_value=HOURS_IN_A_DAY
    )

    def __init__(self, *args: Any, kept: Shield | None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {
            "contact": kept.contact if kept else Contact.NONE,
            "days": kept.days if kept else [],
            "from_hour": kept.from_hour if kept else 9,
            "until_hour": kept.until_hour if kept else 17,
        }
        super().__init__(*args, **{"initial": initial, **kwargs})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("from_hour"), cleaned.get("until_hour")
        if start is not None and end is not None and end <= start:
            self.add_error("until_hour", _("The hours must end after they begin."))
        if cleaned.get("contact") == Contact.HOURS and not cleaned.get("days"):
            self.add_error("days", _("Tick at least one day, or choose another answer above."))
        return cleaned
