"""Which kinds of letters somebody wants."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthside.notices.enums import Kind


class KindsForm(forms.Form):
    """A box for each kind; ticked means it is sent."""

    kinds = forms.MultipleChoiceField(
        label=_("Write to me when"),
        required=False,
        choices=Kind.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def wanted(self) -> set[str]:
        """The kinds that stay on."""
        kinds: Any = self.cleaned_data["kinds"]
        return set(kinds)
