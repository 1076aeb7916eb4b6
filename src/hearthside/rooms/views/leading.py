"""The facilitator's side of a meeting, and keeping the room safe: one tap each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from hearthside.accounts.models import Person
from hearthside.rooms import access
from hearthside.rooms.access import Standing
from hearthside.rooms.actions import closing, leading, outside
from hearthside.rooms.enums import Step
from hearthside.rooms.queries.rules import rules_of
from hearthside.rooms.queries.run_sheet import step_now
from hearthside.rooms.queries.turns import SEAT, entry_at
from hearthside.rooms.views.turns import done, not_understood, says_why


@dataclass(frozen=True)
class Asked:
    """A tap by somebody who may: where they stand, what the form says, and when."""

    standing: Standing
    said: dict[str, Any]
    now: datetime

    @property
    def at(self) -> dict[str, Any]:
        """The room and the moment, as most actions take them."""
        return {"room": self.standing.room, "now": self.now}

    @property
    def led(self) -> dict[str, Any]:
        """The same, with who taps and the turn that their page showed."""
        return {**self.at, "by": self.standing.person, "turn": self.said["turn"]}

    def person(self) -> Person:
        """Whom the tap is about; 404 unless they came into this room."""
        entry = entry_at(self.standing.room, self.said["alias"])
        if entry is None:
            raise Http404
        return entry.person


def _round(asked: Asked) -> None:
    room, said = asked.standing.room, asked.said
    rules, step = rules_of(room.group), step_now(room)
    seconds = said["seconds_each"]
    is_random = said["order"] == "random" if said["order"] else rules.is_order_random
    leading.go_round(
        **asked.led,
        prompt=said["prompt"] or (step.part.prompt if step else ""),
        seconds_each=rules.seconds_each if seconds is None else seconds,
        is_order_random=is_random,
    )


def _keeper(asked: Asked) -> None:
    if asked.said["alias"]:
        leading.name_keeper(**asked.at, person=asked.person())
    else:
        leading.name_no_keeper(**asked.at)


def _by(asked: Asked) -> dict[str, Any]:
    return {**asked.at, "by": asked.standing.person}


LEAD: Final[dict[str, Callable[[Asked], None]]] = {
    "begin": lambda asked: leading.begin(**_by(asked)),
    "begin_anyway": lambda asked: leading.begin_anyway(**_by(asked)),
    "step": lambda asked: leading.step_to(**asked.at, step=Step(asked.said["step"])),
    "round": _round,
    "free_talk": lambda asked: leading.talk_freely(**asked.led),
    "give": lambda asked: leading.give(**asked.led, seat=asked.said["alias"]),
    "move_on": lambda asked: leading.move_on(**asked.led),
    "add_time": lambda asked: leading.add_time(**asked.led),
    "hand_to": lambda asked: leading.hand_to(**asked.at, to=asked.person()),
    "take_over": lambda asked: leading.take_over(**_by(asked)),
    "keeper": _keeper,
    "closing": lambda asked: closing.begin_close(**_by(asked)),
    "close": lambda asked: closing.close(**_by(asked)),
}
KEEP: Final[dict[str, Callable[[Asked], None]]] = {
    "pause": lambda asked: leading.pause(**_by(asked)),
    "resume": lambda asked: leading.resume(**_by(asked)),
    "hold": lambda asked: outside.hold(**_by(asked), person=asked.person()),
    "let_in": lambda asked: outside.let_in(**asked.at, person=asked.person()),
    "remove": lambda asked: outside.remove(**_by(asked), person=asked.person()),
}
# What a tap cannot do without.
NEEDS: Final = {"step": "step", "give": "alias", "hand_to": "alias", "hold": "alias",
                "let_in": "alias", "remove": "alias"}  # fmt: skip


class LeadForm(forms.Form):
    """A tap of whoever leads; `turn` is the version that the page showed, so that a second tap is harmless."""

    action = forms.ChoiceField(choices=[(name, name) for name in LEAD])
    step = forms.ChoiceField(choices=Step.choices, required=False)
    prompt = forms.CharField(max_length=300, required=False)
    # An hour for each is more than any meeting has.
    seconds_each = forms.IntegerField(min_value=0, max_value=3600, required=False)
    order = forms.ChoiceField(choices=[("steady", ""), ("random", "")], required=False)
    alias = forms.RegexField(SEAT.pattern + r"\Z", required=False)
    turn = forms.IntegerField(min_value=0, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        needed = NEEDS.get(said.get("action", ""))
        if needed and not said.get(needed):
            self.add_error(needed, "needed")
        return said


class KeepForm(LeadForm):
    """A tap of whoever keeps the room safe."""

    action = forms.ChoiceField(choices=[(name, name) for name in KEEP])


@login_required
@require_POST
@says_why
def lead(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Begin, step, round, free talk, the turn, who leads, who keeps the room safe, the close."""
    now = timezone.now()
    standing = access.leading_for(request.user, room_id, now=now)
    return _acted(standing, LeadForm(request.POST), LEAD, now=now)


@login_required
@require_POST
@says_why
def keep(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Pause for all, and go on; ask somebody to wait outside, let them in, remove them for this meeting."""
    now = timezone.now()
    standing = access.keeping_for(request.user, room_id, now=now)
    return _acted(standing, KeepForm(request.POST), KEEP, now=now)


def _acted(
    standing: Standing,
    form: LeadForm,
    acts: dict[str, Callable[[Asked], None]],
    *,
    now: datetime,
) -> HttpResponse:
    if standing.room.is_side():
        raise Http404
    if not form.is_valid():
        return not_understood()
    acts[form.cleaned_data["action"]](Asked(standing, form.cleaned_data, now))
    return done()
