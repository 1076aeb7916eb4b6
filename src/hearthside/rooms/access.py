"""Who may reach what in rooms. A refusal is a 404, so it says nothing about what exists."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from hearthside.accounts.models import Person
from hearthside.groups.queries.rights import Reader
from hearthside.rooms.enums import Exclusion, Kind, Part
from hearthside.rooms.models import Device, Entry, Report, Room
from hearthside.rooms.ports import Chair
from hearthside.rooms.queries.chairs import chairs_of, outside_of
from hearthside.rooms.queries.side_rooms import has_come
from hearthside.safety.access import concern_for
from hearthside.safety.enums import SubjectKind
from hearthside.safety.models import Concern


@dataclass(frozen=True)
class Standing:
    """One person before one room: their chair, whether they came in, and whether they are kept outside."""

    room: Room
    person: Person
    chair: Chair
    entry: Entry | None
    outside: Exclusion | None

    @property
    def leads(self) -> bool:
        """A facilitator of the group: may do everything that the room's lead may."""
        return self.chair.part == Part.FACILITATOR

    @property
    def keeps_safe(self) -> bool:
        """May pause, hold and remove."""
        return self.leads or self.person.pk == self.room.keeper_id

    @property
    def is_in(self) -> bool:
        """Came through the lobby, and is not kept outside."""
        return self.entry is not None and self.outside is None


def standing_for(reader: Reader, room_id: UUID, *, now: datetime) -> Standing:
    """The reader before the room, for whoever has a chair in it; closed rooms as well."""
    room = get_object_or_404(Room.objects.with_group(), pk=room_id)
    # Threat: someone with the address of a room asks whether it exists, or who is in it.
    chair = chairs_of(room, now=now).get(reader.pk) if isinstance(reader, Person) else None
    if chair is None:
        raise Http404
    outside = outside_of(room, now=now).get(chair.person.pk)
    return Standing(
        room=room,
        person=chair.person,
        chair=chair,
        entry=Entry.objects.of(chair.person).filter(room=room).first(),
        outside=Exclusion(outside.kind) if outside else None,
    )


def inside_for(reader: Reader, room_id: UUID, *, now: datetime) -> Standing:
    """The reader in a room that is not closed: came in, and not kept outside."""
    standing = standing_for(reader, room_id, now=now)
    if not standing.is_in or standing.room.is_closed():
        raise Http404
    return standing


def leading_for(reader: Reader, room_id: UUID, *, now: datetime) -> Standing:
    """The reader in a room that is not closed, if they facilitate its group."""
    standing = inside_for(reader, room_id, now=now)
    if not standing.leads:
        raise Http404
    return standing


def keeping_for(reader: Reader, room_id: UUID, *, now: datetime) -> Standing:
    """The reader in a room that is not closed, if they facilitate it or keep it safe."""
    standing = inside_for(reader, room_id, now=now)
    if not standing.keeps_safe:
        raise Http404
    return standing


def side_called_to(reader: Reader, room_id: UUID, *, now: datetime) -> tuple[Room, Standing]:
    """A side room, and where the reader, who may have no chair in it yet, stands before its meeting."""
    # Threat: somebody with the address of a side room asks whether there is one.
    side = get_object_or_404(Room.objects.with_group(), pk=room_id, kind=Kind.SIDE)
    if side.parent_id is None:
        raise Http404
    return side, inside_for(reader, side.parent_id, now=now)


def side_asked_in(reader: Reader, room_id: UUID, *, now: datetime) -> tuple[Room, Standing]:
    """The same for a member; who sits in it already is asked there, also while they wait outside the meeting."""
    side = get_object_or_404(Room.objects.with_group(), pk=room_id, kind=Kind.SIDE)
    if isinstance(reader, Person) and has_come(side, reader) and not side.is_closed():
        return side, inside_for(reader, room_id, now=now)
    return side_called_to(reader, room_id, now=now)


def device_for(reader: Reader, device_id: UUID) -> Device:
    """A device in use of the reader's own."""
    # Threat: somebody connects with the device of another person and is shown as them.
    return get_object_or_404(Device.objects.in_use().of(reader.pk), pk=device_id)


def concern_of_report(person: Person, report_id: UUID, *, now: datetime) -> Concern:
    """The concern that a report raised, for whoever made it or answers for it."""
    # Threat: whoever is reported asks whether they were, and by whom.
    concern = get_object_or_404(Concern, kind=SubjectKind.MESSAGE, key=report_id)
    return concern_for(person, concern.pk, now=now).concern


def report_with_group(report_id: UUID) -> Report | None:
    """The report, for the page of a concern that has let its reader in."""
    return Report.objects.filter(pk=report_id).select_related("group__site").first()


def receipt_for(reader: Reader, room_id: UUID) -> Entry:
    """The reader's own entry in a room, also after the close, and after their seat is gone."""
    entries = Entry.objects.select_related("room__group__site", "ground_rules", "person")
    return get_object_or_404(entries, room_id=room_id, person_id=reader.pk)
