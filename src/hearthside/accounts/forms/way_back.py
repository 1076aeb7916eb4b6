"""Getting back in: a recovery code, and what replaces the lost key."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from hearthside.accounts.forms.sign_in import AT_LEAST_TEN
from hearthside.accounts.models import Person

CODE = forms.TextInput(
    attrs={
        "autocomplete": "off",
        "autocapitalize": "none",
        "spellcheck": "false",
        "placeholder": "xxxx-xxxx-xxxx",
    }
)


class SavedCodeForm(forms.Form):
    """One recovery code typed back, as a sign that they are saved."""

    code = forms.CharField(
        label=_("Type one of your codes"),
        help_text=_("Any of the eight. It stays usable."),
        max_length=40,
        widget=CODE,
        error_messages={"required": _("Please type one of the codes you saved.")},
    )


class WayBackForm(forms.Form):
    """Who it is, and one unused recovery code."""

    pseudonym = forms.CharField(
        label=_("Your pseudonym"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    code = forms.CharField(
        label=_("One of your recovery codes"),
        help_text=_("Twelve letters and numbers. Dashes and capitals do not matter."),
        max_length=40,
        widget=CODE,
    )


class StartAgainForm(forms.Form):
    """A new password for somebody who is back."""

    password = forms.CharField(
        label=_("New password"),
        help_text=AT_LEAST_TEN,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password
