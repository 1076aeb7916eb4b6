"""What every request learns from the person who makes it: time zone, and whether a second factor is due."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from hearthside.accounts import access
from hearthside.kit.zones import zone_called

Answer = Callable[[HttpRequest], HttpResponse]

# Help, the way out, and where the second proof is given.
OPEN_PAGES = frozenset(
    {
        "account_logout",
        "account_confirm_email",
        "crisis",
        "demo_sign_in",
        "goodbye",
        "health",
        "language",
        "manifest",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "admin:logout",
        "admin:jsi18n",
    }
)
# What somebody needs who has no second factor yet.
SETUP_PAGES = frozenset(
    {
        "account_reauthenticate",
        "account_set_password",
        "account_change_password",
        "account_email",
        "recovery_codes",
        "recovery_codes_saved",
    }
)


class PersonZoneMiddleware:
    """Time zone by the person's own setting, else by the cookie that the page sets from the browser."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "time_zone", "") or request.COOKIES.get("zone", "")
        zone = zone_called(chosen)
        with timezone.override(zone or ZoneInfo(settings.TIME_ZONE)):
            request.zone = zone  # type: ignore[attr-defined]
            return self.answer(request)


class CleanDeviceMiddleware:
    """Signing out clears what the browser keeps for this site: keys of rooms, words kept while typing.

    So does the next visit of a browser whose session has ended meanwhile: by time, or from elsewhere.
    Clear-Site-Data (W3C) takes effect over TLS and on this machine.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated or _was_ended(request)
        response = self.answer(request)
        # Threat: on a shared device, whoever comes next opens the keys of whoever just left.
        if was_signed_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"storage"'
        return response


class SecondFactorMiddleware:
    """Whoever can see others' data proves who they are twice before any page but the ones that set it up."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Leads away before the page is made; nothing is shown first."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if settings.DEMO or not request.user.is_authenticated or name in OPEN_PAGES:
            return None
        person = access.signed_in(request)
        if access.second_factor_missing(person):
            return None if _sets_up(name) else redirect("mfa_index")
        # A session that began with a password alone, before the second factor was set up, is asked too.
        # Threat: on the pages for keys, a stolen password would put the thief's factor in place of theirs.
        if access.must_prove_twice(person) and not access.proved_twice(request):
            return redirect(
                f"{reverse(access.way_to_prove(person))}?{urlencode({'next': request.get_full_path()})}"
            )
        return None


class ComeBackMiddleware:
    """Whoever must sign in again in the middle of a form comes back to the page that the form was on.

    The form's own address often answers POST only: sent there by GET, a person would meet an error
    instead of their page, and of the words that it kept for them.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if request.method != "POST":
            return response
        sign_in = reverse(settings.LOGIN_URL)
        if response.headers.get("Location", "").startswith(f"{sign_in}?next="):
            came_from = urlsplit(request.headers.get("Referer", ""))
            # Only the path is taken, so that no other site can be where the person is led to.
            page = came_from.path if came_from.netloc == request.get_host() else "/"
            response.headers["Location"] = f"{sign_in}?{urlencode({'next': page})}"
        return response


def _was_ended(request: HttpRequest) -> bool:
    return bool(request.COOKIES.get(settings.SESSION_COOKIE_NAME)) and request.session.is_empty()


def _sets_up(name: str) -> bool:
    return name in SETUP_PAGES or name.startswith("mfa_")
