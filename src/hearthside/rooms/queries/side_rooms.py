"""Private words beside a meeting, and quiet side rooms with a second facilitator, as each person may know of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef

from hearthside.accounts.models import Person
from hearthside.rooms.enums import Kind
from hearthside.rooms.models import Entry, Room


class Stage(StrEnum):
    """How far a side room has come: asked for, looking for a second, the member is asked, they sit together."""

    ASKS = "asks"
    CALLING = "calling"
    ASKED = "asked"
    OPEN = "open"


class Beside(StrEnum):
    """Whether somebody sits beside the facilitator: no, called for, said yes, sits there."""

    NOBODY = ""
    CALLED = "called"
    WILLING = "willing"
    IN = "in"


@dataclass(frozen=True)
class Word:
    """One side room for whoever may go to it as a facilitator; `other` is who sits there beside them, or would."""

    room_id: UUID
    member_id: UUID
    name: str
    stage: Stage
    beside: Beside = Beside.NOBODY
    other: str = ""
    is_lead: bool = False

    @property
    def is_waiting(self) -> bool:
        """Whether the member waits for a facilitator to come."""
        return self.stage is Stage.ASKS


@dataclass(frozen=True)
class Question:
    """A member is asked to come (`is_join` False), or whether one more may sit with them; `names` are who asks."""

    room_id: UUID
    names: tuple[str, ...]
    is_join: bool


@dataclass(frozen=True)
class Call:
    """A facilitator, `by`, looks for somebody to sit with them and the member, `name`."""

    room_id: UUID
    by: str
    name: str


@dataclass(frozen=True)
class Sides:
    """`own` is the side room that the person said yes to as a member; `words` those they may go to as a facilitator."""

    own: UUID | None = None
    words: Sequence[Word] = ()
    questions: Sequence[Question] = ()
    calls: Sequence[Call] = ()

    @property
    def asking(self) -> list[Word]:
        """Members who wait for somebody to come, longest first."""
        return [word for word in self.words if word.is_waiting]


@dataclass(frozen=True)
class Team:
    """Who leads the meeting, who keeps it safe, who of them is here, and whom each person has blocked."""

    leads: frozenset[UUID]
    keeper: UUID | None = None
    here: frozenset[UUID] = frozenset()
    unreached: Mapping[UUID, set[UUID]] = field(default_factory=dict)

    @property
    def everybody(self) -> frozenset[UUID]:
        return self.leads | {key for key in [self.keeper] if key}

    def reaches(self, sender: UUID | None, reader: UUID | None) -> bool:
        return sender not in self.unreached.get(reader, ()) if reader else True

    def hear(self, member: UUID) -> frozenset[UUID]:
        """Those who are shown that the member asks for a private word.

        Threat: a facilitator whom the member blocked answers, and is alone with them. And the other way:
        a facilitator's block cuts somebody off from help. So whoever leads and blocked the member is let
        be while another is here to come, and hears them like anybody else where nobody is.
        """
        may_come = frozenset(key for key in self.leads if self.reaches(key, member))
        willing = frozenset(key for key in may_come if self.reaches(member, key))
        return willing if willing & self.here else may_come

    def beside(self, *others: UUID | None) -> frozenset[UUID]:
        """Who may sit beside these: of the team, and no block stands between them and any of these."""
        free = self.everybody - set(others)
        return frozenset(
            key
            for key in free
            if all(self.reaches(key, one) and self.reaches(one, key) for one in others)
        )


def rooms_beside(room: Room) -> list[Room]:
    """Every live side room of the meeting, with who has said yes to it, in one query."""
    live = Room.objects.live().filter(parent=room, kind=Kind.SIDE, member__isnull=False)
    came = Entry.objects.filter(room=OuterRef("pk"))
    return list(
        live.select_related("member", "lead", "second")
        .annotate(
            has_member=Exists(came.filter(person=OuterRef("member"))),
            has_second=Exists(came.filter(person=OuterRef("second"))),
        )
        .order_by("starts_at", "pk")
    )


def sides_for(rooms: Sequence[Room], person: UUID, team: Team) -> Sides:
    """What the person may know of these side rooms.

    Threat: who talks with whom in private is nobody else's business, so a word that a facilitator has come
    to is shown to those in it only, and a question to whoever is asked.
    """
    own = [side for side in rooms if side.member_id == person]
    return Sides(
        own=next((side.pk for side in own if _has_member(side)), None),
        words=tuple(_word(side, person) for side in rooms if _may_go(side, person, team)),
        questions=tuple(_question(side) for side in own if _is_asked(side, team)),
        calls=tuple(_call(side) for side in rooms if _is_called(side, person, team)),
    )


def side_of(room: Room, person: Person) -> Room | None:
    """The side room beside the meeting that is the person's own, or that they are asked to, while it lasts."""
    live = Room.objects.live().with_group().filter(parent=room, kind=Kind.SIDE)
    return live.filter(member=person).first()


def has_come(side: Room, person: Person | None) -> bool:
    """Whether the person said yes to this side room."""
    return person is not None and Entry.objects.of(person).filter(room=side).exists()


def _may_go(side: Room, person: UUID, team: Team) -> bool:
    if side.lead_id is None:
        assert side.member_id is not None
        return person in team.hear(side.member_id)
    return person in (side.lead_id, side.second_id) and person in team.everybody


def _is_asked(side: Room, team: Team) -> bool:
    """Whether a question to the member stands, by somebody who may ask it and reaches them.

    Whoever does not reach them is told nothing else than that nobody has answered.
    """
    if _stage(side) in (Stage.ASKS, Stage.CALLING) or _beside(side) is Beside.IN:
        return False
    asking = [side.second_id] if _has_member(side) else [side.lead_id, side.second_id]
    found = [key for key in asking if key]
    may_ask = (key in team.everybody and team.reaches(key, side.member_id) for key in found)
    return bool(found) and all(may_ask)


def _is_called(side: Room, person: UUID, team: Team) -> bool:
    is_open = side.second_called_at is not None and side.second_id is None
    return is_open and person in team.beside(side.lead_id, side.member_id)


def _stage(side: Room) -> Stage:
    if side.lead_id is None:
        return Stage.ASKS
    if _has_member(side):
        return Stage.OPEN
    is_looking = side.second_called_at is not None and side.second_id is None
    return Stage.CALLING if is_looking else Stage.ASKED


def _beside(side: Room) -> Beside:
    if side.second_id is None:
        return Beside.CALLED if side.second_called_at else Beside.NOBODY
    return Beside.IN if _has_second(side) else Beside.WILLING


def _word(side: Room, person: UUID) -> Word:
    assert side.member is not None
    is_lead, beside = side.lead_id == person, _beside(side)
    # Whoever would come waits for the member's yes, also where the two sit together already.
    is_awaited = not is_lead and beside is Beside.WILLING
    return Word(
        room_id=side.pk,
        member_id=side.member.pk,
        name=str(side.member),
        stage=Stage.ASKED if is_awaited else _stage(side),
        beside=beside,
        other=str((side.second if is_lead else side.lead) or ""),
        is_lead=is_lead,
    )


def _question(side: Room) -> Question:
    asking = [side.lead, side.second]
    names = tuple(str(one) for one in asking if one is not None)
    return Question(side.pk, names, is_join=_has_member(side))


def _call(side: Room) -> Call:
    return Call(side.pk, by=str(side.lead), name=str(side.member))


def _has_member(side: Room) -> bool:
    return bool(getattr(side, "has_member"))  # noqa: B009 - set by `rooms_beside`


def _has_second(side: Room) -> bool:
    return bool(getattr(side, "has_second"))  # noqa: B009 - set by `rooms_beside`
