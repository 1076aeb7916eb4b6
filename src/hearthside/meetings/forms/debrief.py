"""The two questions after a meeting, and how to be reached for a call."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from hearthside.groups.models import Group
from hearthside.meetings.enums import CallFrom
from hearthside.meetings.models import Debrief

WEIGHTS = (
    (1, gettext_lazy("1: light")),
    (2, gettext_lazy("2")),
    (3, gettext_lazy("3: in between")),
    (4, gettext_lazy("4")),
    (5, gettext_lazy("5: very heavy")),
)


class DebriefForm(forms.Form):
    """How heavy, and does anything need a person?"""

    weight = forms.TypedChoiceField(
        label=gettext_lazy("How heavy was it for you?"),
        choices=WEIGHTS,
        coerce=int,
        widget=forms.RadioSelect,
    )
    needs_person = forms.TypedChoiceField(
        label=gettext_lazy("Does anything need a person?"),
        help_text=gettext_lazy("For somebody in the group, or for you."),
        choices=(("no", gettext_lazy("No")), ("yes", gettext_lazy("Yes"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, kept: Debrief | None, **kwargs: Any) -> None:
        initial = {}
        if kept is not None:
            initial = {"weight": kept.weight, "needs_person": "yes" if kept.needs_person else "no"}
        super().__init__(*args, **{"initial": initial, **kwargs})


class CallForm(forms.Form):
    """Whom to ask for a call, and how to be reached."""

    of = forms.ChoiceField(
        label=gettext_lazy("Who should call you?"),
        choices=CallFrom.choices,
        widget=forms.RadioSelect,
        initial=CallFrom.COORDINATOR,
    )
    group = forms.ModelChoiceField(
        label=gettext_lazy("For which group"), queryset=Group.objects.none(), empty_label=None
    )
    reach = forms.CharField(
        label=gettext_lazy("How and when to reach you"),
        help_text=gettext_lazy(
            "A number and a time, say. Only whoever can call sees it. It is erased after the call."
        ),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, groups: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["group"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Group.objects.filter(pk__in=[group.pk for group in groups])
        if len(groups) == 1:
            field.widget, field.initial = forms.HiddenInput(), groups[0].pk
