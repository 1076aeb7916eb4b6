"""Letters that time brings: tomorrow, soon, missed you. Each once, however often this is run or killed.

Every letter is its own transaction and its own unique row, so a scan that dies half way leaves no
gap: the next one writes what is missing and nothing twice.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Consent, Person
from hearthside.groups.models import Membership
from hearthside.meetings.actions import letters
from hearthside.meetings.enums import Mark
from hearthside.meetings.models import Attendance, Meeting, Seat
from hearthside.notices.enums import Kind
from hearthside.notices.models import Letter

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# "The day after": late enough not to wake anyone, and a facilitator may still put a mark right.
MISSED_AFTER = timedelta(hours=16)


def remind(*, now: datetime) -> int:
    """Write every reminder that is due; returns how many."""
    return (
        _remind_seats(Kind.TOMORROW, letters.tomorrow, ahead=DAY, now=now)
        + _remind_seats(Kind.SOON, letters.soon, ahead=HOUR, now=now)
        + _miss(now=now)
    )


def _remind_seats(
    kind: Kind, letter: Callable[..., None], *, ahead: timedelta, now: datetime
) -> int:
    """To everyone with a seat at a meeting that begins within `ahead`.

    Whoever took the seat within that time has just been told, and is not told again.
    """
    meetings = Meeting.objects.standing().within(from_at=now, until_at=now + ahead)
    seats = (
        Seat.objects.held()
        .filter(meeting__in=meetings, person__in=_reachable(kind, now=now))
        .select_related("person", "meeting__group")
    )
    due = [seat for seat in seats.order_by("pk") if _was_taken_before(seat, ahead)]
    written = _written(kind, {letters.about_time(meeting=seat.meeting) for seat in due})
    due = [
        seat
        for seat in due
        if (seat.person_id, letters.about_time(meeting=seat.meeting)) not in written
    ]
    for seat in due:
        letter(seat=seat, meeting=seat.meeting, now=now)
    return len(due)


def _was_taken_before(seat: Seat, ahead: timedelta) -> bool:
    return seat.seated_at is not None and seat.seated_at <= seat.meeting.starts_at - ahead


def _miss(*, now: datetime) -> int:
    """To everyone who was marked as missed and still belongs to the group."""
    marks = _missed(now=now)
    written = _written(Kind.MISSED, {letters.about_meeting(meeting=mark.meeting) for mark in marks})
    due = [
        mark
        for mark in marks
        if (mark.person_id, letters.about_meeting(meeting=mark.meeting)) not in written
    ]
    for mark in due:
        standing = Meeting.objects.standing().filter(group=mark.meeting.group, starts_at__gt=now)
        following = standing.order_by("starts_at").first()
        letters.missed(person=mark.person, meeting=mark.meeting, following=following, now=now)
    return len(due)


def _missed(*, now: datetime) -> list[Attendance]:
    marks = Attendance.objects.filter(
        mark=Mark.MISSED,
        person__in=_reachable(Kind.MISSED, now=now),
        meeting__ends_at__lte=now - MISSED_AFTER,
        meeting__ends_at__gt=now - letters.MISSED_FOR,
    ).select_related("person", "meeting__group")
    belonging = set(
        Membership.objects.belonging(now=now)
        .filter(person__in=marks.values("person"))
        .values_list("person_id", "group_id")
    )
    return [
        mark
        for mark in marks.order_by("pk")
        if (mark.person_id, mark.meeting.group_id) in belonging
    ]


def _reachable(kind: Kind, *, now: datetime) -> QuerySet[Person]:
    """Those a letter of this kind may reach. `notices.post` judges each; this spares it the hopeless."""
    agrees = Consent.objects.in_force(now=now).filter(purpose=Purpose.REMINDERS)
    return Person.objects.filter(
        pk__in=agrees.values("person"), emailaddress__verified=True, is_active=True
    ).exclude(unsubscriptions__kind=kind)


def _written(kind: Kind, abouts: Iterable[str]) -> set[tuple[object, str]]:
    rows = Letter.objects.filter(kind=kind, about__in=set(abouts))
    return set(rows.values_list("person_id", "about"))
