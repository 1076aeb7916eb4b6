"""What anybody can do at any time: come and go, raise a hand, sit a meeting out."""

# ruff: noqa: ARG002 - every event is told the time, whether it needs it or not
from abc import abstractmethod
from dataclasses import dataclass, replace
from datetime import datetime

from peerkit.circle.event import Event, Tap
from peerkit.circle.moving import onward, settled, unanswered
from peerkit.circle.values import Circle, Hold, Part, Seat, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrive(Event):
    """Come in, or come back. Whoever comes back finds everything of theirs as it was, so `listens`
    counts the first time only. Twice is as good as once."""

    listens: bool = False

    def happen(self, circle: Circle, now: datetime) -> Circle:
        known = next((seat for seat in circle.seats if seat.key == self.by), None)
        if known:
            return circle.with_seat(replace(known, is_present=True))
        part = Part.LISTENS if self.listens else Part.SPEAKS
        seat = Seat(self.by, part, is_owed=circle.is_open)
        order = (*circle.order, self.by) if circle.is_open else circle.order
        return replace(circle, seats=(*circle.seats, seat), order=order)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(Event):
    """Go, for now or for good; twice is as good as once. Raises SeatIsUnknown.

    A piece in hand has been held and moves on. An offer that was open meets silence.
    """

    def happen(self, circle: Circle, now: datetime) -> Circle:
        circle = circle.with_seat(replace(circle.seat(self.by), is_present=False))
        if circle.piece.seat != self.by:
            return circle
        if circle.piece.hold is Hold.OFFERED:
            return onward(unanswered(circle), now)
        return onward(settled(circle, self.by, Stage.SPOKEN), now)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTap(Tap):
    """A tap about nothing but whoever taps. Raises SeatIsUnknown."""

    def changed_at(self, circle: Circle) -> int:
        return circle.seat(self.by).changed

    def happen(self, circle: Circle, now: datetime) -> Circle:
        seat = replace(circle.seat(self.by), changed=circle.version + 1)
        return self.wish(circle.with_seat(seat), now)

    @abstractmethod
    def wish(self, circle: Circle, now: datetime) -> Circle:
        """The circle after the tap has been noted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseHand(OwnTap):
    """Ask for the piece, again or as a listener: it comes after those who have not had it.

    Whoever has the piece has what a hand asks for, and raises none.
    """

    def wish(self, circle: Circle, now: datetime) -> Circle:
        if self.by in circle.hands or circle.piece.seat == self.by:
            return circle
        return replace(circle, hands=(*circle.hands, self.by))


@dataclass(frozen=True, slots=True, kw_only=True)
class LowerHand(OwnTap):
    """Ask no longer."""

    def wish(self, circle: Circle, now: datetime) -> Circle:
        return replace(circle, hands=tuple(key for key in circle.hands if key != self.by))


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipMe(OwnTap):
    """Sit out for this meeting. An open offer is passed; a piece in hand has been held."""

    def wish(self, circle: Circle, now: datetime) -> Circle:
        circle = circle.with_seat(replace(circle.seat(self.by), part=Part.SKIPS))
        circle = replace(circle, hands=tuple(key for key in circle.hands if key != self.by))
        if circle.piece.seat != self.by:
            return circle
        is_held = circle.piece.hold is Hold.HELD
        return onward(settled(circle, self.by, Stage.SPOKEN if is_held else Stage.PASSED), now)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountMeIn(OwnTap):
    """Take part from here on, after sitting out or listening; a turn not yet come still comes."""

    def wish(self, circle: Circle, now: datetime) -> Circle:
        return circle.with_seat(replace(circle.seat(self.by), part=Part.SPEAKS))
