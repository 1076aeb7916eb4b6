"""Naming people by their pseudonym, and giving them roles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Site
from hearthside.groups.models.role import GROUP_KINDS
from hearthside.groups.queries.groups import person_called


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

    def who(self) -> Person:
        return self.cleaned_data["person"]  # type: ignore[no-any-return]

    def role_kind(self) -> RoleKind:
        return RoleKind(self.cleaned_data["kind"])


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
