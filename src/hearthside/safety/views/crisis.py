"""The crisis page."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hearthside.safety import country, helplines
from hearthside.safety.queries.lines import (
    emergencies,
    lines_for,
    nearest,
    notes_on,
    sections,
)

_A_MONTH: Final = 60 * 60 * 24 * 30


@require_safe
def crisis(request: HttpRequest) -> HttpResponse:
    """Every line we know for one country: the one asked for, else the one that the visitor is in."""
    chosen = _chosen(request)
    if chosen:
        # The line under this very page follows the choice too.
        request.COOKIES[country.COOKIE] = chosen
    code = country.country_of(request)
    now = timezone.now()
    lines = lines_for(code, now=now)
    first = emergencies(lines)
    page = {
        "code": code,
        "emergencies": first,
        "emergency_notes": notes_on(first),
        "sections": sections(lines),
        "is_any_verified": any(each.is_verified for each in lines),
        "is_any_unchecked": not all(each.is_verified for each in lines),
        "first_two": nearest(code, now=now),
        "country": country.name_of(code),
        "choices": country.choices(),
        "directories": helplines.directories(),
    }
    answer = render(request, "safety/crisis.html", page)
    if chosen:
        answer.set_cookie(
            country.COOKIE,
            chosen,
            max_age=_A_MONTH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer


def _chosen(request: HttpRequest) -> str:
    """The country chosen just now; `ELSEWHERE` for one that we do not know; "" where none was chosen."""
    if "country" not in request.GET:
        return ""
    asked = request.GET["country"].upper()
    return asked if asked in helplines.countries() else country.ELSEWHERE
