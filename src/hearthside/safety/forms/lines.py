"""What a person found about a crisis line, and the facts of one."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthside.safety.country import choices as countries
from hearthside.safety.enums import CHANNEL_NAMES, DEAF_NAMES, KIND_NAMES, How
from hearthside.safety.helplines import Channel, DeafBy, Helpline, Kind
from hearthside.safety.ledger import Outcome

NUMBER = re.compile(r"\*?[0-9][0-9 -]*")
LANGUAGES = re.compile(r"[a-z]{2,3}(,[a-z]{2,3})*")


class FoundForm(forms.Form):
    """One tap, and perhaps a few words. The button says both what was found and how."""

    BUTTONS = {
        "dialled": (Outcome.RIGHT, How.DIALLED),
        "read": (Outcome.RIGHT, How.READ),
        "unreached": (Outcome.UNREACHED, How.DIALLED),
        "wrong": (Outcome.WRONG, How.READ),
    }
    found = forms.ChoiceField(choices=[(each, each) for each in BUTTONS], widget=forms.HiddenInput)
    heard = forms.CharField(
        label=_("What did you hear or read?"),
        help_text=_("A few words, for whoever looks at this later. No names."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def outcome_and_how(self) -> tuple[Outcome, How]:
        return self.BUTTONS[self.cleaned_data["found"]]


class LineForm(forms.Form):
    """The facts of one line, as the service itself gives them."""

    kind = forms.ChoiceField(
        label=_("What is it for?"), choices=[(each.value, KIND_NAMES[each]) for each in Kind]
    )
    name = forms.CharField(
        label=_("Name of the service"),
        max_length=120,
        help_text=_("As they call themselves, in their own language."),
    )
    channel = forms.ChoiceField(
        label=_("How do people reach it?"),
        choices=[(each.value, CHANNEL_NAMES[each]) for each in Channel],
    )
    deaf_by = forms.ChoiceField(
        label=_("If it is for people who cannot hear or speak on the phone: how?"),
        required=False,
        choices=[("", "—"), *((each.value, DEAF_NAMES[each]) for each in DeafBy)],
    )
    number = forms.CharField(
        label=_("Number"),
        max_length=40,
        required=False,
        help_text=_("Digits as people dial them in that country."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    keyword = forms.CharField(
        label=_("Word to send"),
        max_length=20,
        required=False,
        help_text=_("Only if a text message has to begin with a word."),
    )
    address = forms.URLField(
        label=_("Page where the chat or video call begins"),
        max_length=300,
        required=False,
        assume_scheme="https",
    )
    hours = forms.CharField(
        label=_("Hours"),
        max_length=80,
        required=False,
        help_text=_("24/7, or in the service's own words. Leave it empty if they do not say."),
    )
    area = forms.CharField(
        label=_("Area"),
        max_length=80,
        required=False,
        help_text=_("Only if it does not serve the whole country."),
    )
    languages = forms.CharField(
        label=_("Languages"),
        max_length=60,
        help_text=_("Short codes with commas, the main one first: en, es."),
    )
    url = forms.URLField(
        label=_("Official page"),
        max_length=300,
        assume_scheme="https",
        help_text=_("Where anybody can read the number: their own page, or a public authority's."),
    )

    @staticmethod
    def of(line: Helpline) -> dict[str, Any]:
        """What the form shows first: the facts as they stand."""
        return {**line.written_out(), "languages": ", ".join(line.languages)}

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"]).strip()
        if number and not NUMBER.fullmatch(number):
            raise forms.ValidationError(_("Please use digits, spaces and hyphens only."))
        return number

    def clean_languages(self) -> str:
        codes = re.sub(r"\s", "", str(self.cleaned_data["languages"]).lower())
        if not LANGUAGES.fullmatch(codes):
            raise forms.ValidationError(_("Please write short codes, such as: en, es."))
        return codes

    def clean_url(self) -> str:
        return _secure(self.cleaned_data["url"])

    def clean_address(self) -> str:
        return _secure(self.cleaned_data["address"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        channel, by = cleaned.get("channel"), cleaned.get("deaf_by")
        if channel == Channel.DEAF and not by:
            self.add_error("deaf_by", _("Please choose one."))
        if channel != Channel.DEAF:
            cleaned["deaf_by"] = ""
        opens_a_page = channel == Channel.CHAT or by == DeafBy.SIGN
        if opens_a_page and not cleaned.get("address") and "address" not in self.errors:
            self.add_error("address", _("Please give the page where it begins."))
        if not opens_a_page and not cleaned.get("number") and "number" not in self.errors:
            self.add_error("number", _("Please give the number."))
        return cleaned


class NewLineForm(LineForm):
    """The same, and the country that it serves."""

    country = forms.ChoiceField(label=_("Country"))
    field_order = ("country",)

    def __init__(self, *args: Any, served: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, name) for code, name in countries() if code in served]
        self.fields["country"].choices = named  # type: ignore[attr-defined]


def _secure(address: str) -> str:
    # Threat: somebody between the reader and the page reads along, or puts another number there.
    if address.startswith("http://"):
        raise forms.ValidationError(_("Please give an address that begins with https://"))
    return address
