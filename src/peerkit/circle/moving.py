"""How the piece moves: who is next, what is offered, and what a turn leaves behind."""

from dataclasses import replace
from datetime import datetime

from peerkit.circle.values import Chance, Circle, Hold, Part, Piece, Seat, Stage


def upcoming(circle: Circle) -> tuple[str, ...]:
    """Who gets the piece next, in order: those the round owes an offer, then raised hands."""
    if not circle.is_open:
        return ()
    owed = [key for key in circle.order if _is_reachable(circle.seat(key))]
    hands = [key for key in circle.hands if circle.seat(key).is_present and key not in owed]
    return (*owed, *hands)


def onward(circle: Circle, now: datetime) -> Circle:
    """The piece offered to the next; with nobody next, the round is over and the piece idle."""
    following = upcoming(circle)
    return offered(circle, following[0], now) if following else closed(circle)


def offered(circle: Circle, key: str, now: datetime) -> Circle:
    """The piece offered to this seat. Its hand goes down: it has what it asked for."""
    order = circle.order if key in circle.order else (*circle.order, key)
    hands = tuple(hand for hand in circle.hands if hand != key)
    circle = circle.with_seat(replace(circle.seat(key), is_owed=False))
    piece = Piece(Hold.OFFERED, key, now, is_wanted=key in circle.hands)
    return _placed(replace(circle, order=order, hands=hands), piece)


def held(circle: Circle, now: datetime) -> Circle:
    """The offered piece in the hands of whom it was offered to."""
    offer = circle.piece
    piece = Piece(Hold.HELD, offer.seat, now, extra_seconds=offer.extra_seconds, is_wanted=True)
    return _placed(circle, piece)


def put_off(circle: Circle) -> Circle:
    """The offer put off to the end of the round; the second time in a round it is passed."""
    wanted = replace(circle, piece=replace(circle.piece, is_wanted=True))
    return later_once(wanted, Chance.MINUTE, Stage.PASSED)


def closed(circle: Circle) -> Circle:
    """The round over: the piece idle until a facilitator moves it."""
    return _placed(replace(circle, is_open=False), Piece())


def settled(circle: Circle, key: str, stage: Stage) -> Circle:
    """The seat's turn noted. Who has spoken has spoken, whatever comes after."""
    seat = circle.seat(key)
    return circle if seat.stage is Stage.SPOKEN else circle.with_seat(replace(seat, stage=stage))


def later_once(circle: Circle, chance: Chance, otherwise: Stage) -> Circle:
    """Whoever has the piece moved to the end of the round; where that was used up, settled."""
    seat = circle.seat(circle.piece.seat)
    if chance in seat.chances_used:
        return settled(circle, seat.key, otherwise)
    used = seat.chances_used | {chance}
    circle = put_back(circle.with_seat(replace(seat, chances_used=used)))
    others = (key for key in circle.order if key != seat.key)
    hands = sorted(circle.hands, key=lambda key: key == seat.key)
    return replace(circle, order=(*others, seat.key), hands=tuple(hands))


def put_back(circle: Circle) -> Circle:
    """The turn of whoever has the piece given back unused, in the place it had.

    A turn that the round owes them is owed again. Any other comes back as a raised hand, unless it
    was only a facilitator's offer: nobody's hand goes up without them.
    """
    seat = circle.seat(circle.piece.seat)
    is_first_turn = seat.stage in (Stage.WAITING, Stage.MOVED_ON)
    if is_first_turn and seat.part is Part.SPEAKS:
        return circle.with_seat(replace(seat, is_owed=True))
    return replace(circle, hands=(seat.key, *circle.hands)) if circle.piece.is_wanted else circle


def unanswered(circle: Circle) -> Circle:
    """The offer has met silence: at the end once more, then counted as passed."""
    return later_once(circle, Chance.SILENCE, Stage.PASSED)


def moved_on(circle: Circle) -> Circle:
    """The turn taken away by a facilitator, from someone who has gone quiet."""
    if circle.piece.hold is Hold.OFFERED:
        return unanswered(circle)
    noted = settled(circle, circle.piece.seat, Stage.MOVED_ON)
    return later_once(noted, Chance.MOVED_ON, Stage.MOVED_ON)


def _placed(circle: Circle, piece: Piece) -> Circle:
    return replace(circle, piece=piece, turn=circle.version + 1)


def _is_reachable(seat: Seat) -> bool:
    return seat.is_owed and seat.is_present and seat.part is Part.SPEAKS
