"""Somebody whom one has met here, by the name they go by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthside.accounts.models import Person
from hearthside.safety.ports import group_facts


class MetForm(forms.Form):
    """Asks for one person whom `by` has met; what is asked about them is added by each form."""

    pseudonym = forms.CharField(
        label=_("Their pseudonym"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._by = by

    def clean_pseudonym(self) -> Person:
        found = group_facts().met_called(self._by, self.cleaned_data["pseudonym"])
        # Threat: somebody types one name after the other to learn who has an account here. Whoever does not
        # exist and whoever they never met are answered in the same words.
        if found is None:
            raise forms.ValidationError(
                _("You have met nobody here who goes by that pseudonym. Check how it is spelt.")
            )
        return found
