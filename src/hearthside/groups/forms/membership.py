"""Joining a group: each thing that somebody says yes to, and how they would like to begin."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthside.groups.models import Membership
from hearthside.groups.queries.joining import Joining


class MembershipChoice(forms.ModelChoiceField[Membership]):
    """One of the person's own groups, by its name."""

    def label_from_instance(self, obj: Membership) -> str:
        return obj.group.name


class JoinForm(forms.Form):
    """Only the ticks that this group and this person still need are there."""

    ground_rules = forms.UUIDField(widget=forms.HiddenInput, required=False)
    accepts_rules = forms.BooleanField(
        label=_("I have read the ground rules, and I will keep to them."),
        error_messages={"required": _("Please read the ground rules and tick this box.")},
    )
    fits = forms.BooleanField(
        help_text=_("We take your word for it, and do not keep your answer."),
        error_messages={"required": _("Please tick this box if it is true for you.")},
    )
    agrees = forms.BooleanField(
        error_messages={"required": _("We may not keep that you belong here unless you agree.")}
    )
    is_listening_only = forms.BooleanField(
        label=_("I would rather listen at first"),
        required=False,
        initial=True,
        help_text=_("Nobody will ask you to speak. You can change this at any time."),
    )
    leaving = MembershipChoice(
        label=_("Leave another group at the same time"),
        queryset=Membership.objects.none(),
        required=False,
        empty_label=_("No, stay in my other groups"),
    )

    def __init__(self, *args: Any, joining: Joining, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.joining = joining
        self.fields["fits"].label = " ".join(joining.hard_rules)
        self.fields["agrees"].label = joining.consent
        leaving = cast("MembershipChoice", self.fields["leaving"])
        leaving.queryset = joining.others
        if joining.rules:
            self.initial["ground_rules"] = joining.rules.pk
        for name, is_needed in (
            ("accepts_rules", joining.rules),
            ("fits", joining.hard_rules),
            ("agrees", joining.consent),
            ("leaving", joining.has_others),
        ):
            if not is_needed:
                del self.fields[name]

    def read_newest(self) -> bool:
        """Whoever said yes to an older version has not said yes to this one."""
        rules = self.joining.rules
        read = cast("UUID | None", self.cleaned_data["ground_rules"])
        return read == (rules.pk if rules else None)

    def says_it_fits(self) -> bool:
        return bool(self.cleaned_data.get("fits"))

    def is_listening(self) -> bool:
        return bool(self.cleaned_data["is_listening_only"])

    def left(self) -> Membership | None:
        return cast("Membership | None", self.cleaned_data.get("leaving"))


class AcceptForm(forms.Form):
    """A yes to one version of the ground rules."""

    ground_rules = forms.UUIDField(widget=forms.HiddenInput)
    accepts_rules = forms.BooleanField(
        label=_("I have read the ground rules, and I will keep to them."),
        error_messages={"required": _("Please read the ground rules and tick this box.")},
    )
