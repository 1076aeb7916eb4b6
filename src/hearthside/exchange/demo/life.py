"""What goes on in the demonstration: seats taken, people waiting, who came, and a few surprises."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.db.models import Q

from hearthside.accounts.demo import DEMO_PEOPLE
from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind, Standing
from hearthside.groups.models import Membership, Role
from hearthside.groups.queries.training import leads_where
from hearthside.meetings.actions.meetings import cancel, move
from hearthside.meetings.enums import DutyKind, DutyWay, Mark
from hearthside.meetings.models import Attendance, Duty, Meeting, Note, Seat

STALE_AFTER: Final = timedelta(days=7)
BACK: Final = timedelta(weeks=7)
AHEAD: Final = timedelta(weeks=3)
ASKED_AHEAD: Final = timedelta(days=8)
DUTIES: Final = {RoleKind.FACILITATOR: DutyKind.LEAD, RoleKind.GREETER: DutyKind.GREET}
# Whoever tries the demonstration finds a seat in their name.
TRIED: Final = frozenset(each.pseudonym for each in DEMO_PEOPLE)
# The share of those who belong that takes a seat.
COMES: Final = 0.8
MARKS: Final = (Mark.CAME, Mark.CAME, Mark.CAME, Mark.CAME, Mark.LATE, Mark.MISSED, Mark.LEFT)
CANCELLED: Final = ("new-parents", "The yard is being painted. We meet again the week after.")
MOVED: Final = "dementia-carers"
NOTES: Final = (
    "A warm meeting. We spoke about nights and how to ask for help. The room was cold: bring the heater.",
    "Two people came for the first time. We stayed with one question until the end.",
    "A quiet start, a long round. Next time we begin with the question on the card.",
)

Span = tuple[datetime, datetime]


def is_stale(*, now: datetime) -> bool:
    """True if nobody has taken a seat for so long that the next meetings look empty."""
    # Those called beside the timetables are filled at every start, and say nothing of the others.
    regular = Seat.objects.exclude(meeting__series__rule="")
    newest = regular.order_by("-asked_at").values_list("asked_at", flat=True).first()
    return newest is None or now - newest > STALE_AFTER


def fill(*, now: datetime) -> None:
    """Seats, marks, notes and duties for meetings that have none, from some weeks ago to some weeks ahead."""
    meetings = list(
        Meeting.objects.within(from_at=now - BACK, until_at=now + AHEAD)
        .filter(seats=None, cancellation=None)
        .select_related("group")
        .order_by("starts_at", "pk")
    )
    seat(meetings=meetings, now=now)
    _write_rosters(now=now)
    _ask_teams(now=now)


def seat(*, meetings: Iterable[Meeting], now: datetime) -> None:
    """People take their seats at meetings where nobody has one."""
    seats = list(_seats(meetings, now=now))
    Seat.objects.bulk_create(seats, batch_size=1000)


def promise(*, meeting: Meeting, now: datetime) -> None:
    """Everyone who leads or greets the meeting's group has said that they will be there."""
    Duty.objects.bulk_create(
        Duty(
            meeting=meeting,
            person_id=role.person_id,
            kind=kind,
            way=DutyWay.TEAM,
            asked_at=now - timedelta(days=1),
            confirmed_at=now,
        )
        for role, kind in _parts(
            [role for role in _roles(now=now) if role.group_id == meeting.group_id]
        )
    )


def surprise(*, now: datetime) -> None:
    """One meeting is cancelled and one moved, some days from now."""
    slug, message = CANCELLED
    off, shifted = _after_next(slug, now=now), _after_next(MOVED, now=now)
    if off:
        cancel(meeting=off, message=message, by=_lead(off), now=now)
    if shifted and shifted.moved_from is None:
        later = timedelta(hours=1, minutes=30)
        move(
            meeting=shifted,
            starts_at=shifted.starts_at + later,
            ends_at=shifted.ends_at + later,
            by=_lead(shifted),
            now=now,
        )


def _seats(meetings: Iterable[Meeting], *, now: datetime) -> Iterator[Seat]:
    """Whoever belonged by then takes a seat, most of the time; beyond the last chair, people wait."""
    belonging: dict[object, list[Membership]] = defaultdict(list)
    members = Membership.objects.belonging(now=now).select_related("person")
    for membership in members.order_by("from_at", "person__pseudonym_key"):
        belonging[membership.group_id].append(membership)
    booked = _booked()
    for meeting in meetings:
        taken = 0
        span = (meeting.starts_at, meeting.ends_at)
        asked_at = min(now, meeting.starts_at) - timedelta(days=2)
        for membership in belonging[meeting.group_id]:
            if not _comes(membership, meeting, now) or _is_elsewhere(booked, membership, span):
                continue
            booked[membership.person_id].append(span)
            taken += 1
            has_chair = taken <= meeting.seats_max
            if not has_chair and meeting.ends_at <= now:
                continue
            asked_at += timedelta(minutes=20)
            yield Seat(
                meeting=meeting,
                person_id=membership.person_id,
                number=taken if has_chair else None,
                asked_at=asked_at,
                seated_at=asked_at if has_chair else None,
                is_listening_only=membership.is_listening_only,
            )


def _booked() -> dict[object, list[Span]]:
    booked: dict[object, list[Span]] = defaultdict(list)
    held = Seat.objects.open().values_list("person_id", "meeting__starts_at", "meeting__ends_at")
    for person_id, starts_at, ends_at in held:
        booked[person_id].append((starts_at, ends_at))
    return booked


def _comes(membership: Membership, meeting: Meeting, now: datetime) -> bool:
    if membership.from_at > meeting.starts_at:
        return False
    is_first = membership.standing == Standing.VISITING and meeting.starts_at > now
    name = membership.person.pseudonym
    return is_first or name in TRIED or _chance(name, meeting.local_start).random() < COMES


def _is_elsewhere(booked: dict[object, list[Span]], membership: Membership, span: Span) -> bool:
    return any(starts < span[1] and ends > span[0] for starts, ends in booked[membership.person_id])


def _write_rosters(*, now: datetime) -> None:
    """Who came to the meetings that are over, written down by whoever leads."""
    over = Meeting.objects.within(from_at=now - BACK, until_at=now).filter(
        ends_at__lte=now, attendances=None, cancellation=None
    )
    meetings = list(over.prefetch_related("seats").order_by("starts_at", "group__slug"))
    leads = {
        role.group_id: role.person_id
        for role in _roles(now=now)
        if role.kind == RoleKind.FACILITATOR
    }
    Attendance.objects.bulk_create(
        [
            Attendance(
                meeting=meeting,
                person_id=seat.person_id,
                mark=_chance(seat.number, meeting.local_start).choice(MARKS),
                recorded_by_id=leads.get(meeting.group_id),
                recorded_at=meeting.ends_at,
            )
            for meeting in meetings
            for seat in meeting.seats.all()
            if seat.number and seat.released_at is None
        ],
        batch_size=1000,
    )
    Note.objects.bulk_create(
        [
            Note(
                meeting=meeting,
                text=NOTES[number % len(NOTES)],
                written_by_id=leads.get(meeting.group_id),
                written_at=meeting.ends_at,
            )
            for number, meeting in enumerate(meetings)
            if number % 4 == 0
        ],
        ignore_conflicts=True,
    )


def _ask_teams(*, now: datetime) -> None:
    """Those who lead and greet in the next days; most have said yes, some have not answered."""
    soon = list(
        Meeting.objects.standing()
        .within(from_at=now, until_at=now + ASKED_AHEAD)
        .filter(duties=None)
    )
    team: dict[object, list[Role]] = defaultdict(list)
    for role in _roles(now=now):
        team[role.group_id].append(role)
    Duty.objects.bulk_create(
        Duty(
            meeting=meeting,
            person_id=role.person_id,
            kind=kind,
            way=DutyWay.TEAM,
            asked_at=now - timedelta(days=1),
            confirmed_at=now if _chance(meeting.local_start, kind).random() < COMES else None,
        )
        for meeting in soon
        for role, kind in _parts(team[meeting.group_id])
    )


def _parts(team: Iterable[Role]) -> Iterator[tuple[Role, DutyKind]]:
    """Who does what: whoever has facilitated the longest leads, the others cover; greeters greet."""
    is_led = False
    for role in team:
        kind = DUTIES[RoleKind(role.kind)]
        if kind == DutyKind.LEAD and is_led:
            kind = DutyKind.COVER
        is_led = is_led or kind == DutyKind.LEAD
        yield role, kind


def _roles(*, now: datetime) -> list[Role]:
    """Who greets, and who may lead: nobody in training is asked to."""
    held = Role.objects.filter(kind__in=DUTIES, until_at=None)
    leads = ~Q(kind=RoleKind.FACILITATOR) | leads_where("person", now=now)
    return list(held.filter(leads).order_by("from_at", "pk"))


def _after_next(slug: str, *, now: datetime) -> Meeting | None:
    """The meeting after the next one, if all is still as planned."""
    coming = list(Meeting.objects.upcoming(now=now).filter(group__slug=slug)[:2])
    is_as_planned = not any(meeting.is_cancelled() or meeting.moved_from for meeting in coming)
    return coming[1] if len(coming) > 1 and is_as_planned else None


def _lead(meeting: Meeting) -> Person | None:
    role = Role.objects.filter(group=meeting.group_id, kind=RoleKind.FACILITATOR).first()
    return role.person if role else None


def _chance(*seeds: object) -> Random:
    return Random("·".join(map(str, seeds)))  # noqa: S311 - made-up lives, nothing secret
