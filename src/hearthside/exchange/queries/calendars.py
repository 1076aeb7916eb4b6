"""Meetings as calendars read them: a group's for everyone, a person's for themselves."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.exchange.models import CalendarLink
from hearthside.groups.models import Group, Membership
from hearthside.meetings.models import Meeting, Seat, Series
from hearthside.meetings.queries.joining import joining
from peerkit.formats.icalendar import CalendarEntry, encode

PRODID: Final = "-//Hearthside//Hearthside//EN"
KEPT: Final = timedelta(days=60)
MINUTE: Final = timedelta(minutes=1)


def group_feed(group: Group, *, now: datetime) -> bytes:
    """The group's meetings for everyone: what its public page says, and no more; in four queries."""
    return encode(
        group_entries(group, now=now), name=group.name, prodid=PRODID, refresh_minutes=180
    )


def own_feed(link: CalendarLink, *, now: datetime) -> bytes:
    """The meetings at which the person has a seat; discreet ones say neither what nor where."""
    name = _("Appointments") if link.is_discreet else _("My meetings")
    return encode(own_entries(link, now=now), name=name, prodid=PRODID)


def links_of(person: Person, *, now: datetime) -> QuerySet[CalendarLink]:
    """The person's addresses in force, newest first."""
    return CalendarLink.objects.of(person).in_force(now=now).order_by("-from_at")


def group_entries(group: Group, *, now: datetime) -> list[CalendarEntry]:
    """One entry for each timetable, and one for each meeting that was moved or cancelled."""
    entries: list[CalendarEntry] = []
    for series in group.series.filter(ended_at=None).order_by("starts_local", "pk"):
        changed = list(_changed(series, since=now - KEPT))
        entries += _series_entries(group, series, changed)
    return entries


def own_entries(link: CalendarLink, *, now: datetime) -> list[CalendarEntry]:
    """One entry for each meeting to which the person has a seat, now or lately."""
    seats = (
        Seat.objects.held()
        .of(link.person)
        .filter(meeting__ends_at__gt=now - KEPT)
        .select_related("meeting__group", "meeting__cancellation")
        .prefetch_related("meeting__moves")
        .order_by("meeting__starts_at", "pk")
    )
    # Threat: who has left must not go on reading a group's current link from an old seat.
    mine = set(
        Membership.objects.of(link.person).belonging(now=now).values_list("group_id", flat=True)
    )
    return [
        _own_entry(seat, is_discreet=link.is_discreet, belongs=seat.meeting.group_id in mine)
        for seat in seats
    ]


def _series_entries(
    group: Group, series: Series, changed: Iterable[Meeting]
) -> Iterator[CalendarEntry]:
    entry = CalendarEntry(
        uid=_uid("series", series.pk),
        summary=group.name,
        starts=datetime.fromisoformat(series.starts_local),
        zone=series.zone,
        minutes=series.minutes,
        rule=series.rule,
        updated_at=group.changed_at,
        location=_public_place(group),
        url=f"{settings.SITE_URL}{group.get_absolute_url()}",
    )
    if series.rule:
        yield entry
        yield from (_changed_entry(entry, meeting) for meeting in changed)
    else:
        # What happens once has no series to differ from: the meeting itself says when.
        once = [_once(_changed_entry(entry, meeting)) for meeting in changed]
        yield from once or [entry]


def _changed(series: Series, *, since: datetime) -> QuerySet[Meeting]:
    meetings = series.meetings.filter(ends_at__gt=since).exclude(moved_from=None, cancellation=None)
    return meetings.select_related("cancellation").prefetch_related("moves").order_by("local_start")


def _changed_entry(entry: CalendarEntry, meeting: Meeting) -> CalendarEntry:
    return replace(
        entry,
        rule="",
        starts=_local(meeting.starts_at, meeting.zone),
        zone=meeting.zone,
        minutes=_minutes(meeting),
        recurrence_id=datetime.fromisoformat(meeting.local_start),
        sequence=meeting.revision,
        cancelled=meeting.is_cancelled(),
        updated_at=_updated_at(meeting, entry.updated_at),
    )


def _once(entry: CalendarEntry) -> CalendarEntry:
    return replace(entry, recurrence_id=None)


def _own_entry(seat: Seat, *, is_discreet: bool, belongs: bool) -> CalendarEntry:
    meeting, group = seat.meeting, seat.meeting.group
    entry = CalendarEntry(
        uid=_uid("meeting", meeting.pk),
        # A calendar is seen by whoever looks over a shoulder, and by whoever runs the calendar.
        summary=_("Appointment") if is_discreet else group.name,
        starts=_local(meeting.starts_at, meeting.zone),
        zone=meeting.zone,
        minutes=_minutes(meeting),
        sequence=meeting.revision,
        cancelled=meeting.is_cancelled(),
        updated_at=_updated_at(meeting, seat.seated_at or seat.asked_at),
    )
    if is_discreet:
        return entry
    where = joining(group, belongs=belongs, has_seat=belongs)
    return replace(
        entry,
        location=", ".join(filter(None, (where.venue, where.address))),
        description="\n".join(filter(None, (where.link, where.phone, where.notes))),
        url=f"{settings.SITE_URL}{meeting.get_absolute_url()}",
        updated_at=max(entry.updated_at, group.changed_at),
    )


def _public_place(group: Group) -> str:
    """As far as anybody may know it: of a private address only the town or area."""
    where = joining(group, belongs=False, has_seat=False)
    parts = (where.venue, where.address) if where.venue or where.address else (group.locality,)
    return ", ".join(filter(None, parts)) if group.is_in_person() else ""


def _updated_at(meeting: Meeting, since: datetime) -> datetime:
    moments = [since, *(move.at for move in meeting.moves.all())]
    if meeting.is_cancelled():
        moments.append(meeting.cancellation.at)
    return max(moments)


def _local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _minutes(meeting: Meeting) -> int:
    return max(int(meeting.length() / MINUTE), 1)


def _uid(kind: str, key: object) -> str:
    return f"{kind}-{key}@{urlsplit(settings.SITE_URL).hostname}"
