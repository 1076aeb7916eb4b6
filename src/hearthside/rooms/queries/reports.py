"""Reports from rooms: what was said by the proof, who answers for them, and what each reader may see."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Membership, Role
from hearthside.rooms.enums import ReportState
from hearthside.rooms.models import Entry, Report, Room
from hearthside.rooms.queries.aliases import keys, person_of
from peerkit.franking import Forged, from_plain, verify

# Everybody who shows us something reads an answer within this time.
ANSWER_WITHIN: Final = timedelta(hours=48)
# Of what is answered, the newest only: a list that nobody reads to its end helps nobody.
LISTED: Final = 200


class NotSaidHere(Exception):
    """The proof does not hold, or holds for another room."""


@dataclass(frozen=True)
class Said:
    """One message that was said in a room, proven; `person` is None where the account is gone."""

    text: str
    person: Person | None
    at: datetime
    seq: int


@dataclass(frozen=True)
class ReportLine:
    """One report for one reader."""

    report: Report
    is_own: bool
    is_overdue: bool


@dataclass(frozen=True)
class Desk:
    """The reports that one person may see: their own, and those `entrusted` to them if they answer for any."""

    own: Sequence[ReportLine]
    answers: bool
    entrusted: Sequence[ReportLine] = ()


@dataclass(frozen=True)
class Watch:
    """Who answers for reports: the roles in force over the programme and its sites, read once."""

    roles: Sequence[Role]

    def readers_of(self, report: Report) -> list[Person]:
        """Those who see and answer the report: safety leads, or else coordinators of the site, or operators.

        Nobody who reported it or is shown in it is among them.
        """
        for kind in (RoleKind.SAFETY_LEAD, RoleKind.COORDINATOR, RoleKind.OPERATOR):
            found = {
                role.person.pk: role.person
                for role in self.roles
                if role.kind == kind and role.site_id in (None, report.group.site_id)
            }
            if fit := [each for each in found.values() if not is_party(report, each)]:
                return fit
        return []

    def holds_a_role(self, person: Person) -> bool:
        return any(role.person_id == person.pk for role in self.roles)


def said(room: Room, plain: object, *, people: dict[UUID, Person]) -> Said:
    """What one message that was handed in proves; `people` are those who may have said it.

    Raises NotSaidHere.
    """
    try:
        proven = verify(from_plain(plain), keys())
    except Forged as error:
        raise NotSaidHere from error
    # Threat: what was said in one room is shown as if it had been said in another.
    if proven.room != room.pk.bytes:
        raise NotSaidHere
    found = person_of(room.pk, proven.alias, candidates=people)
    person = people[found] if found else None
    return Said(_words(proven.content), person, proven.sent_at, proven.seq)


def people_around(room: Room) -> dict[UUID, Person]:
    """Whoever may have said something in the room: those who came, and all who ever belonged to the group or led it."""
    came = Entry.objects.filter(room=room).values("person")
    belonged = Membership.objects.filter(group=room.group_id).values("person")
    led = Role.objects.filter(group=room.group_id).values("person")
    is_around = Q(pk__in=came) | Q(pk__in=belonged) | Q(pk__in=led)
    return Person.objects.filter(is_around).in_bulk()


def watch(*, now: datetime) -> Watch:
    """Who answers for reports at this moment, in one query."""
    kinds = [RoleKind.SAFETY_LEAD, RoleKind.COORDINATOR, RoleKind.OPERATOR]
    roles = Role.objects.in_force(now=now).filter(kind__in=kinds, person__is_active=True)
    return Watch(list(roles.select_related("person").order_by("from_at", "pk")))


def is_party(report: Report, person: Person) -> bool:
    """Whether the person reported it, or said anything of what it shows.

    Threat: whoever is reported learns by whom, or judges themselves. Who said a message is read from
    its proof, so that no list of people is kept in the report.
    """
    if person.pk in (report.reporter_id, report.about_id):
        return True
    return any(_is_by(person, message["proof"]) for message in report.messages)


def desk_of(person: Person, *, now: datetime) -> Desk:
    """What the person reported and what they look after, in at most four queries."""
    own = [_line(row, person, now=now) for row in _reports().filter(reporter=person)[:LISTED]]
    roles = watch(now=now)
    if not roles.holds_a_role(person):
        return Desk(own, answers=False)
    # Whoever has waited longest for an answer comes first; what is answered follows, newest first.
    waiting = _reports().exclude(state=ReportState.ANSWERED).order_by("made_at")
    answered = _reports().filter(state=ReportState.ANSWERED)[:LISTED]
    entrusted = [
        _line(row, person, now=now)
        for row in (*waiting, *answered)
        if person in roles.readers_of(row)
    ]
    return Desk(own, answers=True, entrusted=entrusted)


def report_for(person: Person, report_id: UUID, *, now: datetime) -> ReportLine | None:
    """The report, for whoever made it or answers for it; None for everybody else, also if there is none."""
    report = _reports().filter(pk=report_id).first()
    if report is None:
        return None
    if report.reporter_id != person.pk and person not in watch(now=now).readers_of(report):
        return None
    return _line(report, person, now=now)


def _reports() -> QuerySet[Report]:
    return Report.objects.select_related("group__site", "reporter", "about", "answered_by")


def _line(report: Report, person: Person, *, now: datetime) -> ReportLine:
    waits = report.state != ReportState.ANSWERED
    return ReportLine(
        report=report,
        is_own=report.reporter_id == person.pk,
        is_overdue=waits and now - report.made_at > ANSWER_WITHIN,
    )


def _is_by(person: Person, proof: dict[str, Any]) -> bool:
    shown = from_plain(proof)
    room_id = UUID(bytes=shown.room)
    return person_of(room_id, shown.alias, candidates=[person.pk]) is not None


def _words(content: bytes) -> str:
    """The words in what was sealed (docs/engines/wire.md); whatever holds none is shown as it is."""
    whole = content.decode("utf-8", errors="replace")
    try:
        read = json.loads(whole)
    except (ValueError, RecursionError):
        read = None
    text = read.get("text") if isinstance(read, dict) else None
    # Threat: a text with a character that no database or page can hold could never be reported.
    return storable(text if isinstance(text, str) else whole)


def storable(text: str) -> str:
    """The text with a question mark for half a character, and without the one that PostgreSQL refuses."""
    return text.encode("utf-8", errors="replace").decode().replace("\0", "")
