"""Signing up: a pseudonym, consents, and if wanted an e-mail address and a password."""

import unicodedata
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hearthside.accounts.enums import Purpose
from hearthside.accounts.forms.sign_in import AT_LEAST_TEN
from hearthside.accounts.models import Person
from hearthside.accounts.wordings import wording


class PasswordField(forms.CharField):
    """Not called optional, and yet whoever goes on with a passkey may leave it empty."""

    def validate(self, value: str) -> None:
        pass


class SignUpForm(forms.Form):
    """Everything that is asked of a newcomer; the name of a person is never among it."""

    use_required_attribute = False

    pseudonym = forms.CharField(
        label=_("The name you want to go by here"),
        help_text=_("Others in your groups see it. Please do not use your real name."),
        min_length=2,
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Please choose a name to go by. It can be made up.")},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Only if you want reminders, or a way back in by e-mail. Nobody else sees it."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    terms = forms.BooleanField(
        error_messages={"required": _("We need your yes to make an account.")}
    )
    health = forms.BooleanField(
        error_messages={"required": _("Groups cannot work without it, so we need your yes.")}
    )
    reminders = forms.BooleanField(required=False)
    password = PasswordField(
        label=_("Password"),
        help_text=AT_LEAST_TEN,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    # What looked like an address the first time, and is meant so the second time.
    meant = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for purpose in Purpose:
            words = wording(purpose, language=language)
            self.fields[purpose.value].label = words.label
            self.fields[purpose.value].help_text = " ".join(words.text)

    def clean_pseudonym(self) -> str:
        name = " ".join(unicodedata.normalize("NFKC", self.cleaned_data["pseudonym"]).split())
        if any(unicodedata.category(letter).startswith("C") for letter in name):
            raise ValidationError(_("Please use letters, numbers, spaces and everyday signs."))
        if not any(letter.isalnum() for letter in name):
            raise ValidationError(_("Please use at least one letter or number."))
        if Person.objects.called(name).exists():
            raise ValidationError(_("Somebody already goes by that name. Please choose another."))
        return name

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name, password = cleaned.get("pseudonym", ""), cleaned.get("password", "")
        if "@" in name and cleaned.get("meant") != name:
            self.data = {**self.data.dict(), "meant": name}  # type: ignore[attr-defined]
            self.add_error(
                "pseudonym",
                _(
                    "That looks like an e-mail address, and others will see it. If you are sure, go on."
                ),
            )
        if password:
            try:
                validate_password(password, Person(pseudonym=name))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned

    def purposes(self) -> list[Purpose]:
        """What the newcomer said yes to."""
        return [purpose for purpose in Purpose if self.cleaned_data[purpose.value]]
