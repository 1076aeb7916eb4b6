"""Writing ground rules."""

from django import forms
from django.utils.translation import gettext_lazy as _


class GroundRulesForm(forms.Form):
    """The whole text; a line that starts with ## is a heading."""

    text = forms.CharField(
        label=_("Ground rules"),
        widget=forms.Textarea(attrs={"rows": 24}),
        max_length=20_000,
        help_text=_(
            "Start a line with ## to make it a heading, and with - to make a list. "
            "Everyone in the group reads and accepts a new version before they come again."
        ),
    )
