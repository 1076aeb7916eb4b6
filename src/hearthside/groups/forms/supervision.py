"""Choosing a supervisor, and a note for the other of the two."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearthside.accounts.models import Person
from hearthside.groups.forms.people import PseudonymField


class SupervisorForm(forms.Form):
    """Whom somebody would like to think with."""

    supervisor = PseudonymField(
        label=gettext_lazy("Their pseudonym"),
        help_text=gettext_lazy("Somebody you trust. They are asked first, and may say no."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person

    def clean_supervisor(self) -> Person:
        chosen: Person = self.cleaned_data["supervisor"]
        if chosen == self._person:
            raise forms.ValidationError(_("Please choose somebody other than yourself."))
        return chosen


class NoteForm(forms.Form):
    """A note between the two."""

    text = forms.CharField(
        label=gettext_lazy("A note"),
        help_text=gettext_lazy("About you and your leading. Without names of members."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
