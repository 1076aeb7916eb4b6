"""A ledger kept beside a circle: what it was seen to do, without asking it for its reasons."""

from dataclasses import dataclass, field

from peerkit.circle import (
    Arrive,
    Circle,
    CountMeIn,
    EndRound,
    Event,
    GiveTo,
    Hold,
    Leave,
    LowerHand,
    MoveOn,
    NeedAMinute,
    OpenFloor,
    Pass,
    RaiseHand,
    SkipMe,
    StartRound,
)


@dataclass
class Ledger:
    """Who is here and takes part, by what they said; who had the piece, by sight.

    `finished` have held the piece or passed in this round. Another turn is theirs
    who `asked` with a hand or for a minute, or to whom it is `given` by what a facilitator did.
    """

    known: set[str] = field(default_factory=set)
    here: set[str] = field(default_factory=set)
    speaking: set[str] = field(default_factory=set)
    offered: set[str] = field(default_factory=set)
    finished: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)

    def note(self, event: Event | None, before: Circle, after: Circle) -> None:
        """What the step from `before` to `after` shows; None is the passing of time."""
        self._people(event)
        if after.round_number != before.round_number:
            self.offered, self.finished = set(), set()
            self.given &= set(before.hands)
        self._another_turn(event, before, after)
        if after.turn != before.turn:
            self._piece(after)
        if before.is_open and not after.is_open and not isinstance(event, EndRound | OpenFloor):
            self.nobody_was_left_out()
        if isinstance(event, StartRound) and not after.is_open:
            self.nobody_was_left_out()

    def nobody_was_left_out(self) -> None:
        """Holds where a round has ended by itself."""
        assert self.here & self.speaking <= self.offered

    def _people(self, event: Event | None) -> None:
        if isinstance(event, Arrive):
            self.here.add(event.by)
            if event.by not in self.known and not event.listens:
                self.speaking.add(event.by)
            self.known.add(event.by)
        elif isinstance(event, Leave):
            self.here.discard(event.by)
        elif isinstance(event, SkipMe):
            self.speaking.discard(event.by)
        elif isinstance(event, CountMeIn):
            self.speaking.add(event.by)

    def _another_turn(self, event: Event | None, before: Circle, after: Circle) -> None:
        if isinstance(event, RaiseHand | NeedAMinute) and event.by in after.hands:
            self.asked.add(event.by)
        elif isinstance(event, LowerHand | SkipMe):
            self.asked.discard(event.by)
        elif isinstance(event, GiveTo):
            self.given |= {event.seat, before.piece.seat}
        elif isinstance(event, MoveOn):
            self.given.add(before.piece.seat)
        elif isinstance(event, Pass):
            self._finish(event.by)

    def _piece(self, after: Circle) -> None:
        seat = after.piece.seat
        has_another = seat in self.asked or seat in self.given
        if after.piece.hold is Hold.OFFERED:
            assert seat in self.here, "offered to somebody who is away"
            assert seat in self.speaking or has_another, "offered to who only listens"
            assert seat not in self.finished or has_another, "offered after a turn"
            self.offered.add(seat)
        elif after.piece.hold is Hold.HELD:
            assert seat not in self.finished or has_another, "held twice"
            self._finish(seat)

    def _finish(self, seat: str) -> None:
        self.finished.add(seat)
        self.asked.discard(seat)
        self.given.discard(seat)
