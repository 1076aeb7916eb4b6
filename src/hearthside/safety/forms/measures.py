"""What a person may send about a measure that they are under."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AppealForm(forms.Form):
    """Why it is wrong, in one's own words."""

    words = forms.CharField(
        label=_("What we should know"),
        help_text=_("You can ask once, so take your time. Short is fine."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
