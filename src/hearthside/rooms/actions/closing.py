"""The end of a meeting: who came is written down, and who spoke, when, and every sealed word is erased."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models.functions import Coalesce

from hearthside.accounts.models import Person
from hearthside.rooms import ports
from hearthside.rooms.actions import traces
from hearthside.rooms.actions.changes import touch
from hearthside.rooms.enums import Phase, Stance
from hearthside.rooms.models import Entry, Journal, Outside, Room
from hearthside.rooms.ports import Stay
from hearthside.rooms.queries.receipts import days_kept

# A meeting may run over; nobody is cut off in the middle of a goodbye.
OVERDUE: Final = timedelta(minutes=30)


@transaction.atomic
def begin_close(*, room: Room, by: Person, now: datetime) -> None:  # noqa: ARG001 - every action is told who and when
    """The meeting comes to its end: people check out. A room that is not open stays as it is."""
    if Room.objects.filter(pk=room.pk, phase=Phase.OPEN).update(phase=Phase.CLOSING):
        touch(room_id=room.pk)


def close(*, room: Room, by: Person | None, now: datetime) -> None:
    """Close the room and its private words, for good; `by` is None when the clock does it.

    If the meeting was begun, the floor above is told who came and when. What was said, who spoke and
    when, all keys, and who was asked outside are deleted; each person's own receipt stays for a while.
    Closing it again changes nothing.
    """
    with transaction.atomic():
        locked = _lock(room)
        if locked.is_closed():
            return
        for side in Room.objects.live().filter(parent=locked):
            _close(side, now)
        stays = _stays(locked)
        if locked.opened_at is not None and not locked.is_side():
            for seating in ports.seatings():
                seating.held(locked, stays=stays, by=by, now=now)
        _close(locked, now)
        transaction.on_commit(traces.empty_log, robust=True)


def call_off(*, room: Room, now: datetime) -> None:
    """Close the room of a meeting that does not take place: the roster is told nothing."""
    with transaction.atomic():
        locked = _lock(room)
        for live in [*Room.objects.live().filter(parent=locked), locked]:
            if not live.is_closed():
                _close(live, now)
        transaction.on_commit(traces.empty_log, robust=True)


def close_overdue(*, now: datetime) -> int:
    """Close every room whose meeting ended a while ago without anybody closing it; returns how many."""
    overdue = list(Room.objects.live().filter(parent=None, ends_at__lte=now - OVERDUE))
    for room in overdue:
        close(room=room, by=None, now=now)
    return len(overdue)


def _lock(room: Room) -> Room:
    rows = Room.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("group").get(pk=room.pk)


def _stays(room: Room) -> list[Stay]:
    """Everyone who got past the lobby, with the first and last moment at which they were there."""
    came = Entry.objects.filter(room=room, first_here_at__isnull=False).select_related("person")
    return [
        Stay(
            person=entry.person,
            came_at=entry.first_here_at,
            left_at=entry.left_at or entry.last_here_at or entry.first_here_at,
        )
        for entry in came
        if entry.first_here_at is not None
    ]


def _close(room: Room, now: datetime) -> None:
    came = Entry.objects.filter(room=room, first_here_at__isnull=False)
    Room.objects.filter(pk=room.pk).update(
        phase=Phase.CLOSED, closed_at=now, people_came=came.count(),
        paused_at=None, step="", step_from_at=None, keeper=None, lead=room.lead if room.is_side() else None,
        second=None, second_called_at=None,
    )  # fmt: skip
    came.filter(left_at=None).update(left_at=Coalesce("last_here_at", "first_here_at"))
    # How somebody came today was for today; a receipt says that they came, and no more.
    Entry.objects.filter(room=room).update(
        kept_until=(now + timedelta(days=days_kept(room))).date(),
        stance=Stance.LISTEN,
        is_first_time=False,
    )
    # Threat: a stolen database tells who spoke in a group, how often and when, for years.
    traces.blank(room=room)
    Journal.objects.filter(room=room).delete()
    Outside.objects.filter(room=room).delete()
    touch(room_id=room.pk)
