"""What people are told about places: in their language, by their clock, and once.

Subjects name no group and no experience: whoever glances at a phone learns nothing.
"""

import re
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from hearthside.accounts.models import Person
from hearthside.meetings.queries.times import moment_words
from hearthside.notices import actions as notices
from hearthside.notices.enums import Kind
from hearthside.notices.models import Letter
from hearthside.placing.models import Invitation
from hearthside.placing.queries.suggestion import suggestion_of


def place(*, invitation: Invitation, now: datetime) -> None:
    """A place is kept for the person: what for, until when, and where to say yes or no."""
    person, zone = invitation.request.person, _zone(invitation)
    with override(person.language or settings.LANGUAGE_CODE):
        seen = suggestion_of(invitation, now=now)
        context = {
            "person": person,
            "group": invitation.group,
            "reasons": seen.why,
            "drawback": seen.drawback,
            "when": seen.meeting and moment_words(
                seen.meeting.starts_at, zone=zone, of_group=seen.meeting.zone
            ),
            "until": moment_words(invitation.expires_at, zone=zone, of_group=zone),
            "url": address(name="invitation", key=invitation.pk),
        }  # fmt: skip
        notices.post(
            person=person,
            kind=Kind.PLACE,
            about=about(invitation=invitation),
            subject=_("We have a suggestion for you"),
            text=told(template="place", context=context),
            due_at=now,
            now=now,
            expires_at=invitation.expires_at,
        )


def place_is_gone(*, invitation: Invitation, now: datetime) -> None:
    """The place is not kept any more. Whoever was not told of it yet need not be told that it is gone."""
    person, key = invitation.request.person, about(invitation=invitation)
    call_off(invitation=invitation, because="withdrawn", now=now)
    if not Letter.objects.filter(person=person, about=key).exclude(sent_at=None).exists():
        return
    with override(person.language or settings.LANGUAGE_CODE):
        url = address(name="place_request", key=invitation.request_id)
        notices.post(
            person=person,
            kind=Kind.PLACE,
            about=f"gone:{invitation.pk}",
            subject=_("About our suggestion"),
            text=told(template="place_is_gone", context={"person": person, "url": url}),
            due_at=now,
            now=now,
        )


def call_off(*, invitation: Invitation, because: str, now: datetime) -> None:
    """A letter that has not gone out yet has no use any more."""
    notices.call_off(about=about(invitation=invitation), because=because, now=now)


def about(*, invitation: Invitation) -> str:
    return f"invitation:{invitation.pk}"


def told(*, template: str, context: dict[str, object]) -> str:
    """The letter's text, without the empty lines that parts which say nothing leave behind."""
    text = render_to_string(f"placing/mail/{template}.txt", context)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def address(*, name: str, key: UUID) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=[key])}"


def language_of(*, person: Person) -> str:
    """The language in which the person reads, without its country."""
    return (person.language or settings.LANGUAGE_CODE).partition("-")[0]


def _zone(invitation: Invitation) -> str:
    """The clock that the person keeps, as far as they told us."""
    request = invitation.request
    return request.person.time_zone or (request.wish.zone if request.wish else settings.TIME_ZONE)
