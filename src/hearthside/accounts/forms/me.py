"""What a person may change about themselves."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hearthside.accounts.models import Person, sounds_like
from hearthside.kit import zones


def zone_choices() -> list[tuple[str, str]]:
    """What the browser says, or any zone."""
    return [("", str(_("As my browser says"))), *zones.choices()]


class SettingsForm(forms.Form):
    """Language, time zone and country; each may be left open."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_("Meetings are shown in your time, with the group's time beside it."),
    )
    country = forms.CharField(
        label=_("Country"),
        required=False,
        max_length=2,
        min_length=2,
        help_text=_("Two letters, e.g. GB or ES. So that crisis help is for where you are."),
        widget=forms.TextInput(attrs={"autocomplete": "country", "size": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("As my browser says")), *settings.LANGUAGES]  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = zone_choices()  # type: ignore[attr-defined]

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()


class EraseForm(forms.Form):
    """The pseudonym typed once more, so that nobody deletes an account by a slip."""

    pseudonym = forms.CharField(
        label=_("Type your pseudonym to delete your account"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_pseudonym(self) -> str:
        typed: str = self.cleaned_data["pseudonym"]
        if sounds_like(typed) != self.person.pseudonym_key:
            raise forms.ValidationError(_("That is not your pseudonym, so nothing was deleted."))
        return typed
