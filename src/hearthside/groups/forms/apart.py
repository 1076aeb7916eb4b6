"""Two people who are to be kept apart, named by their pseudonyms."""

from collections.abc import Container
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthside.accounts.models import Person
from hearthside.groups.forms.people import PseudonymField


class ApartForm(forms.Form):
    """Both pseudonyms, and a reason that names nobody.

    `within` holds the people whom a coordinator may name; one of the two has to be among them. None is everybody.
    """

    one = PseudonymField(label=_("One person's pseudonym"))
    other = PseudonymField(label=_("The other person's pseudonym"))
    because = forms.CharField(
        label=_("Why"),
        max_length=300,
        required=False,
        help_text=_("A few words without names, for whoever looks at this after you."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, by: Person, within: Container[UUID] | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._by, self._within = by, within

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        one, other = cleaned.get("one"), cleaned.get("other")
        if one is None or other is None:
            return cleaned
        if one == other:
            self.add_error("other", _("These are one and the same person."))
        if self._by in (one, other):
            self.add_error(
                None, _("You cannot decide this for yourself. Please ask somebody else who may.")
            )
        elif self._within is not None and not {one.pk, other.pk} & set(self._keys(one, other)):
            self.add_error(
                None,
                _(
                    "Neither of them is in a group of your sites. Please ask whoever leads on safety."
                ),
            )
        because = str(cleaned.get("because", "")).casefold()
        if any(who.pseudonym.casefold() in because for who in (one, other)):
            self.add_error("because", _("Please leave the names out of the reason."))
        return cleaned

    def _keys(self, *people: Person) -> list[UUID]:
        within = self._within
        return [who.pk for who in people if within is not None and who.pk in within]
