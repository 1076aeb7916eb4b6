"""What a browser may send from the lobby: how somebody comes today, and a yes to the ground rules."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthside.groups.models import GroundRules
from hearthside.rooms.enums import Stance


class StanceForm(forms.Form):
    """How somebody is in the room, from now on."""

    stance = forms.ChoiceField(
        label=_("How do you come today?"),
        choices=Stance.choices,
        widget=forms.RadioSelect,
        help_text=_("You can change this at any time in the room. Listening is always fine."),
    )

    def chosen(self) -> Stance:
        return Stance(self.cleaned_data["stance"])


class LobbyForm(StanceForm):
    """Coming in; the tick is there where the group has ground rules."""

    ground_rules = forms.UUIDField(widget=forms.HiddenInput)
    accepts_rules = forms.BooleanField(
        label=_("I have read the ground rules, and I agree to them for today."),
        error_messages={"required": _("Please read the ground rules and tick this box.")},
    )

    def __init__(
        self, *args: Any, rules: GroundRules | None, stance: Stance, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        self.initial["stance"] = stance
        if rules is None:
            del self.fields["ground_rules"], self.fields["accepts_rules"]
        else:
            self.initial["ground_rules"] = rules.pk

    def read_newest(self) -> bool:
        """Whoever said yes to an older version has not said yes to this one."""
        read = cast("UUID | None", self.cleaned_data.get("ground_rules"))
        return read == (self.rules.pk if self.rules else None)
