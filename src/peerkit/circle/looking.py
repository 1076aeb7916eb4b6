"""What a page shows of a circle, and who may speak."""

from dataclasses import dataclass
from datetime import datetime

from peerkit.circle.clock import due, is_over_time, seconds_allowed, seconds_used
from peerkit.circle.moving import upcoming
from peerkit.circle.values import Chance, Circle, Hold, Mode, Part, Stage


@dataclass(frozen=True, slots=True)
class View:
    """A circle at one moment. Keys stand in the order of the round, hands as they were raised.

    `seat` has the piece ("" when idle) since `since` (UTC); `seconds_used` leaves pauses out and
    `seconds_allowed` None is no limit. `coming` is who is next, in order. `put_off` asked for a
    minute and are still to come; `missed` have not had the piece and will not get it by itself,
    being away or the round being over. `due_at` is when an offer moves on. `version` goes into
    every tap made on the page.
    """

    mode: Mode
    prompt: str
    round_number: int
    is_open: bool
    is_paused: bool
    hold: Hold
    seat: str
    since: datetime | None
    seconds_used: float
    seconds_allowed: int | None
    is_over_time: bool
    due_at: datetime | None
    coming: tuple[str, ...]
    spoken: tuple[str, ...]
    passed: tuple[str, ...]
    moved_on: tuple[str, ...]
    put_off: tuple[str, ...]
    missed: tuple[str, ...]
    hands: tuple[str, ...]
    listening: tuple[str, ...]
    skipping: tuple[str, ...]
    away: tuple[str, ...]
    version: int


def view(circle: Circle, *, now: datetime) -> View:
    """The circle as a page shows it at `now` (aware)."""
    seats = [circle.seat(key) for key in circle.order]
    seats += [seat for seat in circle.seats if seat.key not in circle.order]
    owed = [seat for seat in seats if seat.is_owed and seat.part is Part.SPEAKS]
    return View(
        mode=circle.mode,
        prompt=circle.prompt,
        round_number=circle.round_number,
        is_open=circle.is_open,
        is_paused=circle.paused_at is not None,
        hold=circle.piece.hold,
        seat=circle.piece.seat,
        since=circle.piece.since,
        seconds_used=seconds_used(circle, now=now),
        seconds_allowed=seconds_allowed(circle),
        is_over_time=is_over_time(circle, now=now),
        due_at=due(circle),
        coming=upcoming(circle),
        spoken=tuple(seat.key for seat in seats if seat.stage is Stage.SPOKEN),
        passed=tuple(seat.key for seat in seats if seat.stage is Stage.PASSED),
        moved_on=tuple(seat.key for seat in seats if seat.stage is Stage.MOVED_ON),
        put_off=tuple(seat.key for seat in owed if Chance.MINUTE in seat.chances_used),
        missed=tuple(seat.key for seat in owed if not (circle.is_open and seat.is_present)),
        hands=tuple(key for key in circle.hands if circle.seat(key).is_present),
        listening=tuple(seat.key for seat in seats if seat.part is Part.LISTENS),
        skipping=tuple(seat.key for seat in seats if seat.part is Part.SKIPS),
        away=tuple(seat.key for seat in seats if not seat.is_present),
        version=circle.version,
    )


def may_speak(circle: Circle, seat: str) -> bool:
    """Whether this seat may speak now: anybody in free talk, the holder in a round, nobody while
    paused. That a facilitator may speak is for the caller to add."""
    if circle.paused_at is not None:
        return False
    if circle.mode is Mode.FREE:
        return True
    return circle.piece.hold is Hold.HELD and circle.piece.seat == seat
