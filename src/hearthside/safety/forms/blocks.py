"""Whom to block or mute, by the name they go by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hearthside.safety.enums import BlockKind
from hearthside.safety.forms.met import MetForm


class BlockForm(MetForm):
    """Somebody whom the person has met here, and what to do."""

    kind = forms.ChoiceField(
        label=_("What"),
        choices=[
            (BlockKind.MUTE, _("Mute for 30 days: I do not see their words in rooms.")),
            (BlockKind.BLOCK, _("Block: I do not see their words, they cannot write to me, and we are not put into one group.")),
        ],
        widget=forms.RadioSelect,
        initial=BlockKind.MUTE,
    )  # fmt: skip

    def chosen(self) -> BlockKind:
        return BlockKind(self.cleaned_data["kind"])
