"""Where a meeting stands in its run-sheet: loud on the facilitator's side, quiet on the others'."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hearthside.rooms.enums import Step
from hearthside.rooms.models import Room
from hearthside.rooms.queries.rules import SheetStep, rules_of, run_sheet_of


@dataclass(frozen=True)
class StepNow:
    """The part of the meeting that the room is in, since when, and until when it is meant to last."""

    part: SheetStep
    from_at: datetime

    @property
    def until_at(self) -> datetime:
        return self.from_at + timedelta(minutes=self.part.minutes)

    def is_over_time(self, *, now: datetime) -> bool:
        """Shown, never pressed: nothing follows from it by itself."""
        return now > self.until_at


@dataclass(frozen=True)
class Line:
    """One line of the run-sheet as facilitators see it while they lead."""

    part: SheetStep
    is_now: bool
    is_past: bool


@dataclass(frozen=True)
class RunSheetNow:
    """The whole run-sheet of a meeting under way; `now` is None before it begins."""

    lines: Sequence[Line]
    now: StepNow | None

    @property
    def following(self) -> SheetStep | None:
        """The part that comes next; none after the last."""
        return next((line.part for line in self.lines if not (line.is_past or line.is_now)), None)


def step_now(room: Room) -> StepNow | None:
    """The part that the room is in; none before it begins. No query where the group was read along."""
    part = run_sheet_of(rules_of(room.group)).part(room.step)
    if part is None or room.step_from_at is None:
        return None
    return StepNow(part, room.step_from_at)


def run_sheet_now(room: Room) -> RunSheetNow:
    """Every part in its order, with where the room stands. No query where the group was read along."""
    order = list(Step)
    at = order.index(Step(room.step)) if room.step else -1
    lines = [
        Line(part, is_now=order.index(part.step) == at, is_past=order.index(part.step) < at)
        for part in run_sheet_of(rules_of(room.group)).steps
    ]
    return RunSheetNow(lines, step_now(room))
