"""Whose turn it is: every change of the talking piece goes through here, one after the other."""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from hearthside.rooms.actions import refusals
from hearthside.rooms.actions.changes import touch
from hearthside.rooms.actions.refusals import Refusal, RoomIsClosed
from hearthside.rooms.enums import Stance
from hearthside.rooms.models import Journal, Room
from hearthside.rooms.queries.turns import read, seat_of
from peerkit import circle as engine
from peerkit.circle import Circle, Event, TurnIsPast, to_plain

# What the engine says, as it is said to whoever tapped.
WORDS: Final[dict[type[engine.CircleError], type[Refusal]]] = {
    engine.NotYourTurn: refusals.NotYourTurn,
    engine.PieceIsHeld: refusals.TurnIsTaken,
    engine.PieceIsOffered: refusals.TurnIsOnlyOffered,
    engine.PieceIsIdle: refusals.NobodyHasTheTurn,
    engine.NoRound: refusals.NoRoundIsOn,
    engine.NoTimeLimit: refusals.NoTimeIsSet,
    engine.SeatIsAway: refusals.NotHere,
    engine.SeatIsUnknown: refusals.NotHere,
    # A number that no page can show: whoever made it up may look again.
    engine.TurnIsNotYet: refusals.NotYourTurn,
}


# What a person can do at any time, by the name that the page gives it.
TAPS: Final[dict[str, type[engine.Tap]]] = {
    "accept": engine.Accept,
    "done": engine.PassOn,
    "pass": engine.Pass,
    "minute": engine.NeedAMinute,
    "skip_me": engine.SkipMe,
    "count_me_in": engine.CountMeIn,
    "raise": engine.RaiseHand,
    "lower": engine.LowerHand,
}


def tap(*, room_id: UUID, person_id: UUID, action: str, turn: int, now: datetime) -> None:
    """One of TAPS by somebody in the room; `turn` is the version that their page showed.

    Raises NotConnected, and what `apply` raises.
    """
    seat, event = seat_of(room_id, person_id), TAPS[action]

    def steps(before: Circle) -> Circle:
        if not _has(before, seat):
            raise refusals.NotConnected
        return engine.apply(before, event(by=seat, version=turn), now=now)

    change(room_id=room_id, steps=steps)


def apply(*, room_id: UUID, event: Event, now: datetime) -> Circle:
    """The room's circle after the event.

    A tap about a turn that is past changes nothing and is no error: the second of two taps finds the
    room as the first left it. Raises RoomIsClosed, or the Refusal that says why it cannot be.
    """
    return change(room_id=room_id, steps=lambda found: engine.apply(found, event, now=now))


@transaction.atomic
def change(*, room_id: UUID, steps: Callable[[Circle], Circle]) -> Circle:
    """The room's circle after `steps`, kept, and everybody told if it is another one.

    Raises as `apply` does.
    """
    lock(room_id=room_id)
    # The gateway makes the journal when the first device comes; a facilitator may be quicker.
    Journal.objects.get_or_create(room_id=room_id)
    journal = Journal.objects.select_for_update(no_key=True).only("circle").get(room_id=room_id)
    before = read(journal.circle)
    try:
        after = steps(before)
    except TurnIsPast:
        return before
    except engine.CircleError as error:
        if type(error) not in WORDS:
            raise
        raise WORDS[type(error)] from error
    if after is not before:
        journal.circle, journal.circle_due_at = to_plain(after), engine.due(after)
        journal.save(update_fields=["circle", "circle_due_at"])
        touch(room_id=room_id)
    return after


def tick(*, room_id: UUID, now: datetime) -> bool:
    """An offer that met silence moves on by itself, whoever leads or has gone; whether one did."""
    due = Journal.objects.filter(room_id=room_id, circle_due_at__lte=now)
    if not due.exists():
        return False
    moved: list[bool] = []

    def steps(before: Circle) -> Circle:
        after = engine.tick(before, now)
        moved.append(after is not before)
        return after

    change(room_id=room_id, steps=steps)
    return any(moved)


def arrive(*, room_id: UUID, person_id: UUID, stance: Stance, now: datetime) -> None:
    """The person is in the room, for the first time or again; who came to listen is offered nothing."""
    seat, listens = seat_of(room_id, person_id), stance == Stance.LISTEN
    apply(room_id=room_id, event=engine.Arrive(by=seat, listens=listens), now=now)


def leave(*, room_id: UUID, person_id: UUID, now: datetime) -> None:
    """The person is gone, and a piece that they had moves on. Nothing happens to who never came."""
    seat = seat_of(room_id, person_id)

    def steps(before: Circle) -> Circle:
        gone = engine.Leave(by=seat)
        return engine.apply(before, gone, now=now) if _has(before, seat) else before

    change(room_id=room_id, steps=steps)


def follow(*, room_id: UUID, person_id: UUID, stance: Stance, now: datetime) -> None:
    """The person has changed how they come: a listener sits rounds out, anybody else is counted in."""
    seat = seat_of(room_id, person_id)
    wish = engine.SkipMe if stance == Stance.LISTEN else engine.CountMeIn

    def steps(before: Circle) -> Circle:
        if not _has(before, seat):
            return before
        return engine.apply(before, wish(by=seat, version=before.version), now=now)

    change(room_id=room_id, steps=steps)


def lock(*, room_id: UUID) -> Room:
    """The room as it is now; nobody else changes it until this transaction ends. Raises RoomIsClosed.

    Taken before any other lock of a room, so that no two changes can wait for each other.
    """
    # Alone, without what it points to: PostgreSQL would join a row that it waited for to the others as
    # they were before. No key update: others may still point at this row, as an insert of an entry does.
    room = Room.objects.select_for_update(no_key=True).filter(pk=room_id).first()
    if room is None or room.is_closed():
        raise RoomIsClosed
    return room


def _has(circle: Circle, seat: str) -> bool:
    return any(each.key == seat for each in circle.seats)
