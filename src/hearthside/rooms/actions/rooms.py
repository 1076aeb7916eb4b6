"""A room is made for a meeting, follows it to another time, goes when it is called off; and how a group wants its rooms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hearthside.groups.models import Group
from hearthside.rooms.actions import closing
from hearthside.rooms.actions.changes import touch
from hearthside.rooms.models import Room, RoomRules
from hearthside.rooms.queries.rules import MINUTES, PROMPTS, SheetStep


@dataclass(frozen=True)
class RulesDetails:
    """How a group wants its rooms; `run_sheet` holds every step once."""

    door_minutes: int
    people_min: int
    seconds_each: int
    is_order_random: bool
    shows_presence: bool
    run_sheet: Sequence[SheetStep]


def open_for(*, group: Group, starts_at: datetime, ends_at: datetime, now: datetime) -> Room:
    """A room for one meeting of the group. The floor above makes one per meeting, and keeps which is whose.

    Raises ValueError for a meeting that is over by now or ends before it starts.
    """
    if ends_at <= starts_at or ends_at <= now:
        raise ValueError("a room is made for a meeting that is still to come or running")
    return Room.objects.create(group=group, starts_at=starts_at, ends_at=ends_at)


@transaction.atomic
def retime(*, room: Room, starts_at: datetime, ends_at: datetime) -> None:
    """The meeting has another time; a room that is closed stays as it is."""
    live = Room.objects.live()
    if live.filter(pk=room.pk).update(starts_at=starts_at, ends_at=ends_at):
        live.filter(parent=room).update(ends_at=ends_at)
        touch(room_id=room.pk)


@transaction.atomic
def call_off(*, room: Room, now: datetime) -> None:
    """The meeting does not take place: nobody came and nobody missed it.

    The room of whoever came through the lobby already is closed, and they keep their receipt; a room
    that nobody entered leaves no trace. Should the meeting take place after all, it gets a new room.
    """
    # First, so that nobody comes in between the look and the deed.
    touch(room_id=room.pk)
    if room.entries.exists():
        closing.call_off(room=room, now=now)
        return
    Room.objects.live().filter(pk=room.pk).delete()


@transaction.atomic
def set_rules(*, group: Group, details: RulesDetails) -> RoomRules:
    """The group wants its rooms like this from now on, in the rooms that are open as well."""
    rules, _is_new = RoomRules.objects.update_or_create(
        group=group,
        defaults={
            "door_minutes": details.door_minutes,
            "people_min": details.people_min,
            "seconds_each": details.seconds_each,
            "is_order_random": details.is_order_random,
            "shows_presence": details.shows_presence,
            "run_sheet": _own_steps(details.run_sheet),
        },
    )
    for room_id in Room.objects.live().filter(group=group).values_list("pk", flat=True):
        touch(room_id=room_id)
    return rules


def _own_steps(steps: Sequence[SheetStep]) -> list[dict[str, str | int]]:
    """What differs from the defaults: a default is said in the language of whoever reads it."""
    return [
        {
            "step": each.step.value,
            "minutes": each.minutes,
            "prompt": "" if each.prompt == str(PROMPTS[each.step]) else each.prompt,
        }
        for each in steps
        if each.minutes != MINUTES[each.step] or each.prompt != str(PROMPTS[each.step])
    ]
