"""Reports from rooms: what each message proves, and who was around to say it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from hearthside.accounts.models import Person
from hearthside.groups.models import Membership, Role
from hearthside.rooms.models import Entry, Report, Room
from hearthside.rooms.queries.aliases import keys, person_of
from hearthside.safety.enums import SubjectKind
from hearthside.safety.ports import Subject
from hearthside.safety.queries.duty import people_on_rota
from peerkit.franking import Forged, ReportIsMalformed, Verified, from_plain, verify
from peerkit.franking import Report as Proof


class Malformed(Exception):
    """What was handed in is no proof at all, true or false."""


@dataclass(frozen=True)
class Said:
    """One message that somebody disclosed, with its proof as it was handed in.

    Verified: it was said in this room, by `person` (None where the account is gone), at that time. If
    not, `person` is only whom it names as its sender, which proves nothing and is never shown.
    """

    text: str
    person: Person | None
    at: datetime | None
    seq: int
    proof: Any
    is_verified: bool


def said(room: Room, plain: object, *, people: dict[UUID, Person]) -> Said:
    """What one message that was handed in proves; `people` are those who may have said it.

    Raises Malformed.
    """
    try:
        proof = from_plain(plain)
    except ReportIsMalformed as error:
        raise Malformed from error
    found = person_of(UUID(bytes=proof.room), proof.alias, candidates=people)
    person = people[found] if found else None
    # Threat: what was said in one room is shown as if it had been said in another.
    proven = _proven(proof) if proof.room == room.pk.bytes else None
    at = proven.sent_at if proven else None
    return Said(_words(proof.content), person, at, proof.seq, plain, proven is not None)


def people_around(room: Room, *, now: datetime) -> dict[UUID, Person]:
    """Whoever may have said something in the room, or may come to read a report of it.

    Those who came, all who ever belonged to the group or led it, whoever has a role over the programme
    or its sites, and those on duty.
    """
    came = Entry.objects.filter(room=room).values("person")
    belonged = Membership.objects.filter(group=room.group_id).values("person")
    led = Role.objects.filter(Q(group=room.group_id) | Q(group=None)).values("person")
    is_around = Q(pk__in=came) | Q(pk__in=belonged) | Q(pk__in=led)
    return Person.objects.filter(is_around | Q(pk__in=people_on_rota(now=now))).in_bulk()


def subject_of(report: Report, *, people: frozenset[UUID] = frozenset()) -> Subject:
    """The report as what a concern is about."""
    return Subject(
        SubjectKind.MESSAGE, report.pk, report.group.name, people=people, group=report.group_id
    )


def _proven(proof: Proof) -> Verified | None:
    try:
        return verify(proof, keys())
    except Forged:
        return None


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
