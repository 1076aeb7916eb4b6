"""Calendars that other programs read: a group's, and a person's own."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from hearthside.exchange import access
from hearthside.exchange.actions import calendars as actions
from hearthside.exchange.queries import calendars

QUARTER_OF_AN_HOUR = 15 * 60


@require_safe
def group_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The meetings of a group that anybody may find."""
    group = access.group_in_public(slug)
    answer = _feed(request, calendars.group_feed(group, now=timezone.now()), name=group.slug)
    patch_cache_control(answer, public=True, max_age=QUARTER_OF_AN_HOUR)
    return answer


@require_safe
def my_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The meetings at which the owner of the secret has a seat; signing in is not needed."""
    now = timezone.now()
    link = access.calendar_of(secret, now=now)
    with translation.override(link.person.language or translation.get_language()):
        body = calendars.own_feed(link, now=now)
    actions.note_reading(link=link, now=now)
    answer = _feed(request, body, name="calendar")
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _feed(request: HttpRequest, body: bytes, *, name: str) -> HttpResponse:
    """The calendar, or 304 where the asker has this very one.

    Told apart by its content alone: a meeting that takes place after all leaves no date of change.
    """
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{name}.ics"'
    answer["X-Robots-Tag"] = "noindex"
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    answer["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer
