"""What people are told about meetings: in their language, by their clock, and once.

Subjects never name a group: whoever glances at a phone learns only that there is a meeting.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy, override

from hearthside.accounts.models import Person
from hearthside.groups.queries.shield import letters_from
from hearthside.meetings.models import Duty, Meeting, Seat
from hearthside.meetings.queries.duties import answer_url
from hearthside.meetings.queries.joining import joining
from hearthside.meetings.queries.people import greeter_of
from hearthside.meetings.queries.seats import has_been_to
from hearthside.meetings.queries.times import moment_words, time_words
from hearthside.notices import actions as notices
from hearthside.notices.enums import Kind

SUBJECTS = {
    "booked": gettext_lazy("Your seat is booked: %(when)s"),
    "seated": gettext_lazy("A seat is free for you: %(when)s"),
    "tomorrow": gettext_lazy("Your meeting tomorrow at %(time)s"),
    "soon": gettext_lazy("Your meeting starts at %(time)s"),
    "missed": gettext_lazy("We missed you"),
    "moved": gettext_lazy("Your meeting has a new time: %(when)s"),
    "cancelled": gettext_lazy("Your meeting is cancelled: %(when)s"),
    "restored": gettext_lazy("Your meeting takes place after all: %(when)s"),
    "duty": gettext_lazy("Can you be there? %(when)s"),
    "declined": gettext_lazy("Someone cannot be there: %(when)s"),
    "step_in": gettext_lazy("Can you step in? %(when)s"),
    "leads": gettext_lazy("You lead now: %(when)s"),
    "found": gettext_lazy("Somebody was found: %(when)s"),
    "door": gettext_lazy("It is nearly time: %(when)s"),
    "keep_safe": gettext_lazy("Can you keep a room safe? %(when)s"),
    "alone": gettext_lazy("Nobody keeps the room safe: %(when)s"),
    "swap": gettext_lazy("Will you change places? %(when)s"),
    "not_held": gettext_lazy("Your meeting cannot be held: %(when)s"),
    "rung": gettext_lazy("A meeting needs somebody: %(when)s"),
}
# "We missed you" is kind for a few days and odd later.
MISSED_FOR = timedelta(days=4)


def booked(*, seat: Seat, meeting: Meeting, now: datetime) -> None:
    """To the person who just took a chair."""
    _to_seat("booked", Kind.BOOKED, seat, meeting, about=f"seat:{seat.pk}", now=now)


def seated(*, seat: Seat, meeting: Meeting, now: datetime) -> None:
    """To the person who waited and now has a chair."""
    # With the moment: the same place in line may be given up, taken back and seated again.
    about = f"seat:{seat.pk}:{now:%Y%m%dT%H%M%S}"
    _to_seat("seated", Kind.SEATED, seat, meeting, about=about, now=now)


def tomorrow(*, seat: Seat, meeting: Meeting, now: datetime) -> None:
    _to_seat("tomorrow", Kind.TOMORROW, seat, meeting, about=about_time(meeting=meeting), now=now)


def soon(*, seat: Seat, meeting: Meeting, now: datetime) -> None:
    _to_seat("soon", Kind.SOON, seat, meeting, about=about_time(meeting=meeting), now=now)


def missed(*, person: Person, meeting: Meeting, following: Meeting | None, now: datetime) -> None:
    """To someone who was expected and did not come; `following` is the group's next meeting."""
    write(
        template="missed",
        kind=Kind.MISSED,
        person=person,
        meeting=meeting,
        about=about_meeting(meeting=meeting),
        now=now,
        expires_at=meeting.ends_at + MISSED_FOR,
        following=following and _when(following, person),
    )


def moved(*, meeting: Meeting, now: datetime) -> None:
    _to_everyone("moved", Kind.MOVED, meeting, now=now)


def cancelled(*, meeting: Meeting, message: str, by: Person | None, now: datetime) -> None:
    """To all with a seat or in line, and to those who were to lead or greet."""
    _to_everyone("cancelled", Kind.CANCELLED, meeting, now=now, message=message)
    on_duty = meeting.duties.filter(declined_at=None).exclude(person=by).select_related("person")
    for each in on_duty:
        about = f"off:{about_time(meeting=meeting)}"
        write(
            template="cancelled",
            kind=Kind.DUTY,
            person=each.person,
            meeting=meeting,
            about=about,
            now=now,
            message=message,
        )


def restored(*, meeting: Meeting, now: datetime) -> None:
    # Of the kind "cancelled": whoever was told that it is off is told that it is on.
    _to_everyone("restored", Kind.CANCELLED, meeting, now=now)


def duty(*, duty: Duty, meeting: Meeting, now: datetime) -> None:
    """To someone who leads or greets: will you be there?"""
    about = about_time(meeting=meeting)
    # Held until the hours that they chose, and never so long that no day is left to answer.
    due = letters_from(duty.person, now=now, before=meeting.starts_at)
    write(
        template="duty",
        kind=Kind.DUTY,
        person=duty.person,
        meeting=meeting,
        about=about,
        now=now,
        due_at=due,
        duty=duty,
        answer_url=answer_url(duty),
    )


def declined(*, duty: Duty, meeting: Meeting, to: Iterable[Person], now: datetime) -> None:
    """To those who can find somebody else: this person cannot be there."""
    for person in to:
        about = f"declined:{duty.pk}"
        due = letters_from(person, now=now, before=meeting.starts_at)
        write(
            template="declined",
            kind=Kind.DUTY,
            person=person,
            meeting=meeting,
            about=about,
            now=now,
            due_at=due,
            duty=duty,
        )


def call_off(*, meeting: Meeting, person: Person | None = None, now: datetime) -> None:
    """Unsent reminders of the meeting have no use any more: to one person, or to all."""
    notices.call_off(
        about=about_time(meeting=meeting),
        because="seat given up or meeting off",
        person=person,
        now=now,
    )


def about_meeting(*, meeting: Meeting) -> str:
    return f"meeting:{meeting.pk}"


def about_time(*, meeting: Meeting) -> str:
    """Names the meeting at its present time, so that a meeting that moved is remembered anew."""
    return f"meeting:{meeting.pk}:{meeting.starts_at:%Y%m%dT%H%MZ}"


def _to_everyone(
    template: str, kind: Kind, meeting: Meeting, *, now: datetime, message: str = ""
) -> None:
    """To all who have a seat or wait for one; once per change of the meeting."""
    about = f"meeting:{meeting.pk}:r{meeting.revision}"
    for seat in Seat.objects.open().filter(meeting=meeting).select_related("person"):
        _to_seat(template, kind, seat, meeting, about=about, now=now, message=message)


def _to_seat(
    template: str,
    kind: Kind,
    seat: Seat,
    meeting: Meeting,
    *,
    about: str,
    now: datetime,
    **more: Any,
) -> None:
    person, group = seat.person, meeting.group
    is_first = not has_been_to(person, group, before=meeting.starts_at)
    write(
        template=template,
        kind=kind,
        person=person,
        meeting=meeting,
        about=about,
        now=now,
        seat=seat,
        joining=joining(group, belongs=True, has_seat=not seat.is_waiting()),
        greeter=greeter_of(meeting, now=now) if is_first else None,
        **more,
    )


def write(
    *,
    template: str,
    kind: Kind,
    person: Person,
    meeting: Meeting,
    about: str,
    now: datetime,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    **more: object,
) -> None:
    """One letter about a meeting, from the template of that name, in the reader's language and by their clock."""
    with override(person.language or settings.LANGUAGE_CODE):
        when = _when(meeting, person)
        zone = person.time_zone or meeting.zone
        context = {
            "person": person,
            "meeting": meeting,
            "group": meeting.group,
            "when": when,
            "time": time_words(meeting.starts_at, zone=zone),
            "url": settings.SITE_URL + meeting.get_absolute_url(),
            "room_url": settings.SITE_URL + reverse("meeting_room", args=[meeting.pk]),
            "group_url": settings.SITE_URL + meeting.group.get_absolute_url(),
            "leave_url": settings.SITE_URL + reverse("membership_end", args=[meeting.group.slug]),
            **more,
        }
        notices.post(
            person=person,
            kind=kind,
            about=about,
            subject=str(SUBJECTS[template]) % {"when": when, "time": context["time"]},
            text=_tidy(render_to_string(f"meetings/mail/{template}.txt", context)),
            due_at=due_at or now,
            now=now,
            expires_at=expires_at or meeting.ends_at,
        )


def _tidy(text: str) -> str:
    """Without the empty lines that parts which say nothing leave behind."""
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _when(meeting: Meeting, person: Person) -> str:
    return moment_words(meeting.starts_at, zone=person.time_zone, of_group=meeting.zone)
