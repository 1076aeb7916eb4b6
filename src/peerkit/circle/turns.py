"""What whoever has the piece can do with it."""

from dataclasses import dataclass
from datetime import datetime

from peerkit.circle.errors import NotYourTurn, PieceIsHeld, PieceIsOffered
from peerkit.circle.event import Tap
from peerkit.circle.moving import held, onward, put_off, settled
from peerkit.circle.values import Circle, Hold, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnTap(Tap):
    """A tap about the present turn, by the person whose turn it is."""

    def changed_at(self, circle: Circle) -> int:
        return circle.turn

    def hold_of_mine(self, circle: Circle) -> Hold:
        """How the piece stands to whoever taps; raises NotYourTurn when it is not with them."""
        if circle.piece.seat != self.by or circle.piece.hold is Hold.IDLE:
            raise NotYourTurn(self.by)
        return circle.piece.hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept(TurnTap):
    """Take the piece that is offered. Raises NotYourTurn or PieceIsHeld."""

    def happen(self, circle: Circle, now: datetime) -> Circle:
        if self.hold_of_mine(circle) is Hold.HELD:
            raise PieceIsHeld(self.by)
        return held(circle, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOn(TurnTap):
    """Done: the held piece goes to the next. Raises NotYourTurn or PieceIsOffered."""

    def happen(self, circle: Circle, now: datetime) -> Circle:
        if self.hold_of_mine(circle) is Hold.OFFERED:
            raise PieceIsOffered(self.by)
        return onward(settled(circle, self.by, Stage.SPOKEN), now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass(TurnTap):
    """I pass, whether the piece is offered or held. Raises NotYourTurn."""

    def happen(self, circle: Circle, now: datetime) -> Circle:
        self.hold_of_mine(circle)
        return onward(settled(circle, self.by, Stage.PASSED), now)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedAMinute(TurnTap):
    """Put the offer off to the end of the round; the second time in a round it counts as a pass.

    Raises NotYourTurn or PieceIsHeld.
    """

    def happen(self, circle: Circle, now: datetime) -> Circle:
        if self.hold_of_mine(circle) is Hold.HELD:
            raise PieceIsHeld(self.by)
        return onward(put_off(circle), now)
