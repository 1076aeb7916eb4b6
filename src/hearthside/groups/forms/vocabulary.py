"""Words for lived experience."""

from collections.abc import Collection
from typing import Any, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hearthside.groups.models import Experience

LONGEST_WORDS = 120


class ExperienceChoice(forms.ModelChoiceField[Experience]):
    """One thing in the vocabulary, listed by its name."""

    def __init__(self, *, label: Any, **kwargs: Any) -> None:
        super().__init__(queryset=Experience.objects.none(), label=label, **kwargs)

    def offer(self, *, but: Collection[UUID] = ()) -> None:
        self.queryset = Experience.objects.with_names().exclude(pk__in=but)


class NewExperienceForm(forms.Form):
    """Something that the vocabulary lacks."""

    label = forms.CharField(label=_("Name"), max_length=LONGEST_WORDS)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    parent = ExperienceChoice(
        label=_("Part of"), required=False, empty_label=_("Nothing broader"), blank=True
    )
    description = forms.CharField(label=_("In one sentence"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("ExperienceChoice", self.fields["parent"]).offer()


class NamesForm(forms.Form):
    """The words for one thing in one language."""

    language = forms.CharField(widget=forms.HiddenInput, max_length=12)
    label = forms.CharField(label=_("Name"), max_length=LONGEST_WORDS)
    description = forms.CharField(label=_("In one sentence"), max_length=300, required=False)
    synonyms = forms.CharField(
        label=_("Other words people use"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One on each line. People who search for any of them find the group."),
    )

    vague = forms.CharField(
        label=_("Words that could mean many things"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line. They count only when a text says nothing more telling."),
    )

    def clean_synonyms(self) -> list[str]:
        return self._lines("synonyms")

    def clean_vague(self) -> list[str]:
        return self._lines("vague")

    def _lines(self, name: str) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data[name].splitlines()]
        if any(len(line) > LONGEST_WORDS for line in lines):
            raise forms.ValidationError(_("One of these lines is too long."))
        return [line for line in lines if line]


class PlaceForm(forms.Form):
    """What it is part of."""

    parent = ExperienceChoice(
        label=_("Part of"), required=False, empty_label=_("Nothing broader"), blank=True
    )

    def __init__(self, *args: Any, experience: Experience, but: set[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("ExperienceChoice", self.fields["parent"]).offer(but=but)
        self.initial.setdefault("parent", experience.parent_id)


class MergeForm(forms.Form):
    """What it is the same as."""

    into = ExperienceChoice(label=_("It is the same as"))

    def __init__(self, *args: Any, but: set[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("ExperienceChoice", self.fields["into"]).offer(but=but)
