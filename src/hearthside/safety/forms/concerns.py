"""What somebody tells us about a concern, and what they are answered."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthside.safety.enums import Done, Lane
from hearthside.safety.models.concerns import WORDS_MAX


def _box(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class StorableField(forms.CharField):
    """Words that every database can hold: without the one character that PostgreSQL refuses."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\0", "")


class ConcernForm(forms.Form):
    """Words, and a key of the form itself, so that a second tap is no second concern."""

    words = StorableField(
        label=_("What worries you?"),
        help_text=_("A few words are enough. You can add more later."),
        max_length=WORDS_MAX,
        widget=_box(6),
    )
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, *, lane: Lane) -> None:
        super().__init__(data, initial={"once": uuid4()})
        if lane == Lane.NOW:
            # Threat: somebody in danger is told to fill in a field first.
            self.fields["words"].required = False
            self.fields["words"].label = _("What is happening?")
            self.fields["words"].help_text = _("You can leave this empty, and write more later.")

    def key(self) -> UUID:
        return self.cleaned_data["once"]  # type: ignore[no-any-return]


class WordsForm(forms.Form):
    """A few more words, from either side."""

    words = StorableField(label=_("Your words"), max_length=WORDS_MAX, widget=_box(3))


class AppealForm(forms.Form):
    """Why somebody else should look as well."""

    words = StorableField(
        label=_("What did we miss?"),
        help_text=_("Somebody who has not looked at it before reads this, and everything above."),
        max_length=WORDS_MAX,
        widget=_box(4),
    )


class AnswerForm(forms.Form):
    """What could be done, and what whoever raised it will read."""

    done = forms.ChoiceField(
        label=_("What could be done?"), choices=Done.choices, widget=forms.RadioSelect
    )
    words = StorableField(
        label=_("Your answer"),
        help_text=_("Only the person who raised it reads this. Your name is not shown to them."),
        max_length=WORDS_MAX,
        widget=_box(5),
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        # Beside it on the page stands another form with words: a label must find its own.
        super().__init__(data, auto_id="id_answer_%s")

    def what(self) -> Done:
        return Done(self.cleaned_data["done"])
