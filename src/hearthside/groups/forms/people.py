"""Naming people by their pseudonym, and giving them roles."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Site
from hearthside.groups.models.role import GROUP_KINDS
from hearthside.groups.queries.groups import person_called
from hearthside.groups.queries.load import Load, load_of


class PseudonymField(forms.CharField):
    """A pseudonym that becomes the person who goes by it."""

    default_error_messages = {
        "nobody": _("Nobody here goes by that pseudonym. Check how it is spelt.")
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"})
        super().__init__(max_length=40, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        pseudonym = super().clean(value)
        if not pseudonym:
            return None
        found = person_called(pseudonym)
        if found is None:
            raise forms.ValidationError(self.error_messages["nobody"], code="nobody")
        return found


class TeamForm(forms.Form):
    """Give someone a part in a group's team."""

    person = PseudonymField(label=_("Pseudonym"))
    kind = forms.ChoiceField(
        label=_("Role"),
        choices=[(kind.value, kind.label) for kind in GROUP_KINDS],
        widget=forms.RadioSelect,
        initial=RoleKind.FACILITATOR,
    )

    # Asked for only where somebody would lead more than they want to.
    because = forms.CharField(
        label=_("Why all the same"), max_length=300, required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._now = now
        self.is_too_much = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        person = cleaned.get("person")
        if person is None or cleaned.get("kind") != RoleKind.FACILITATOR:
            return cleaned
        load = load_of(person, now=self._now)
        self.is_too_much = load.is_full
        if load.is_full:
            self.fields["because"].widget = forms.TextInput()
        if load.is_full and not cleaned.get("because"):
            self.add_error("because", _too_much(person, load))
        return cleaned

    def who(self) -> Person:
        return self.cleaned_data["person"]  # type: ignore[no-any-return]

    def role_kind(self) -> RoleKind:
        return RoleKind(self.cleaned_data["kind"])


def _too_much(person: Person, load: Load) -> str:
    told = {"person": person, "groups": load.groups, "meetings": load.meetings}
    return (
        gettext(
            "%(person)s leads %(groups)d groups and up to %(meetings)d meetings a week. One more is over "
            "the limit. Ask them first, and write why; they read it."
        )
        % told
    )


class RoleForm(forms.Form):
    """Give someone a role over a site, or over the whole programme."""

    person = PseudonymField(label=_("Pseudonym"))
    kind = forms.ChoiceField(
        label=_("Role"),
        choices=[(kind.value, kind.label) for kind in RoleKind if kind not in GROUP_KINDS],
    )
    site = forms.ModelChoiceField(
        label=_("Site"),
        queryset=Site.objects.all(),
        required=False,
        empty_label=_("All sites"),
        help_text=_("An operator always looks after all of them."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == RoleKind.OPERATOR:
            cleaned["site"] = None
        return cleaned

    def who(self) -> Person:
        return self.cleaned_data["person"]  # type: ignore[no-any-return]

    def role_kind(self) -> RoleKind:
        return RoleKind(self.cleaned_data["kind"])
