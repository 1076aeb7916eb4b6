"""What is kept of one person's time in a room, and where to go next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hearthside.accounts.models import Person
from hearthside.rooms import ports
from hearthside.rooms.models import Entry, Room

# A receipt can be looked at for as long as somebody may want to ask about a meeting, or report what
# was said there; a quarter of a year covers most courses. Nobody needs it longer.
RECEIPT_DAYS: Final = 90
# Of a private word only for as long as what was said in it may still stand on a screen to be reported.
SIDE_RECEIPT_DAYS: Final = 2


@dataclass(frozen=True)
class NextMeeting:
    """When the group meets next, and the page of that meeting."""

    at: datetime
    address: str


@dataclass(frozen=True)
class Receipt:
    """One person's own receipt of one meeting: all that a room keeps of them."""

    entry: Entry
    people_came: int | None
    meeting: str
    next_meeting: NextMeeting | None
    # A page for whoever had a role, once the meeting is over; else empty.
    afterwards: str = ""

    @property
    def room(self) -> Room:
        return self.entry.room

    @property
    def days(self) -> int:
        return days_kept(self.room)

    @property
    def is_final(self) -> bool:
        """The room is closed, and what was said is erased."""
        return self.room.is_closed()

    @property
    def is_on_roster(self) -> bool:
        """The floor above is told, or will be, that they came: to a meeting that was begun, not to a private word."""
        is_begun = self.room.opened_at is not None or not self.is_final
        return is_begun and self.came_at is not None and not self.room.is_side()

    @property
    def came_at(self) -> datetime | None:
        return self.entry.first_here_at

    @property
    def left_at(self) -> datetime | None:
        return self.entry.left_at or (self.entry.last_here_at if self.is_final else None)


def receipt_of(entry: Entry, *, now: datetime) -> Receipt:
    """The receipt of somebody who was in a room, or is about to leave it."""
    return Receipt(
        entry=entry,
        people_came=entry.room.people_came,
        meeting=meeting_address(entry.room),
        next_meeting=next_meeting_of(entry.room, now=now),
        afterwards=_afterwards(entry, now=now),
    )


def days_kept(room: Room) -> int:
    """For how many days after the close the receipts of a room are kept."""
    return SIDE_RECEIPT_DAYS if room.is_side() else RECEIPT_DAYS


def entries_of(person: Person) -> Sequence[Entry]:
    """Every receipt that the person still has, oldest first, in one query."""
    found = Entry.objects.of(person).select_related("room__group", "ground_rules")
    return list(found.order_by("accepted_at"))


def meeting_address(room: Room) -> str:
    """The page of the meeting that the room is for; nothing where no floor above knows it."""
    return next(filter(None, (each.address(room) for each in ports.seatings())), "")


def next_meeting_of(room: Room, *, now: datetime) -> NextMeeting | None:
    """When the group meets next after this meeting; None where nothing is planned."""
    for seating in ports.seatings():
        if found := seating.next_meeting(room, now=now):
            return NextMeeting(*found)
    return None


def _afterwards(entry: Entry, *, now: datetime) -> str:
    pages = (each.afterwards(entry.room, person=entry.person, now=now) for each in ports.seatings())
    return next(filter(None, pages), "")
