"""Limits of load."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from hearthside.groups.queries.load import Limits

MOST = 20


class LoadForm(forms.Form):
    """How many groups, and meetings in a week, at most."""

    groups = forms.IntegerField(label=gettext_lazy("Groups at most"), min_value=0, max_value=MOST)
    meetings = forms.IntegerField(
        label=gettext_lazy("Meetings a week at most"), min_value=0, max_value=MOST
    )

    def __init__(self, *args: Any, limits: Limits, most: Limits | None, **kwargs: Any) -> None:
        initial = {"groups": limits.groups, "meetings": limits.meetings}
        super().__init__(*args, **{"initial": initial, **kwargs})
        if most is not None:
            for name, value in (("groups", most.groups), ("meetings", most.meetings)):
                field = self.fields[name]
                assert isinstance(field, forms.IntegerField)
                field.help_text = gettext_lazy("No more than %(most)d here.") % {"most": value}

    def limits(self) -> Limits:
        return Limits(self.cleaned_data["groups"], self.cleaned_data["meetings"])
