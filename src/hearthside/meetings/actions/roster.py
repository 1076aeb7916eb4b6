"""Who came, and the facilitator's note that holds no names."""

import re
from datetime import datetime, timedelta

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.groups.enums import Standing
from hearthside.groups.queries.belonging import membership_of
from hearthside.meetings.actions.refusals import (
    MeetingIsCancelled,
    NotAMember,
    NoteHoldsNames,
    TooEarlyToMark,
)
from hearthside.meetings.enums import Mark
from hearthside.meetings.models import Attendance, Meeting, Note
from hearthside.meetings.queries.roster import names_around

MARK_FROM = timedelta(hours=1)

EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.\w+")
# Seven digits or more, however they are grouped: shorter runs are times, dates and head counts.
PHONE = re.compile(r"\+?\d(?:[\s().\-/]{0,2}\d){6,}")
DATE = re.compile(r"\b(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})\b")


@transaction.atomic
def mark(
    *,
    meeting: Meeting,
    person: Person,
    mark: Mark,
    by: Person,
    now: datetime,
    at: datetime | None = None,
) -> Attendance:
    """Write down that the person came, came late, left early (`at` that time, or now) or did not come.

    A later mark replaces the earlier one; "late" and "left early" keep each other's times. Raises
    TooEarlyToMark, MeetingIsCancelled, or NotAMember for someone who neither belongs to the group
    nor had a seat.
    """
    _refuse_marks(meeting, person, now)
    found, _is_new = Attendance.objects.select_for_update(no_key=True).get_or_create(
        meeting=meeting,
        person=person,
        defaults={"mark": mark, "recorded_by": by, "recorded_at": now},
    )
    if mark in (Mark.CAME, Mark.MISSED):
        found.arrived_at = found.left_at = None
    elif mark == Mark.LATE:
        found.arrived_at = at or _within(meeting, now)
    else:
        found.left_at = at or _within(meeting, now)
    found.mark, found.recorded_by, found.recorded_at = mark, by, now
    found.save()
    return found


def may_mark(*, meeting: Meeting, now: datetime) -> bool:
    """People arrive early; who comes can be marked from an hour before the meeting."""
    return now >= meeting.starts_at - MARK_FROM


def unmark(*, meeting: Meeting, person: Person) -> None:
    """Take the person's mark away: nothing is known about whether they came."""
    Attendance.objects.filter(meeting=meeting, person=person).delete()


@transaction.atomic
def write_note(*, meeting: Meeting, text: str, by: Person, now: datetime) -> Note | None:
    """Keep the facilitator's note, in place of an earlier one; an empty text removes it.

    Raises NoteHoldsNames when it holds a pseudonym from around the group, an e-mail address or a
    phone number: a note outlives the meeting, and nobody agreed to be in it.
    """
    text = text.strip()
    if found := words_that_name(text=text, names=names_around(meeting.group)):
        raise NoteHoldsNames(found)
    if not text:
        Note.objects.filter(meeting=meeting).delete()
        return None
    note, _is_new = Note.objects.update_or_create(
        meeting=meeting, defaults={"text": text, "written_by": by, "written_at": now}
    )
    return note


def words_that_name(*, text: str, names: set[str]) -> list[str]:
    """The parts of `text` that may tell who somebody is, in order, each once."""
    found = [*EMAIL.finditer(text), *PHONE.finditer(DATE.sub(_blank, text))]
    for name in names:
        found += re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
    found.sort(key=lambda match: match.start())
    return list(dict.fromkeys(match.group().strip() for match in found))


def _blank(match: re.Match[str]) -> str:
    return "x" * len(match.group())


def _refuse_marks(meeting: Meeting, person: Person, now: datetime) -> None:
    if meeting.is_cancelled():
        raise MeetingIsCancelled
    if not may_mark(meeting=meeting, now=now):
        raise TooEarlyToMark
    if (
        meeting.seats.filter(person=person).exists()
        or meeting.attendances.filter(person=person).exists()
    ):
        return
    membership = membership_of(person, meeting.group, now=now)
    if membership is None or membership.standing == Standing.ASKED:
        raise NotAMember


def _within(meeting: Meeting, at: datetime) -> datetime:
    return min(max(at, meeting.starts_at), meeting.ends_at)
