"""What a browser may send to the finder. Nothing is ever refused: what we do not know is left out."""

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthside.finder.enums import IAm, Only, Way
from hearthside.finder.search import KM, KM_AT_FIRST, Search
from hearthside.groups.enums import Access
from hearthside.groups.queries.words import language_name
from peerkit.matching import Free

LONGEST: Final = 500
MOST_SPANS: Final = 60
MOST_ABOUT: Final = 20
_SPAN: Final = re.compile(r"([0-6])-(\d{1,4})-(\d{1,4})")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-z]{2,8})?")
_DAY: Final = 24 * 60
_AGES: Final = range(5, 121)


class Several(forms.MultipleChoiceField):
    """Some of the choices; others are passed over."""

    def clean(self, value: Any) -> list[str]:
        return [one for one in dict.fromkeys(value or ()) if self.valid_value(one)]


class Languages(Several):
    """Languages by code, also such as no group is held in: somebody may well ask for one."""

    def valid_value(self, value: Any) -> bool:
        return _LANGUAGE.fullmatch(str(value)) is not None


class One(forms.ChoiceField):
    """One of the choices, or nothing."""

    def clean(self, value: Any) -> str:
        return str(value) if value and self.valid_value(value) else ""


class Words(forms.CharField):
    """Words, cut where they get too long to read."""

    def clean(self, value: Any) -> str:
        return " ".join(str(value or "").replace("\0", "").split())[: self.max_length]


class Slugs(forms.Field):
    """Experiences by slug; the vocabulary says later which it knows."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        return list(dict.fromkeys(value or ()))[:MOST_ABOUT]


class Spans(forms.Field):
    """Free times as "weekday-from-until" in minutes."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[Free]:
        found = (_SPAN.fullmatch(one) for one in value or ())
        spans = {Free(*map(int, one.groups())) for one in found if one}
        return sorted(one for one in spans if one.from_minute < one.until_minute <= _DAY)[
            :MOST_SPANS
        ]


class Age(forms.IntegerField):
    """A plausible age, or None."""

    def clean(self, value: Any) -> int | None:
        text = str(value or "").strip()
        return (
            int(text)
            if text.isdecimal() and len(text) <= len("120") and int(text) in _AGES
            else None
        )


class SearchForm(forms.Form):
    """The one form of the finder, in the order of the page."""

    words = Words(
        label=_("In your own words: what is going on?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    read = Words(max_length=LONGEST, widget=forms.HiddenInput)
    about = Slugs()
    not_about = Slugs()
    free = Spans()
    ways = Several(
        label=_("How would you like to come?"),
        choices=Way.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    place = Words(
        label=_("A town near you"),
        max_length=80,
        help_text=_("Only for this search. A bigger town nearby is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    place_choice = Words(max_length=80, widget=forms.HiddenInput)
    km = One(label=_("How far can you go?"), choices=[(km, f"{km} km") for km in KM])
    languages = Languages(label=_("Which languages?"), widget=forms.CheckboxSelectMultiple)
    access = Several(
        label=_("What do you need?"), choices=Access.choices, widget=forms.CheckboxSelectMultiple
    )
    i_am = Several(label=_("I am"), choices=IAm.choices, widget=forms.CheckboxSelectMultiple)
    age = Age(label=_("My age"), widget=forms.NumberInput(attrs={"autocomplete": "off"}))
    only = One(label=_("Only show groups for"), choices=[("", _("Everyone")), *Only.choices])
    drop = Words(max_length=120, widget=forms.HiddenInput)

    def __init__(self, *args: Any, languages: tuple[str, ...] = (), **kwargs: Any) -> None:
        kwargs["auto_id"] = "find_%s"
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
        spoken = self.fields["languages"]
        if isinstance(spoken, Several):
            spoken.choices = [(code, language_name(code)) for code in languages]

    def search(self) -> Search:
        """What was sent, as it was sent: new words are not read yet."""
        self.full_clean()
        told = self.cleaned_data
        return Search(
            words=told["words"],
            about=tuple(told["about"]),
            not_about=tuple(told["not_about"]),
            free=tuple(told["free"]),
            ways=tuple(told["ways"]),
            languages=tuple(told["languages"]),
            access=tuple(told["access"]),
            only=told["only"],
            place=told["place_choice"] or told["place"],
            km=int(told["km"] or KM_AT_FIRST),
            age=told["age"],
            i_am=tuple(told["i_am"]),
        )
