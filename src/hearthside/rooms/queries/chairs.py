"""Who may be in a room now, and what they are in it: the one place that decides it."""

from datetime import datetime
from uuid import UUID

from hearthside.rooms import ports
from hearthside.rooms.enums import Exclusion, Kind, Part
from hearthside.rooms.models import Outside, Room
from hearthside.rooms.ports import Chair
from hearthside.safety.queries.measures import kept_out as kept_out_by_measures


def chairs_of(room: Room, *, now: datetime) -> dict[UUID, Chair]:
    """Everybody with a chair, by person, whether or not they came: seats and the group's team.

    Of a private word: its member, and the facilitators who may come to it, or only those who sit in it.
    Whoever is held or removed has a chair still; see `outside_of`.
    """
    if room.kind == Kind.MEETING or room.parent is None:
        return _seated(room, now=now)
    return {
        person_id: chair
        for person_id, chair in _seated(room.parent, now=now).items()
        if person_id == room.member_id or _sits_beside(room, room.parent, chair)
    }


def outside_of(room: Room, *, now: datetime) -> dict[UUID, Outside]:
    """Who is held, removed or on a break by a measure, by person, in two queries.

    A private word stays open to a member who is held: that is what it is for.
    Threat: a facilitator who was sent out of the meeting goes on alone with somebody beside it.
    """
    meeting = room.parent_id if room.kind == Kind.SIDE else room.pk
    kept_out = {
        row.person_id: row for row in Outside.objects.filter(room=meeting).in_force(now=now)
    }
    held = kept_out.get(room.member_id) if room.member_id else None
    if held is not None and held.kind == Exclusion.HELD:
        del kept_out[held.person_id]
    # A measure outlives the meeting: nobody who leads it lets the person in before it ends.
    for person_id in kept_out_by_measures(room.group_id, now=now):
        kept_out[person_id] = Outside(room=room, person_id=person_id, kind=Exclusion.MEASURE)
    return kept_out


def _sits_beside(side: Room, meeting: Room, chair: Chair) -> bool:
    """Whether somebody with that chair may be with the member: who leads, or keeps the meeting safe, and still does."""
    key, leads = chair.person.pk, chair.part == Part.FACILITATOR
    if side.lead_id is None:
        return leads
    return key in (side.lead_id, side.second_id) and (leads or key == meeting.keeper_id)


def _seated(room: Room, *, now: datetime) -> dict[UUID, Chair]:
    found: dict[UUID, Chair] = {}
    for seating in ports.seatings():
        for chair in seating.chairs(room, now=now):
            found.setdefault(chair.person.pk, chair)
    return found
