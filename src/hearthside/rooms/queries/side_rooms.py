"""Private words beside a meeting, as each person in it may know of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from hearthside.accounts.models import Person
from hearthside.rooms.enums import Kind
from hearthside.rooms.models import Room


@dataclass(frozen=True)
class Word:
    """One private word: its room, the member in it, and whether they wait for a facilitator to come."""

    room_id: UUID
    member_id: UUID
    name: str
    is_waiting: bool


@dataclass(frozen=True)
class Sides:
    """`own` is the side room that the person asked for; `words` are those they may go to as a facilitator."""

    own: UUID | None
    words: Sequence[Word] = ()

    @property
    def asking(self) -> list[Word]:
        """Members who wait for somebody to come, longest first."""
        return [word for word in self.words if word.is_waiting]


def sides_for(room: Room, person: Person, *, leads: bool) -> Sides:
    """The private words beside a meeting that the person may know of, in one query.

    `leads`: whether they facilitate it. Threat: who talks with whom in private is nobody else's
    business, so a word that a facilitator has come to is shown to the two in it only.
    """
    live = Room.objects.live().filter(parent=room, kind=Kind.SIDE).select_related("member")
    rooms = [side for side in live.order_by("starts_at", "pk") if side.member is not None]
    own = next((side.pk for side in rooms if side.member_id == person.pk), None)
    if not leads:
        return Sides(own)
    return Sides(own, [_word(side) for side in rooms if side.lead_id in (None, person.pk)])


def side_of(room: Room, person: Person) -> Room | None:
    """The person's own side room beside the meeting, while it lasts."""
    live = Room.objects.live().with_group().filter(parent=room, kind=Kind.SIDE)
    return live.filter(member=person).first()


def _word(side: Room) -> Word:
    assert side.member is not None
    return Word(side.pk, side.member.pk, str(side.member), is_waiting=side.lead_id is None)
