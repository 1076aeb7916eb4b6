"""Who is here, whether they have a way back in, and what they must still prove."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import ratelimit
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from hearthside.accounts import ports, queries
from hearthside.accounts.demo import DEMO_PEOPLE
from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person

# The session's key for "showed a recovery code": who, and when.
BACK = "way_back"
# What somebody typed for an account that a passkey will make; see views/sign_up.py.
PENDING = "sign_up"
PENDING_FOR = timedelta(minutes=30)


def signed_in(request: HttpRequest) -> Person:
    """The person who makes the request; 404 for nobody, in case a door forgot to ask for sign-in."""
    if not request.user.is_authenticated:
        raise Http404
    return request.user


def is_too_often(request: HttpRequest, *, action: str, key: str = "") -> bool:
    """Counts a try; True if there were more than ACCOUNT_RATE_LIMITS allows, by address or by key."""
    return not ratelimit.consume(request, action=action, key=key or None)


def slow_down(request: HttpRequest) -> HttpResponse:
    """The page that asks to wait a little."""
    answer: HttpResponse = ratelimit.respond_429(request)
    return answer


def safe_next(request: HttpRequest) -> str:
    """Where the request asks to be led on to, if that is a page of ours; else nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if wanted and get_adapter(request).is_safe_url(wanted) else ""


def is_expected(sign_up: Mapping[str, Any], *, now: datetime) -> bool:
    """True while what was typed for an account waits for its passkey."""
    return now - datetime.fromisoformat(sign_up["at"]) <= PENDING_FOR


def back_by_code(request: HttpRequest, *, within: timedelta, now: datetime) -> Person | None:
    """Whoever showed a recovery code in this session a short while ago."""
    kept = request.session.get(BACK)
    if kept is None or now - datetime.fromisoformat(kept["at"]) > within:
        return None
    return Person.objects.filter(pk=kept["id"], is_active=True).first()


def demo_person(pseudonym: str) -> Person:
    """One of those whom the demonstration lets anybody be; 404 for everybody else."""
    if pseudonym not in {person.pseudonym for person in DEMO_PEOPLE}:
        raise Http404
    return get_object_or_404(Person.objects.called(pseudonym))


def purpose_named(value: str) -> Purpose:
    """The purpose that an address names; 404 for none."""
    if value not in Purpose.values:
        raise Http404
    return Purpose(value)


def recovery_ready(person: Person) -> bool:
    """True once the person has a way back in: a confirmed e-mail address or saved recovery codes."""
    return person.recovery_ready_at is not None


def second_step_due(person: Person) -> bool:
    """True if a password alone must not sign this person in.

    Whoever can see what belongs to others always gives a second proof. Everybody else only if they
    set up an authenticator app: for them a passkey is another way in, not one way in more to lose.
    """
    if ports.sees_others(person):
        return True
    return bool(Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists())


def must_prove_twice(person: Person) -> bool:
    """True if this person can see what belongs to somebody else."""
    return ports.sees_others(person)


def second_factor_missing(person: Person) -> bool:
    """True if they must prove themselves twice and have nothing to do it with."""
    return must_prove_twice(person) and not queries.has_second_factor(person)


def way_to_prove(person: Person) -> str:
    """The page where the person gives the second proof: with their passkey, or with a code."""
    has_app = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()
    return "mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn"


def proved_twice(request: HttpRequest) -> bool:
    """True if in this very session the person used a passkey, an authenticator app or a spare code."""
    records = get_authentication_records(request, signed_in(request))
    return any(record.get("method") == "mfa" for record in records)


def require_fresh_proof(request: HttpRequest, *, now: datetime) -> None:
    """Asks who it is once more, unless they have just signed in or been asked; then the request goes on.

    Threat: a minute with somebody's unlocked phone must not give a way into their account for good.
    """
    records = get_authentication_records(request, signed_in(request))
    since = now.timestamp() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    # The demonstration lets people in without any proof, so there is none to ask for.
    if not settings.DEMO and not any(record.get("at", 0) > since for record in records):
        raise ReauthenticationRequired


def newest_factor(person: Person, kind: Authenticator.Type) -> Authenticator | None:
    """The key of this kind that the person set up last."""
    return Authenticator.objects.filter(user=person, type=kind).order_by("-created_at").first()


def remember_language(answer: HttpResponse, language: str) -> None:
    """The browser that gets this answer speaks the language from now on."""
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
