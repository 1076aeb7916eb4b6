"""The living style guide: every component as it really renders."""

from datetime import datetime, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hearthside.shell.templatetags.components import BUTTON_KINDS, CHIP_KINDS, NOTICE_KINDS


class SampleForm(forms.Form):
    """One field of each sort."""

    words = forms.CharField(
        label=_("In your own words"), help_text=_("As little or as much as you like.")
    )
    format = forms.ChoiceField(
        label=_("How would you like to meet?"),
        choices=[("in_person", _("In person")), ("online", _("Online")), ("phone", _("By phone"))],
        widget=forms.RadioSelect,
    )
    day = forms.ChoiceField(
        label=_("A day"), choices=[("", _("Any day")), ("1", _("Monday"))], required=False
    )
    note = forms.CharField(
        label=_("Anything else"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    listen = forms.BooleanField(
        label=_("I would rather listen"), required=False, help_text=_("You can change this.")
    )


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    noon = _tomorrow_evening(timezone.now())
    page = {
        "form": SampleForm(),
        "wrong": SampleForm({"words": ""}, prefix="wrong"),
        "button_kinds": BUTTON_KINDS,
        "notice_kinds": NOTICE_KINDS,
        "chip_kinds": CHIP_KINDS,
        "starts": noon,
        "ends": noon + timedelta(minutes=90),
    }
    return render(request, "shell/style.html", page)


def _tomorrow_evening(now: datetime) -> datetime:
    return (now + timedelta(days=1)).replace(hour=19, minute=0, second=0, microsecond=0)
