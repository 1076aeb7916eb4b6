"""What facilitators can do. Who is one is for the caller to say."""

# ruff: noqa: ARG002 - every event is told the time, whether it needs it or not
from abc import abstractmethod
from dataclasses import dataclass, replace
from datetime import datetime

from peerkit.circle.clock import started, stopped
from peerkit.circle.errors import (
    NoRound,
    NoTimeLimit,
    OrderRepeats,
    PieceIsIdle,
    SeatIsAway,
    TimeIsNotPositive,
)
from peerkit.circle.event import Tap
from peerkit.circle.moving import closed, moved_on, offered, onward, put_back, settled
from peerkit.circle.values import Circle, Hold, Mode, Seat, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Steering(Tap):
    """A tap that steers the whole circle; of two facilitators at once, the first counts."""

    def changed_at(self, circle: Circle) -> int:
        return circle.steered

    def happen(self, circle: Circle, now: datetime) -> Circle:
        return self.steer(replace(circle, steered=circle.version + 1), now)

    @abstractmethod
    def steer(self, circle: Circle, now: datetime) -> Circle:
        """The circle after the tap has been noted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRound(Steering):
    """Begin a round: the piece is offered to the first in `order`.

    Whoever has arrived and is not in `order` comes after it, so that nobody is left out by a list
    made a moment too early. `seconds_each` None is no limit. A round that still runs is over.
    Raises OrderRepeats, SeatIsUnknown or TimeIsNotPositive.
    """

    order: tuple[str, ...]
    prompt: str = ""
    seconds_each: int | None = None

    def steer(self, circle: Circle, now: datetime) -> Circle:
        if len(set(self.order)) < len(self.order):
            raise OrderRepeats(", ".join(self.order))
        if self.seconds_each is not None:
            _refuse_unless_positive(self.seconds_each)
        named = tuple(circle.seat(key).key for key in self.order)
        others = tuple(seat.key for seat in circle.seats if seat.key not in named)
        before = closed(_finished(circle))
        begun = replace(
            before,
            mode=Mode.ROUND,
            seats=tuple(_fresh(seat) for seat in before.seats),
            order=(*named, *others),
            prompt=self.prompt,
            round_number=circle.round_number + 1,
            is_open=True,
            seconds_each=self.seconds_each,
        )
        return onward(begun, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRound(Steering):
    """End the round now; the piece is idle. Raises NoRound."""

    def steer(self, circle: Circle, now: datetime) -> Circle:
        _refuse_unless_round(circle)
        return closed(_finished(circle))


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFloor(Steering):
    """Free talk from here on; a round that still runs is over."""

    def steer(self, circle: Circle, now: datetime) -> Circle:
        return replace(closed(_finished(circle)), mode=Mode.FREE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(Steering):
    """Nobody speaks and all clocks stand still."""

    def steer(self, circle: Circle, now: datetime) -> Circle:
        return stopped(circle, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(Steering):
    """Go on where the pause began."""

    def steer(self, circle: Circle, now: datetime) -> Circle:
        return started(circle, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTime(Steering):
    """More seconds for the present turn only. Raises PieceIsIdle, NoTimeLimit, TimeIsNotPositive."""

    seconds: int

    def changed_at(self, circle: Circle) -> int:
        # It is about the person and not only the circle: the next must not inherit it.
        return max(circle.steered, circle.turn)

    def steer(self, circle: Circle, now: datetime) -> Circle:
        _refuse_unless_positive(self.seconds)
        _refuse_if_idle(circle)
        if circle.seconds_each is None:
            raise NoTimeLimit
        piece = circle.piece
        return replace(
            circle, piece=replace(piece, extra_seconds=piece.extra_seconds + self.seconds)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnSteering(Tap):
    """A facilitator's tap about the present turn."""

    def changed_at(self, circle: Circle) -> int:
        return circle.turn


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveTo(TurnSteering):
    """Offer the piece to this seat now. An open offer goes back to the place it came from; who
    held the piece gets it once more at the end. After a round it is one turn, then idle again.

    Raises NoRound, SeatIsUnknown or SeatIsAway.
    """

    seat: str

    def happen(self, circle: Circle, now: datetime) -> Circle:
        _refuse_unless_round(circle)
        if not circle.seat(self.seat).is_present:
            raise SeatIsAway(self.seat)
        if circle.piece.seat == self.seat:
            return circle
        if circle.piece.hold is Hold.OFFERED:
            circle = put_back(circle)
        elif circle.piece.hold is Hold.HELD:
            circle = moved_on(circle)
        return offered(circle, self.seat, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveOn(TurnSteering):
    """Move the piece on from someone who has gone quiet; it comes to them once more at the end.

    Raises PieceIsIdle.
    """

    def happen(self, circle: Circle, now: datetime) -> Circle:
        _refuse_if_idle(circle)
        return onward(moved_on(circle), now)


def _fresh(seat: Seat) -> Seat:
    return replace(seat, stage=Stage.WAITING, is_owed=True, chances_used=frozenset())


def _finished(circle: Circle) -> Circle:
    """The present turn brought to its end: what was held is spoken, what was offered is unused."""
    if circle.piece.hold is Hold.HELD:
        return settled(circle, circle.piece.seat, Stage.SPOKEN)
    return put_back(circle) if circle.piece.hold is Hold.OFFERED else circle


def _refuse_unless_round(circle: Circle) -> None:
    if circle.mode is not Mode.ROUND:
        raise NoRound


def _refuse_if_idle(circle: Circle) -> None:
    if circle.piece.hold is Hold.IDLE:
        raise PieceIsIdle


def _refuse_unless_positive(seconds: int) -> None:
    if seconds <= 0:
        raise TimeIsNotPositive(str(seconds))
