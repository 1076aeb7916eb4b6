"""Groups that take guests: which of their meetings the people of a meeting that is not held may come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from hearthside.accounts.models import Person
from hearthside.groups.enums import Openness, Stage
from hearthside.groups.models import GroundRules, Membership
from hearthside.groups.queries.apart import is_barred
from hearthside.groups.queries.belonging import (
    hard_rules,
    membership_of,
    rules_in_force,
    rules_to_accept,
)
from hearthside.groups.queries.under_eighteen import is_open_to_its_ages
from hearthside.meetings.models import Guest, Haven, Meeting, Seat
from hearthside.safety.queries.measures import closing_on

NEAR = timedelta(hours=24)
MOST = 3


@dataclass(frozen=True)
class Offered:
    """One seat as a guest, as one person sees it; `rules` are those they have yet to say yes to."""

    haven: Haven
    host: Meeting
    left: int
    rules: GroundRules | None
    conditions: Sequence[str]
    is_taken: bool


def havens_for(meeting: Meeting, *, now: datetime) -> list[Meeting]:
    """Up to three meetings that may take guests of this one, the nearest in time first.

    Alike is: an experience in common, the same way to meet (and where people must go, the same site), a
    language in common, for the same people, within a day, not begun, with a seat for guests that is free.
    Threat: a child is sent to a group of adults, or an adult to a group of children.
    """
    group = meeting.group
    rows = (
        Meeting.objects.standing()
        .within(from_at=max(now, meeting.starts_at - NEAR), until_at=meeting.starts_at + NEAR)
        .filter(
            group__welcome__isnull=False, group__stage=Stage.OPEN, group__openness=Openness.OPEN,
            group__format=group.format, group__gender=group.gender,
            group__experiences__in=group.experiences.all(),
        )
        .exclude(group=group)
        # A group that is itself without anybody to lead is no way out.
        .filter(duties__kind="lead", duties__confirmed_at__isnull=False)
        .select_related("group__site", "group__welcome")
        .order_by("starts_at", "pk")
        .distinct()
    )  # fmt: skip
    if group.is_in_person():
        rows = rows.filter(group__site=group.site_id)
    alike = [
        row
        for row in rows
        if _speaks(row, meeting)
        and row.group.ages.takes_all_of(group.ages)
        and is_open_to_its_ages(row.group)
        and _left(row) > 0
    ]
    return sorted(alike, key=lambda row: abs(row.starts_at - meeting.starts_at))[:MOST]


def offers_to(person: Person, meeting: Meeting, *, now: datetime) -> list[Offered]:
    """The seats as a guest that the person may take instead of this meeting.

    Threat: somebody is offered a seat beside a person whom they must not meet, or learns from its absence
    where that person sits. So such a meeting is left out like one that is full.
    """
    held = Haven.objects.filter(meeting=meeting).select_related(
        "meeting__group", "host__group__site", "host__group__welcome"
    )
    found = [
        _offered(person, haven, now=now) for haven in held if may_visit(person, haven, now=now)
    ]
    return [each for each in found if each.is_taken or each.left > 0]


def may_visit(person: Person, haven: Haven, *, now: datetime) -> bool:
    """Whether the person belongs to the group whose meeting is not held, and nothing keeps them from the host."""
    host = haven.host
    belongs = Membership.objects.belonging(now=now).of(person).filter(group=haven.meeting.group_id)
    barred = is_barred(person, host.group, now=now)
    closed = closing_on(person, host.group_id, at=max(now, host.starts_at))
    is_open = host.starts_at > now and host.group.stage == Stage.OPEN and not host.is_cancelled()
    # Asked again: what a group says of age may have changed since the seat was offered.
    is_alike = host.group.ages.takes_all_of(haven.meeting.group.ages)
    return is_open and is_alike and belongs.exists() and not barred and closed is None


def guests_left(host: Meeting) -> int:
    """Seats for guests that are free, and chairs that are free for them."""
    return _left(host)


def guest_at(person: Person, meeting: Meeting) -> Guest | None:
    return Guest.objects.filter(meeting=meeting, person=person).first()


def _offered(person: Person, haven: Haven, *, now: datetime) -> Offered:
    group = haven.host.group
    is_member = membership_of(person, group, now=now) is not None
    return Offered(
        haven=haven,
        host=haven.host,
        left=_left(haven.host),
        rules=rules_to_accept(person, group) and rules_in_force(group),
        conditions=[] if is_member else hard_rules(group),
        is_taken=Seat.objects.open().of(person).filter(meeting=haven.host).exists(),
    )


def _speaks(row: Meeting, meeting: Meeting) -> bool:
    own = set(meeting.group.languages)
    return not own or bool(own & set(row.group.languages))


def _left(host: Meeting) -> int:
    counts = (
        Seat.objects.open()
        .filter(meeting=host)
        .aggregate(
            taken=Count("pk"),
            guests=Count("pk", filter=Q(person__guest_visits__meeting=F("meeting"))),
        )
    )
    welcome: int = host.group.welcome.seats
    left: int = min(welcome - counts["guests"], host.seats_max - counts["taken"])
    return max(left, 0)
