"""The forms of coordinators: what a run may do, and how many people a facilitator looks after."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hearthside.accounts.models import Person
from hearthside.placing.choices import WAIT_POINTS, Choices
from hearthside.placing.enums import Verdict
from hearthside.placing.models import Run
from hearthside.placing.queries.loads import LoadRow

FLOORS: Final = (0, 300, 400, 450, 500, 600, 700)
PEOPLE_MOST: Final = 500
SECONDS: Final = (
    (20, gettext_lazy("20 seconds")),
    (60, gettext_lazy("One minute")),
    (300, gettext_lazy("Five minutes")),
)
WAITING: Final = (
    (0, gettext_lazy("Not at all")),
    (WAIT_POINTS, gettext_lazy("A little: where two fit alike")),
    (4 * WAIT_POINTS, gettext_lazy("Much: unless it fits badly")),
)


class ChoicesForm(forms.Form):
    """What the coordinator chooses for one run. Each floor says what it cost the last time."""

    floor = forms.TypedChoiceField(
        label=gettext_lazy("The least that a group must fit"),
        coerce=int,
        help_text=gettext_lazy(
            "With a floor nobody is placed where it fits badly. Some then wait longer."
        ),
    )
    wait_points = forms.TypedChoiceField(
        label=gettext_lazy("How much waiting counts"),
        coerce=int,
        choices=WAITING,
        help_text=gettext_lazy("The more it counts, the sooner who waits longer has a place."),
    )
    seconds = forms.TypedChoiceField(
        label=gettext_lazy("How long it may look"), coerce=int, choices=SECONDS
    )
    may_open = forms.BooleanField(
        label=gettext_lazy("Groups that nobody sits in yet may open, and new ones are proposed"),
        required=False,
    )

    def __init__(self, *args: Any, prices: Sequence[Mapping[str, Any]] = (), **kwargs: Any) -> None:
        kwargs.setdefault("initial", Choices().packed())
        super().__init__(*args, **kwargs)
        floor = self.fields["floor"]
        assert isinstance(floor, forms.TypedChoiceField)
        floor.choices = [(one, floor_words(one, prices)) for one in FLOORS]
        if prices:
            floor.help_text = f"{floor.help_text} {_('The numbers are from the last run.')}"

    def choices(self) -> Choices:
        return Choices(**self.cleaned_data)


class LoadsForm(forms.Form):
    """A number for each facilitator of a site; empty is no limit."""

    def __init__(self, *args: Any, rows: Sequence[LoadRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = rows
        for row in rows:
            self.fields[_name(row)] = forms.IntegerField(
                label=_("Most people: %(person)s") % {"person": row.person},
                min_value=1,
                max_value=PEOPLE_MOST,
                required=False,
                initial=row.most,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def lines(self) -> list[tuple[LoadRow, forms.BoundField]]:
        """Each facilitator with their box."""
        return [(row, self[_name(row)]) for row in self._rows]

    def changed(self) -> list[tuple[Person, int | None]]:
        """The limits that are different now."""
        told = [(row, self.cleaned_data[_name(row)]) for row in self._rows]
        return [(row.person, most) for row, most in told if row.most != most]


class DecideForm(forms.Form):
    """One button says all: what was decided, about whom, for which group; and the run it was read in."""

    decide = forms.CharField(max_length=100)
    run = forms.UUIDField(required=False)

    def clean_decide(self) -> tuple[str, UUID, UUID]:
        """The verdict ("" takes one back), the request and the group."""
        verdict, _colon, keys = str(self.cleaned_data["decide"]).partition(":")
        request, _colon, group = keys.partition(":")
        try:
            told = (verdict, UUID(request), UUID(group))
        except ValueError as error:
            raise forms.ValidationError("no such choice") from error
        if verdict and verdict not in Verdict.values:
            raise forms.ValidationError("no such choice")
        return told


class AcceptForm(forms.Form):
    """The proposals that are ticked: all of them, or those of the one group whose button was pressed."""

    proposals = forms.TypedMultipleChoiceField(coerce=UUID, required=False)
    only = forms.UUIDField(required=False)

    def __init__(self, *args: Any, run: Run, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["proposals"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        rows = run.proposals.filter(group__isnull=False)
        self._groups = dict(rows.values_list("pk", "group_id"))
        field.choices = [(str(key), str(key)) for key in self._groups]

    def chosen(self) -> list[UUID]:
        """The keys of those to invite."""
        only = self.cleaned_data["only"]
        ticked = self.cleaned_data["proposals"]
        return [one for one in ticked if only is None or self._groups[one] == only]


def floor_words(floor: int, prices: Sequence[Mapping[str, Any]]) -> str:
    """A floor, and what it would have cost in the run that these prices come from."""
    name = _("%(percent)d %%") % {"percent": floor / 10} if floor else _("No floor")
    here = next((one for one in prices if one["floor"] == floor), None)
    if here is None:
        return name
    count = here["placed"]
    placed = ngettext("%d placed", "%d placed", count) % count
    if not count:
        return f"{name}: {placed}"
    worst = {"floor": name, "placed": placed, "percent": round(here["worst"] / 10)}
    return _("%(floor)s: %(placed)s, worst %(percent)d %%") % worst


def _name(row: LoadRow) -> str:
    return f"most-{row.person.pk}"
