"""The form by which a group is set up and changed, in sections that read like a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearthside.accounts.models import Person
from hearthside.groups.actions.groups import GroupDetails
from hearthside.groups.ages import Ages
from hearthside.groups.enums import Access, Comfort, Format
from hearthside.groups.forms.people import PseudonymField
from hearthside.groups.models import Experience, Group, Site
from hearthside.groups.queries.programme import sites_open_to
from hearthside.groups.queries.rights import Rights
from hearthside.groups.queries.under_eighteen import Setting, age_refusals
from hearthside.groups.queries.words import COMMON_LANGUAGES, language_name

WORDS_FIELDS = 3
SUGGESTIONS_ID = "experience-words"


@dataclass(frozen=True)
class Section:
    """A part of the form with a heading of its own."""

    key: str
    heading: str
    lead: str
    fields: Sequence[forms.BoundField]

    @property
    def is_folded(self) -> bool:
        """Good defaults stay out of the way until somebody wants to change them, or has to."""
        return self.key == "how" and not any(field.errors for field in self.fields)


class WordsField(forms.MultiValueField):
    """A few lines of own words, with suggestions from the vocabulary where the browser shows them."""

    def __init__(self) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            str(number): forms.TextInput(
                attrs={"list": SUGGESTIONS_ID, "maxlength": 120, "autocomplete": "off"}
            )
            for number in range(WORDS_FIELDS)
        }
        super().__init__(
            fields=[forms.CharField(max_length=120, required=False) for _box in boxes],
            widget=WordsInput(boxes),
            required=False,
            require_all_fields=False,
            label=gettext_lazy("In other words"),
            help_text=gettext_lazy(
                "Start to type. If your words are not in the list, use your own."
            ),
        )

    def compress(self, data_list: list[str]) -> list[str]:
        return [words.strip() for words in data_list or [] if words.strip()]


class WordsInput(forms.MultiWidget):
    """Each box names itself to screen readers by its number."""

    def decompress(self, value: Any) -> list[str]:
        return [*(value or []), *[""] * WORDS_FIELDS][:WORDS_FIELDS]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for number, box in enumerate(context["widget"]["subwidgets"], start=1):
            box["attrs"]["aria-label"] = _("Words %(number)d") % {"number": number}
        return context


class LinkField(forms.URLField):
    """A web address; written without its scheme, it is meant to be a safe one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)


class GroupForm(forms.ModelForm[Group]):
    """What a group says of itself. Only its name is needed to keep a draft."""

    experiences = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Lived experience"),
        queryset=Experience.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "What people in the group have in common. Open a heading and tick what fits."
        ),
    )
    own_words = WordsField()
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    access = forms.MultipleChoiceField(
        label=gettext_lazy("Access needs met"),
        choices=Access.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    comfort = forms.MultipleChoiceField(
        label=gettext_lazy("What it is like"),
        choices=Comfort.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Tick what is true each time, so that people know before they come."
        ),
    )

    SECTIONS: Sequence[tuple[str, Any, Any, Sequence[str]]] = (
        (
            "who",
            gettext_lazy("Who it is for"),
            gettext_lazy("Plain words help people see themselves in it."),
            ("name", "summary", "experiences", "own_words", "languages"),
        ),
        (
            "where",
            gettext_lazy("How people meet"),
            gettext_lazy("Fill in what goes with the format, and leave the rest."),
            (
                "format", "venue", "address", "locality", "link", "phone", "joining_notes",
                "is_venue_hidden", "access",
            ),
        ),
        (
            "what",
            gettext_lazy("What will happen"),
            gettext_lazy("Leave these empty, and we start you off with words that you can change."),
            ("what_happens", "first_visit", "comfort"),
        ),
        (
            "how",
            gettext_lazy("Who may come"),
            gettext_lazy("Most groups can leave these as they are."),
            ("openness", "age_from", "age_until", "gender", "course", "size_min", "size_max"),
        ),
    )  # fmt: skip

    class Meta:
        model = Group
        fields = [
            "name", "summary", "experiences", "languages", "age_from", "age_until", "gender",
            "format", "venue", "address", "locality", "link", "phone", "joining_notes",
            "is_venue_hidden", "access", "what_happens", "first_visit", "comfort", "openness",
            "course", "size_min", "size_max",
        ]  # fmt: skip
        field_classes = {"link": LinkField}
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "what_happens": forms.Textarea(attrs={"rows": 6}),
            "first_visit": forms.Textarea(attrs={"rows": 4}),
            "joining_notes": forms.Textarea(attrs={"rows": 2}),
            "format": forms.RadioSelect,
            "openness": forms.RadioSelect,
            "course": forms.RadioSelect,
            "phone": forms.TextInput(attrs={"inputmode": "tel"}),
        }
        help_texts = {
            "name": gettext_lazy("Short and plain, such as “Living with a stoma”."),
            "summary": gettext_lazy("One or two sentences that start with “For people who…”."),
            "venue": gettext_lazy("The name of the place, such as “The Old Library”."),
            "locality": gettext_lazy("Shown to everyone, even if the address is private."),
            "format": gettext_lazy(
                "In an online room, people meet in Hearthside's own sealed room, in writing."
                " Only those in it can read what is said."
            ),
            "link": gettext_lazy(
                "The web address that people open to join. An online room needs none; if people"
                " may also talk by voice or video somewhere else, give that address."
            ),
            "joining_notes": gettext_lazy(
                "Anything that helps, such as which door, or a meeting code."
            ),
            "is_venue_hidden": gettext_lazy("Everyone else sees the town or area only."),
            "age_from": gettext_lazy("0 says nothing: the group is for adults then, from 18 up."),
            "age_until": gettext_lazy("Leave it empty if there is no upper age."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"].required = False
        experiences = cast("forms.ModelMultipleChoiceField[Experience]", self.fields["experiences"])
        experiences.queryset = Experience.objects.all()
        cast("forms.ChoiceField", self.fields["format"]).choices = Format.choices
        languages = cast("forms.MultipleChoiceField", self.fields["languages"])
        own = [code for code in self.instance.languages if code not in COMMON_LANGUAGES]
        languages.choices = [(code, language_name(code)) for code in (*COMMON_LANGUAGES, *own)]

    def clean(self) -> dict[str, Any]:
        """Who may be in it, by age: what a group for young people has to be, and whether there may be one."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("age_from") is not None and "age_until" in told:
            wanted = Setting(
                Ages(told["age_from"], told["age_until"]),
                told.get("format", ""),
                told.get("link", ""),
                self.instance.source,
            )
            before = None if self.instance._state.adding else self.instance  # noqa: SLF001 Django's public state
            for field, sentence in age_refusals(wanted, group=before):
                self.add_error(field, sentence)
        return told

    def details(self) -> GroupDetails:
        """What the browser sent, as the actions take it."""
        names = [*(self._meta.fields or ()), "own_words"]
        return cast("GroupDetails", {name: self.cleaned_data[name] for name in names})

    def sections(self) -> Iterator[Section]:
        for key, heading, lead, names in self.SECTIONS:
            bound = [self[name] for name in names if name in self.fields]
            yield Section(key, str(heading), str(lead), bound)

    def chosen_experiences(self) -> set[str]:
        """The keys of the experiences whose boxes are ticked."""
        value = self["experiences"].value() or []
        return {str(getattr(one, "pk", one)) for one in value}


class NewGroupForm(GroupForm):
    """A new group also says at which site, and who leads it."""

    site = forms.ModelChoiceField(
        label=gettext_lazy("Site"), queryset=Site.objects.none(), empty_label=None
    )
    leader = PseudonymField(
        label=gettext_lazy("Who leads it"),
        help_text=gettext_lazy("Their pseudonym here. You can change it later."),
    )

    SECTIONS = (
        *GroupForm.SECTIONS,
        ("lead", gettext_lazy("Last of all"), "", ("leader", "site")),
    )

    def __init__(self, *args: Any, rights: Rights, person: Person, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        super().__init__(*args, **kwargs)
        self.person = person
        self.is_coordinating = rights.has_sites
        sites = cast("forms.ModelChoiceField[Site]", self.fields["site"])
        sites.queryset = sites_open_to(rights)
        self.initial.setdefault("leader", person.pseudonym)
        self.initial.setdefault("is_venue_hidden", True)
        self.initial["format"] = Format.IN_PERSON
        if not self.is_coordinating:
            # A facilitator starts a group to lead it; who else leads is for a coordinator to say.
            del self.fields["leader"]

    def led_by(self) -> Person:
        return cast("Person", self.cleaned_data.get("leader") or self.person)
