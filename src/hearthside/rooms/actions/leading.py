"""Leading a meeting: begin, step, round, free talk, who leads, who keeps the room safe, a pause for all."""

from collections.abc import Callable
from datetime import datetime
from secrets import SystemRandom
from typing import Final

from django.db import transaction
from django.db.models import Q

from hearthside.accounts.models import Person
from hearthside.rooms.actions import presence, turns
from hearthside.rooms.actions.changes import touch
from hearthside.rooms.actions.refusals import (
    LeadIsHere,
    MeetingHasNotBegun,
    NotAFacilitator,
    NotHere,
    TooFewToBegin,
)
from hearthside.rooms.enums import Part, Phase, Stance, Step
from hearthside.rooms.models import Room
from hearthside.rooms.queries.chairs import chairs_of
from hearthside.rooms.queries.rules import rules_of
from hearthside.rooms.queries.turns import people_here, round_order, seat_of
from peerkit import circle as engine
from peerkit.circle import Circle

# One more minute at a tap, for whoever has the turn.
MORE_SECONDS: Final = 60


@transaction.atomic
def begin(*, room: Room, by: Person, now: datetime) -> None:
    """Open the meeting with the welcome; whoever begins it leads it. Begun already: nothing changes.

    Raises TooFewToBegin, so that nobody sits in a meeting of two who expected a group.
    """
    room = turns.lock(room_id=room.pk)
    here, wanted = len(people_here(room, now=now)), rules_of(room.group).people_min
    if room.phase == Phase.WAITING and here < wanted:
        raise TooFewToBegin(here=here, wanted=wanted)
    begin_anyway(room=room, by=by, now=now)


@transaction.atomic
def begin_anyway(*, room: Room, by: Person, now: datetime) -> None:
    """Open the meeting, however few are here. Begun already: nothing changes."""
    room = turns.lock(room_id=room.pk)
    if room.phase != Phase.WAITING:
        return
    _change(room, phase=Phase.OPEN, opened_at=now, step=Step.WELCOME, step_from_at=now, lead=by)


@transaction.atomic
def step_to(*, room: Room, step: Step, now: datetime) -> None:
    """The meeting is in this part from now on; any part may follow any other. Raises MeetingHasNotBegun."""
    room = _begun(room)
    if room.step != step:
        _change(room, step=step, step_from_at=now)


@transaction.atomic
def go_round(
    *,
    room: Room,
    by: Person,
    prompt: str,
    seconds_each: int,
    is_order_random: bool,
    now: datetime,
    turn: int | None = None,
) -> None:
    """Begin a round: everybody here who did not come to listen is offered the turn once.

    In the order in which people came, or in a new one by chance. `seconds_each` 0 shows nobody's time;
    it never cuts anybody off. `turn` is the version of the page that was tapped on (see `turns.apply`).
    Raises MeetingHasNotBegun.
    """
    room = _begun(room)
    here = people_here(room, now=now)
    order = round_order(here)
    if is_order_random:
        SystemRandom().shuffle(order)
    # Whoever the gateway has not announced yet takes part all the same.
    for entry in here:
        stance = Stance(entry.stance)
        turns.arrive(room_id=room.pk, person_id=entry.person_id, stance=stance, now=now)

    def begun(circle: Circle) -> engine.Event:
        return engine.StartRound(
            by=seat_of(room.pk, by.pk), version=_seen(circle, turn), order=tuple(order),
            prompt=prompt, seconds_each=seconds_each or None,
        )  # fmt: skip

    _steer(room, begun, now=now)


def talk_freely(*, room: Room, by: Person, now: datetime, turn: int | None = None) -> None:
    """No turns from here on; a round that still runs is over. Raises MeetingHasNotBegun."""
    seat = seat_of(room.pk, by.pk)
    _steer(
        _begun(room), lambda found: engine.OpenFloor(by=seat, version=_seen(found, turn)), now=now
    )


def give(*, room: Room, by: Person, seat: str, now: datetime, turn: int | None = None) -> None:
    """Offer the turn to one person now. Raises NoRoundIsOn, NotHere or MeetingHasNotBegun."""
    own = seat_of(room.pk, by.pk)
    _steer(
        _begun(room),
        lambda found: engine.GiveTo(by=own, version=_seen(found, turn), seat=seat),
        now=now,
    )


def move_on(*, room: Room, by: Person, now: datetime, turn: int | None = None) -> None:
    """The turn moves on from somebody who has gone quiet, and comes to them once more at the end.

    Raises NobodyHasTheTurn or MeetingHasNotBegun.
    """
    seat = seat_of(room.pk, by.pk)
    _steer(_begun(room), lambda found: engine.MoveOn(by=seat, version=_seen(found, turn)), now=now)


def add_time(*, room: Room, by: Person, now: datetime, turn: int | None = None) -> None:
    """MORE_SECONDS more for whoever has the turn. Raises NobodyHasTheTurn, NoTimeIsSet, MeetingHasNotBegun."""
    seat = seat_of(room.pk, by.pk)
    _steer(
        _begun(room),
        lambda found: engine.AddTime(by=seat, version=_seen(found, turn), seconds=MORE_SECONDS),
        now=now,
    )


@transaction.atomic
def hand_to(*, room: Room, to: Person, now: datetime) -> None:
    """Another facilitator who is here leads from now on. Raises NotAFacilitator or NotHere."""
    room = turns.lock(room_id=room.pk)
    chair = chairs_of(room, now=now).get(to.pk)
    if chair is None or chair.part != Part.FACILITATOR:
        raise NotAFacilitator
    _refuse_unless_here(room, to, now=now)
    _change(room, lead=to)


@transaction.atomic
def take_over(*, room: Room, by: Person, now: datetime) -> None:
    """Lead a meeting whose lead is away or was never named. Raises LeadIsHere."""
    room = turns.lock(room_id=room.pk)
    lead = room.lead
    is_here = any(entry.person_id == room.lead_id for entry in people_here(room, now=now))
    # Threat: a meeting taken from whoever leads it, in front of everybody, while they are there.
    if lead is not None and lead != by and is_here:
        raise LeadIsHere(str(lead))
    _change(room, lead=by)


@transaction.atomic
def name_keeper(*, room: Room, person: Person, now: datetime) -> None:
    """This person, who is here, keeps the room safe from now on. Raises NotHere."""
    room = turns.lock(room_id=room.pk)
    _refuse_unless_here(room, person, now=now)
    if room.keeper_id != person.pk:
        _no_longer_keeps(room, now=now)
    _change(room, keeper=person)


@transaction.atomic
def name_no_keeper(*, room: Room, now: datetime) -> None:
    """Whoever leads keeps the room safe as well."""
    room = turns.lock(room_id=room.pk)
    _no_longer_keeps(room, now=now)
    _change(room, keeper=None)


@transaction.atomic
def pause(*, room: Room, by: Person, now: datetime) -> None:
    """Everybody is quiet and all clocks stand, until somebody says go on. Paused already: nothing changes."""
    room = turns.lock(room_id=room.pk)
    if room.paused_at is not None:
        return
    seat = seat_of(room.pk, by.pk)
    _change(room, paused_at=now)
    _steer(room, lambda found: engine.Pause(by=seat, version=found.version), now=now)


@transaction.atomic
def resume(*, room: Room, by: Person, now: datetime) -> None:
    """The meeting goes on where it stopped. Not paused: nothing changes."""
    room = turns.lock(room_id=room.pk)
    if room.paused_at is None:
        return
    seat = seat_of(room.pk, by.pk)
    _change(room, paused_at=None)
    _steer(room, lambda found: engine.Resume(by=seat, version=found.version), now=now)


def _no_longer_keeps(room: Room, *, now: datetime) -> None:
    """Threat: whoever sits in a side room only because they keep the meeting safe reads on after that."""
    sat = Q(lead=room.keeper_id) | Q(second=room.keeper_id)
    for side in Room.objects.live().filter(sat, parent=room) if room.keeper_id else ():
        presence.lose(room=side, now=now)


def _begun(room: Room) -> Room:
    with transaction.atomic():
        room = turns.lock(room_id=room.pk)
    if not room.is_open():
        raise MeetingHasNotBegun
    return room


def _change(room: Room, **values: object) -> None:
    """Write these columns and tell everybody, unless they say so already."""
    changed = [name for name, value in values.items() if getattr(room, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(room, name, values[name])
    room.save(update_fields=changed)
    touch(room_id=room.pk)


def _steer(room: Room, event: Callable[[Circle], engine.Event], *, now: datetime) -> None:
    turns.change(room_id=room.pk, steps=lambda found: engine.apply(found, event(found), now=now))


def _seen(circle: Circle, turn: int | None) -> int:
    """The version that a page showed; a page that says none is taken to show the present one."""
    return circle.version if turn is None else turn


def _refuse_unless_here(room: Room, person: Person, *, now: datetime) -> None:
    if all(entry.person_id != person.pk for entry in people_here(room, now=now)):
        raise NotHere
