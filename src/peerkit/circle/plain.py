"""A circle as plain values for a row of JSON, and back."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from peerkit.circle.errors import BrokenForm, UnknownForm
from peerkit.circle.values import Chance, Circle, Hold, Mode, Part, Piece, Seat, Stage

FORM: Final = 1


def to_plain(circle: Circle) -> dict[str, Any]:
    """The circle as dicts, lists, strings, numbers, booleans and None; times as ISO 8601 in UTC."""
    return {
        "form": FORM,
        "mode": circle.mode.value,
        "seats": [_plain_seat(seat) for seat in circle.seats],
        "order": list(circle.order),
        "piece": _plain_piece(circle.piece),
        "hands": list(circle.hands),
        "prompt": circle.prompt,
        "round_number": circle.round_number,
        "is_open": circle.is_open,
        "seconds_each": circle.seconds_each,
        "offer_seconds": circle.offer_seconds,
        "paused_at": circle.paused_at and circle.paused_at.isoformat(),
        "version": circle.version,
        "turn": circle.turn,
        "steered": circle.steered,
    }


def from_plain(plain: dict[str, Any]) -> Circle:
    """The circle that `to_plain` wrote. Raises UnknownForm or BrokenForm."""
    form = plain.get("form")
    if form != FORM:
        raise UnknownForm(f"This is form {form!r}; known is {FORM}.")
    try:
        circle = _circle(plain)
        for key in (*circle.order, *circle.hands, *filter(None, [circle.piece.seat])):
            circle.seat(key)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BrokenForm(str(error)) from error
    return circle


def _circle(plain: dict[str, Any]) -> Circle:
    return Circle(
        mode=Mode(plain["mode"]),
        seats=tuple(_seat(seat) for seat in plain["seats"]),
        order=tuple(plain["order"]),
        piece=_piece(plain["piece"]),
        hands=tuple(plain["hands"]),
        prompt=plain["prompt"],
        round_number=plain["round_number"],
        is_open=plain["is_open"],
        seconds_each=plain["seconds_each"],
        offer_seconds=plain["offer_seconds"],
        paused_at=_moment(plain["paused_at"]),
        version=plain["version"],
        turn=plain["turn"],
        steered=plain["steered"],
    )


def _plain_seat(seat: Seat) -> dict[str, Any]:
    return {
        "key": seat.key,
        "part": seat.part.value,
        "is_present": seat.is_present,
        "stage": seat.stage.value,
        "is_owed": seat.is_owed,
        "chances_used": sorted(chance.value for chance in seat.chances_used),
        "changed": seat.changed,
    }


def _seat(plain: dict[str, Any]) -> Seat:
    return Seat(
        key=plain["key"],
        part=Part(plain["part"]),
        is_present=plain["is_present"],
        stage=Stage(plain["stage"]),
        is_owed=plain["is_owed"],
        chances_used=frozenset(Chance(chance) for chance in plain["chances_used"]),
        changed=plain["changed"],
    )


def _plain_piece(piece: Piece) -> dict[str, Any]:
    return {
        "hold": piece.hold.value,
        "seat": piece.seat,
        "since": piece.since and piece.since.isoformat(),
        "stopped_seconds": piece.stopped.total_seconds(),
        "extra_seconds": piece.extra_seconds,
        "is_wanted": piece.is_wanted,
    }


def _piece(plain: dict[str, Any]) -> Piece:
    return Piece(
        hold=Hold(plain["hold"]),
        seat=plain["seat"],
        since=_moment(plain["since"]),
        stopped=timedelta(seconds=plain["stopped_seconds"]),
        extra_seconds=plain["extra_seconds"],
        is_wanted=plain["is_wanted"],
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None
