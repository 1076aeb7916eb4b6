"""How a group wants its rooms, and the run-sheet of its meetings: the defaults, and what the group changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearthside.groups.models import Group
from hearthside.rooms.enums import Step
from hearthside.rooms.models import RoomRules

MINUTES: Final[Mapping[Step, int]] = {
    Step.WELCOME: 5,
    Step.GROUND_RULES: 3,
    Step.CHECK_IN: 20,
    Step.TOPIC: 40,
    Step.CLOSE: 15,
}
PROMPTS: Final[Mapping[Step, str | Promise]] = {
    Step.WELCOME: _("Welcome. Say hello if you like, or look around first."),
    Step.GROUND_RULES: _("What is said here stays here. You can always pass."),
    Step.CHECK_IN: _("How are you today? A word is enough, and you can pass."),
    Step.TOPIC: _("What would you like to talk about today?"),
    Step.CLOSE: _("What do you take with you? And one kind thing you will do for yourself."),
}


@dataclass(frozen=True)
class SheetStep:
    """One part of a meeting: how many minutes are meant for it, and what stands above it for all to read."""

    step: Step
    minutes: int
    prompt: str

    @property
    def name(self) -> str:
        return str(self.step.label)


@dataclass(frozen=True)
class RunSheet:
    """The parts of a meeting in their order; every step is there once."""

    steps: Sequence[SheetStep]

    @property
    def minutes(self) -> int:
        return sum(each.minutes for each in self.steps)

    def part(self, step: str) -> SheetStep | None:
        """The part that a room is in; none before a meeting begins."""
        return next((each for each in self.steps if each.step == step), None)


def rules_of(group: Group) -> RoomRules:
    """The group's own room rules, or an unsaved row with the defaults. No query where they were read along."""
    try:
        return group.room_rules
    except RoomRules.DoesNotExist:
        return RoomRules(group=group)


def run_sheet_of(rules: RoomRules) -> RunSheet:
    """The group's run-sheet; where it says nothing of its own, the default in the reader's language."""
    own = {row["step"]: row for row in rules.run_sheet}
    return RunSheet(
        tuple(
            SheetStep(
                step=step,
                minutes=own.get(step, {}).get("minutes") or MINUTES[step],
                prompt=own.get(step, {}).get("prompt") or str(PROMPTS[step]),
            )
            for step in Step
        )
    )
