"""When the door of a room is open, and for whom. Whoever was in may always come back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hearthside.rooms.enums import Part, Phase
from hearthside.rooms.models import Room
from hearthside.rooms.queries.rules import rules_of

OPENS_BEFORE = timedelta(minutes=15)
# Who leads or greets sets things up first.
TEAM_BEFORE = timedelta(minutes=60)


class Doorway(StrEnum):
    """How the door stands for one person at one moment."""

    EARLY = "early"
    OPEN = "open"
    SHUT = "shut"
    OVER = "over"


@dataclass(frozen=True)
class Door:
    """The door of one room for one person: when it opens, and when it closes to those who have not been in.

    `closes_at` is None while it has no time to close: the group leaves it open, the meeting has not
    begun, the person leads or greets, or has been in.
    """

    opens_at: datetime
    closes_at: datetime | None
    is_over: bool

    def stands(self, *, now: datetime) -> Doorway:
        if self.is_over:
            return Doorway.OVER
        if now < self.opens_at:
            return Doorway.EARLY
        if self.closes_at is not None and now >= self.closes_at:
            return Doorway.SHUT
        return Doorway.OPEN


def door_of(room: Room, *, part: str, has_been_in: bool) -> Door:
    """The door as it stands for somebody of that part. One query at most: the group's room rules."""
    is_team = part != Part.MEMBER
    return Door(
        opens_at=room.starts_at - (TEAM_BEFORE if is_team else OPENS_BEFORE),
        closes_at=None if is_team or has_been_in else _closes_at(room),
        is_over=room.is_closed(),
    )


def _closes_at(room: Room) -> datetime | None:
    minutes = rules_of(room.group).door_minutes
    # A meeting that waits to begin is glad of everybody: its door cannot close before it began.
    if not minutes or room.phase == Phase.WAITING:
        return None
    return max(room.starts_at, room.opened_at or room.starts_at) + timedelta(minutes=minutes)
