"""How a group wants its rooms: what a browser may send, part by part of a meeting."""

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hearthside.rooms.actions.rooms import RulesDetails
from hearthside.rooms.enums import Step
from hearthside.rooms.models import RoomRules
from hearthside.rooms.queries.rules import MINUTES, PROMPTS, SheetStep, run_sheet_of

MINUTES_EACH: Final = (1, 2, 3, 4, 5, 7, 10, 15)
MINUTES_MAX: Final = 180
PROMPT_MAX: Final = 200


class RoomRulesForm(forms.Form):
    """The door, the fewest people, the rounds, and the run-sheet with minutes and a prompt for each part."""

    door_minutes = forms.IntegerField(
        label=_("The door closes this many minutes after the start"),
        help_text=_(
            "For people who have not been in. 0 leaves it open. Who was in can always come back."
        ),
        min_value=0,
        max_value=240,
    )
    people_min = forms.IntegerField(
        label=_("Fewest people to begin with"),
        help_text=_(
            "With fewer, whoever leads is asked: wait, begin all the same, or call it off."
        ),
        min_value=2,
        max_value=30,
    )
    seconds_each = forms.TypedChoiceField(label=_("Time for each person in a round"), coerce=int)
    is_order_random = forms.TypedChoiceField(
        label=_("Order of a round"),
        coerce=lambda value: value == "random",
        choices=[("steady", _("As people came in")), ("random", _("A new order each round"))],
        widget=forms.RadioSelect,
    )
    shows_presence = forms.BooleanField(
        label=_("Show who is here at the moment"),
        help_text=_(
            "Without it, people see who has come in, but not whether they are still there."
        ),
        required=False,
    )

    def __init__(self, *args: Any, rules: RoomRules, **kwargs: Any) -> None:
        sheet = run_sheet_of(rules)
        super().__init__(*args, **{"initial": _initial(rules), **kwargs})
        self.fields["seconds_each"].choices = _times_each(rules.seconds_each)  # type: ignore[attr-defined]
        for part in sheet.steps:
            self.fields[f"minutes_{part.step}"] = forms.IntegerField(
                label=_("Minutes"), min_value=1, max_value=MINUTES_MAX, initial=part.minutes
            )
            self.fields[f"prompt_{part.step}"] = forms.CharField(
                label=_("What stands above it"),
                max_length=PROMPT_MAX,
                required=False,
                initial=part.prompt,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def general(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in self.base_fields)

    def parts(self) -> Iterator[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each part of a meeting: its name, its minutes, its prompt."""
        return ((str(step.label), self[f"minutes_{step}"], self[f"prompt_{step}"]) for step in Step)

    def details(self) -> RulesDetails:
        """What was sent; an empty prompt is the default one again."""
        sent = self.cleaned_data
        steps = [
            SheetStep(
                step=step,
                minutes=sent[f"minutes_{step}"],
                prompt=" ".join(sent[f"prompt_{step}"].split()) or str(PROMPTS[step]),
            )
            for step in Step
        ]
        return RulesDetails(
            **{name: sent[name] for name in self.base_fields}, run_sheet=tuple(steps)
        )


def usual_minutes() -> int:
    """How long a meeting is by the default run-sheet."""
    return sum(MINUTES.values())


def _initial(rules: RoomRules) -> dict[str, object]:
    return {
        "door_minutes": rules.door_minutes,
        "people_min": rules.people_min,
        "seconds_each": rules.seconds_each,
        "is_order_random": "random" if rules.is_order_random else "steady",
        "shows_presence": rules.shows_presence,
    }


def _times_each(chosen: int) -> list[tuple[int, Any]]:
    """The usual times, and whatever the group has now; nothing is changed by saving a page unread."""
    seconds = sorted({*(60 * each for each in MINUTES_EACH), chosen} - {0})
    return [
        (0, _("As long as it takes; no time is shown")),
        *((each, _spoken(each)) for each in seconds),
    ]


def _spoken(seconds: int) -> Any:
    if seconds % 60:
        return ngettext_lazy("%d second", "%d seconds", seconds) % seconds
    return ngettext_lazy("%d minute", "%d minutes", seconds // 60) % (seconds // 60)
