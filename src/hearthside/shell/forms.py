"""What the first-run page may send."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person
from hearthside.accounts.wordings import wording
from hearthside.kit import zones
from hearthside.safety.country import choices as countries


class FirstRunForm(forms.Form):
    """The first operator, the programme and its first site, on one page."""

    pseudonym = forms.CharField(
        label=_("Your pseudonym"),
        max_length=40,
        help_text=_("Any name but your real one. You sign in with it, and others see it."),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("A password"),
        help_text=_("At least ten characters. Three or four words in a row are easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    name = forms.CharField(
        label=_("What is your programme called?"),
        max_length=120,
        help_text=_("It stands at the top of every page."),
    )
    country = forms.ChoiceField(
        label=_("Which country is it in?"),
        help_text=_("So that the right crisis numbers stand on every page."),
    )
    site_name = forms.CharField(
        label=_("Your first site"),
        max_length=120,
        help_text=_("A town, a hospital, a campus, or “Online”. You can add more later."),
    )
    site_zone = forms.ChoiceField(
        label=_("Its time zone"), help_text=_("Meetings there are planned in this time.")
    )

    terms = forms.BooleanField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = wording(Purpose.TERMS, language=get_language() or "en")
        self.fields["terms"].label, self.fields["terms"].help_text = (
            words.label,
            " ".join(words.text),
        )
        self.fields["country"].choices = [("", "—"), *countries(), ("-", _("Another country"))]  # type: ignore[attr-defined]
        self.fields["site_zone"].choices = [("", "—"), *zones.choices()]  # type: ignore[attr-defined]

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).strip("-")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        try:
            validate_password(
                cleaned.get("password", ""), Person(pseudonym=cleaned.get("pseudonym", ""))
            )
        except ValidationError as errors:
            self.add_error("password", errors)
        return cleaned
