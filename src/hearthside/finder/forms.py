"""What a browser may send to the finder. A search is never refused: what we do not know is left out."""

import re
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthside.finder.enums import IAm, Only, Way
from hearthside.finder.search import KM, KM_AT_FIRST, Search
from hearthside.finder.weight_words import GROUPS, WEIGHTS
from hearthside.groups.enums import Access, Comfort
from hearthside.groups.models import Experience
from hearthside.groups.queries.words import language_name
from hearthside.kit import zones
from peerkit.matching import Free, Weights

LONGEST: Final = 500
MOST_SPANS: Final = 60
MOST_ABOUT: Final = 20
MOST_LANGUAGES: Final = 20
_SPAN: Final = re.compile(r"([0-6])-(\d{1,4})-(\d{1,4})")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-z]{2,8})?")
_DAY: Final = 24 * 60
_AGES: Final = range(5, 121)


class Several(forms.MultipleChoiceField):
    """Some of the choices; others are passed over."""

    def clean(self, value: Any) -> list[str]:
        return [one for one in dict.fromkeys(value or ()) if self.valid_value(one)]


class Languages(Several):
    """Languages by code, also such as no group is held in: somebody may well ask for one, and nobody for many."""

    def clean(self, value: Any) -> list[str]:
        return super().clean(value)[:MOST_LANGUAGES]

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
    comfort = Several(
        label=_("What would feel right?"),
        choices=Comfort.choices,
        help_text=_("These are wishes: no group is left out for them."),
        widget=forms.CheckboxSelectMultiple,
    )
    i_am = Several(label=_("I am"), choices=IAm.choices, widget=forms.CheckboxSelectMultiple)
    age = Age(label=_("My age"), widget=forms.NumberInput(attrs={"autocomplete": "off"}))
    only = One(label=_("Only show groups for"), choices=[("", _("Everyone")), *Only.choices])
    drop = Words(max_length=120, widget=forms.HiddenInput)
    add = Words(max_length=120, widget=forms.HiddenInput)

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
            comfort=tuple(told["comfort"]),
            only=told["only"],
            place=told["place_choice"] or told["place"],
            km=int(told["km"] or KM_AT_FIRST),
            age=told["age"],
            i_am=tuple(told["i_am"]),
        )


class WishForm(forms.Form):
    """What we ask of somebody who keeps their search, beside the search itself."""

    NOTHING_ABOVE: Final = "-"

    main = forms.ChoiceField(
        label=_("What matters most to you?"),
        widget=forms.RadioSelect,
        help_text=_(
            "When you are offered a place, we look for a group where at least one other person"
            " lives with this too."
        ),
        error_messages={"required": _("Please choose one. “No one thing” is a good answer too.")},
    )
    is_new = forms.ChoiceField(
        label=_("Have you been to such a group before?"),
        choices=[("yes", _("No, it would be my first time")), ("no", _("Yes, I have been before"))],
        widget=forms.RadioSelect,
        help_text=_("Good groups have some of both."),
        error_messages={"required": _("Please choose one.")},
    )
    zone = forms.ChoiceField(
        label=_("Your time zone"),
        help_text=_("So that the times when you are free are right."),
        error_messages={"invalid_choice": _("Please choose a time zone from the list.")},
    )
    agrees = forms.BooleanField(
        error_messages={"required": _("We may not keep your search unless you agree.")}
    )

    def __init__(
        self, *args: Any, experiences: Sequence[Experience], consent: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._named = {one.slug: one for one in experiences}
        main, zone = self.fields["main"], self.fields["zone"]
        if isinstance(main, forms.ChoiceField) and isinstance(zone, forms.ChoiceField):
            main.choices = [
                *((one.slug, one.label()) for one in experiences),
                (self.NOTHING_ABOVE, _("No one thing matters most")),
            ]
            zone.choices = list(zones.choices())
        self.fields["agrees"].label = consent
        if not experiences:
            del self.fields["main"]
        if not consent:
            del self.fields["agrees"]

    def main_experience(self) -> Experience | None:
        return self._named.get(self.cleaned_data.get("main", ""))

    def says_is_new(self) -> bool:
        return bool(self.cleaned_data["is_new"] == "yes")


class WeightsForm(forms.Form):
    """How much each thing counts, in whole numbers from 0 to 100; only their proportions matter."""

    MOST: Final = 100

    def __init__(self, *args: Any, weights: Weights, **kwargs: Any) -> None:
        kwargs["initial"] = {
            name: round(share * self.MOST) for name, share in weights.shares().items()
        }
        super().__init__(*args, **kwargs)
        wrong = _("Please give a whole number from 0 to 100.")
        for name in weights.shares():
            self.fields[name] = forms.IntegerField(
                label=str(WEIGHTS[name].label),
                help_text=str(WEIGHTS[name].sentence),
                min_value=0,
                max_value=self.MOST,
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"), wrong
                ),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if len(cleaned) == len(self.fields) and not any(cleaned.values()):
            raise forms.ValidationError(
                _(
                    "If nothing counts, no group can come first. Please give at least one number above 0."
                )
            )
        return cleaned

    def groups(self) -> list[tuple[str, list[tuple[forms.BoundField, int]]]]:
        """The fields by what they are about, each with the share it makes of the whole, in percent."""
        numbers = {name: self._number(name) for name in self.fields}
        whole = sum(numbers.values()) or 1
        return [
            (str(heading), [(self[name], round(100 * numbers[name] / whole)) for name in names])
            for heading, names in GROUPS
        ]

    def _number(self, name: str) -> int:
        """What stands in the box, or 0 where that is no number."""
        said = str(self[name].value())
        return min(int(said), self.MOST) if said.isdecimal() and len(said) <= len("100") else 0

    def weights(self) -> Weights:
        return Weights.of({name: value / self.MOST for name, value in self.cleaned_data.items()})
