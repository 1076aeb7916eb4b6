"""What people are told while somebody is looked for who leads a meeting. Nobody is told why somebody cannot."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from hearthside.accounts.models import Person
from hearthside.meetings.actions.letters import about_time, write
from hearthside.meetings.enums import DutyKind, DutyWay
from hearthside.meetings.models import Duty, Meeting, Seat
from hearthside.meetings.queries.duties import answer_url
from hearthside.meetings.queries.people import coordinators_of
from hearthside.meetings.queries.times import moment_words
from hearthside.notices.enums import Kind


def step_in(*, duty: Duty, meeting: Meeting, is_late: bool, now: datetime) -> None:
    """To somebody who is asked to lead, or shortly before to stand by."""
    about = _about(duty, meeting, "in", now)
    _to_duty("step_in", duty, meeting, about, now=now, duty=duty, is_late=is_late)


def leads(*, duty: Duty, meeting: Meeting, now: datetime) -> None:
    """To whoever covered, and leads from now on."""
    _to_duty("leads", duty, meeting, _about(duty, meeting, "leads", now), now=now)


def all_found(*, duty: Duty, meeting: Meeting, now: datetime) -> None:
    """To everybody else who was asked for this part and has not answered: they need not any more."""
    asked = Duty.objects.filter(meeting=meeting, kind=duty.kind).unanswered().exclude(pk=duty.pk)
    if duty.kind == DutyKind.SAFETY:
        asked = asked.filter(way=DutyWay.POOL)
    for each in asked.select_related("person").order_by("asked_at", "pk"):
        found(duty=each, meeting=meeting, now=now)


def found(*, duty: Duty, meeting: Meeting, now: datetime) -> None:
    """To somebody of the pool who has not answered: they are free."""
    _to_duty("found", duty, meeting, f"found:{duty.pk}:{duty.times}", now=now, duty=duty)


def keep_safe(*, duty: Duty, lead: Person, meeting: Meeting, now: datetime) -> None:
    """To somebody of the pool: can you keep the room safe, beside whoever leads?"""
    _to_duty("keep_safe", duty, meeting, _about(duty, meeting, "safe", now), now=now, lead=lead)


def alone(*, duty: Duty, meeting: Meeting, now: datetime) -> None:
    """To whoever leads: nobody keeps the room safe this time."""
    about = f"alone:{duty.pk}:{about_time(meeting=meeting)}"
    _to_duty("alone", duty, meeting, about, now=now)


def door(*, duty: Duty, meeting: Meeting, now: datetime) -> None:
    """To somebody who said yes and is not at the door yet."""
    _to_duty("door", duty, meeting, about_door(duty=duty, meeting=meeting), now=now)


def swap(*, duty: Duty, by: Person, meeting: Meeting, now: datetime) -> None:
    """To whoever covers: will you change places?"""
    _to_duty("swap", duty, meeting, _about(duty, meeting, "swap", now), now=now, by=by)


def not_held(
    *, meeting: Meeting, has_haven: bool, following: Meeting | None, now: datetime
) -> None:
    """To everybody with a seat or in line: it cannot be held, and what there is instead."""
    about = f"not-held:{about_time(meeting=meeting)}"
    for seat in Seat.objects.open().filter(meeting=meeting).select_related("person"):
        when = following and moment_words(
            following.starts_at, zone=seat.person.time_zone, of_group=following.zone
        )
        write(
            template="not_held",
            kind=Kind.CANCELLED,
            person=seat.person,
            meeting=meeting,
            about=about,
            now=now,
            expires_at=None,
            has_haven=has_haven,
            following=when,
            help_url=settings.SITE_URL + reverse("crisis"),
        )


def rung(*, meeting: Meeting, said: str, wave: int, now: datetime) -> None:
    """To those who look after the site: which rung is climbed for which meeting."""
    about = f"rung:{about_time(meeting=meeting)}:{said}:{wave}"
    for person in coordinators_of(meeting.group, now=now):
        write(
            template="rung",
            kind=Kind.DUTY,
            person=person,
            meeting=meeting,
            about=about,
            now=now,
            said=said,
            week_url=settings.SITE_URL + reverse("duty_week", args=[meeting.group.site.slug]),
        )


def _to_duty(
    template: str, to: Duty, meeting: Meeting, about: str, *, now: datetime, **more: Any
) -> None:
    """To whoever has the duty, with the address at which they answer."""
    write(
        template=template,
        kind=Kind.DUTY,
        person=to.person,
        meeting=meeting,
        about=about,
        now=now,
        answer_url=answer_url(to),
        **more,
    )


def about_door(*, duty: Duty, meeting: Meeting) -> str:
    return f"door:{duty.pk}:{about_time(meeting=meeting)}"


def _about(duty: Duty, meeting: Meeting, what: str, now: datetime) -> str:
    # With the moment it was asked: the same person may be asked again on a later rung.
    return f"duty:{duty.pk}:{what}:{now:%Y%m%dT%H%M}:{meeting.revision}"
