"""The roster: who is expected, who came, who is here for the first time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from hearthside.accounts.models import Person
from hearthside.groups.models import Group, Membership
from hearthside.meetings.enums import Mark
from hearthside.meetings.models import Attendance, Meeting, Note, Seat
from hearthside.meetings.queries.seats import attended


@dataclass(frozen=True)
class Line:
    """One person on the roster."""

    person: Person
    is_first_visit: bool
    is_listening_only: bool
    has_seat: bool
    mark: str
    arrived_at: datetime | None
    left_at: datetime | None

    @property
    def has_come(self) -> bool:
        return self.mark not in ("", Mark.MISSED)


@dataclass(frozen=True)
class Roster:
    """Everyone with a chair, then those who came without one."""

    lines: Sequence[Line]
    waiting: int

    @property
    def came(self) -> int:
        return sum(line.has_come for line in self.lines)

    @property
    def unmarked(self) -> int:
        return sum(not line.mark for line in self.lines)

    @property
    def first_visits(self) -> int:
        return sum(line.is_first_visit for line in self.lines)


def roster_of(meeting: Meeting) -> Roster:
    """The roster of one meeting, in three queries or, with people who have no seat, four."""
    seats = list(
        Seat.objects.open().filter(meeting=meeting).select_related("person").order_by("number")
    )
    marks = {
        mark.person_id: mark
        for mark in Attendance.objects.filter(meeting=meeting).select_related("person")
    }
    people = {seat.person_id: seat for seat in seats if seat.number or seat.person_id in marks}
    everyone = {*people, *marks}
    earlier = attended(meeting.group).filter(meeting__starts_at__lt=meeting.starts_at)
    known = set(earlier.filter(person__in=everyone).values_list("person_id", flat=True))
    walk_ins = [mark for key, mark in marks.items() if key not in people]
    listening = _listening_only(meeting.group, [mark.person for mark in walk_ins])
    lines = [
        _line(seat.person, marks.get(key), known, has_seat=True, listens=seat.is_listening_only)
        for key, seat in people.items()
    ]
    lines += [
        _line(mark.person, mark, known, has_seat=False, listens=mark.person_id in listening)
        for mark in sorted(walk_ins, key=lambda mark: mark.person.pseudonym.casefold())
    ]
    waiting = sum(seat.is_waiting() and seat.person_id not in marks for seat in seats)
    return Roster(lines, waiting)


def line_of(meeting: Meeting, person: Person) -> Line | None:
    """One person's line on the roster, or None if they are not on it."""
    return next((line for line in roster_of(meeting).lines if line.person == person), None)


def member_called(pseudonym: str, group: Group, *, now: datetime) -> Person | None:
    """The visitor or member of the group who goes by that name."""
    belonging = Membership.objects.belonging(now=now).filter(group=group)
    found = (
        belonging.filter(person__pseudonym__iexact=pseudonym.strip())
        .select_related("person")
        .first()
    )
    return found.person if found else None


def names_to_add(meeting: Meeting, *, now: datetime) -> list[str]:
    """The names of those who belong to the group and are not on the roster, to choose from."""
    belonging = Membership.objects.belonging(now=now).filter(group=meeting.group)
    here = Seat.objects.held().filter(meeting=meeting).values("person")
    marked = Attendance.objects.filter(meeting=meeting).values("person")
    others = belonging.exclude(person__in=here).exclude(person__in=marked)
    return sorted(others.values_list("person__pseudonym", flat=True), key=str.casefold)


def note_of(meeting: Meeting) -> Note | None:
    return Note.objects.filter(meeting=meeting).select_related("written_by").first()


def names_around(group: Group) -> set[str]:
    """Every pseudonym that a note on the group might mention: whoever was ever a part of it."""
    sources = (
        group.memberships.values("person"),
        group.roles.values("person"),
        Seat.objects.filter(meeting__group=group).values("person"),
        Attendance.objects.filter(meeting__group=group).values("person"),
    )
    is_around = reduce(or_, (Q(pk__in=source) for source in sources))
    return set(Person.objects.filter(is_around).values_list("pseudonym", flat=True))


def _listening_only(group: Group, people: Sequence[Person]) -> set[UUID]:
    if not people:
        return set()
    rows = Membership.objects.filter(group=group, person__in=people, until_at=None)
    return set(rows.filter(is_listening_only=True).values_list("person_id", flat=True))


def _line(
    person: Person, mark: Attendance | None, known: set[UUID], *, has_seat: bool, listens: bool
) -> Line:
    return Line(
        person=person,
        is_first_visit=person.pk not in known,
        is_listening_only=listens,
        has_seat=has_seat,
        mark=mark.mark if mark else "",
        arrived_at=mark.arrived_at if mark else None,
        left_at=mark.left_at if mark else None,
    )
