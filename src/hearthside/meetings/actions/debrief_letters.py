"""Letters about the time after a meeting: the two questions, and a call. No letter says what anybody answered."""

from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearthside.accounts.models import Person
from hearthside.groups.queries.shield import letters_from
from hearthside.meetings.models import CallAsked
from hearthside.meetings.queries.debrief import to_be_asked
from hearthside.notices.actions import tell
from hearthside.notices.enums import Kind
from hearthside.notices.models import Letter

# After this long the page "Today" is reminder enough.
ASKED_WITHIN: Final = timedelta(hours=12)
USEFUL_FOR: Final = timedelta(days=7)


def after_meetings(*, now: datetime) -> int:
    """To everyone who had a role at a meeting that has ended: two questions. Each once; within their own hours."""
    duties = to_be_asked(since=now - ASKED_WITHIN, now=now)
    abouts = {f"debrief:{duty.meeting_id}" for duty in duties}
    written = set(
        Letter.objects.filter(kind=Kind.DUTY, about__in=abouts).values_list("person_id", "about")
    )
    for duty in duties:
        about = f"debrief:{duty.meeting_id}"
        if (duty.person_id, about) in written:
            continue
        tell(
            person=duty.person,
            kind=Kind.DUTY,
            about=about,
            subject=_("How was it for you?"),
            text=_("Two questions, only for you. It takes a minute: %(url)s"),
            path=reverse("debrief", args=[duty.meeting_id]),
            due_at=letters_from(duty.person, now=now),
            now=now,
            expires_at=now + USEFUL_FOR,
        )
    return len(duties)


def call_asked(*, call: CallAsked, to: Person, now: datetime) -> None:
    """To whoever can call: somebody wants a call."""
    # Never held back for somebody's hours: a person waits.
    tell(
        person=to,
        kind=Kind.DUTY,
        about=f"call:{call.pk}",
        subject=_("Somebody who leads asks for a call"),
        text=_("Please see who can call, today if possible: %(url)s"),
        path=reverse("calls"),
        now=now,
    )


def call_taken(*, call: CallAsked, by: Person, now: datetime) -> None:
    """To whoever asked: this person will call."""
    tell(
        person=call.person,
        kind=Kind.DUTY,
        about=f"calls:{call.pk}",
        subject=_("You will be called"),
        text=_("%(person)s has read that you want a call. See it here: %(url)s"),
        values={"person": by},
        path=reverse("calls"),
        now=now,
    )
