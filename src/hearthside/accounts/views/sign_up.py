"""Signing up: the page, and the passkey made before there is any account."""

from random import SystemRandom
from typing import Any, cast
from uuid import UUID

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from hearthside.accounts import access, queries
from hearthside.accounts.actions import people
from hearthside.accounts.enums import Purpose
from hearthside.accounts.forms.sign_in import PasskeyForm
from hearthside.accounts.forms.sign_up import SignUpForm
from hearthside.accounts.models import Person


@never_cache
@sensitive_post_parameters("password")
def sign_up(request: HttpRequest) -> HttpResponse:
    """Pseudonym first; then a passkey, or a password right here."""
    if request.user.is_authenticated:
        return redirect("home")
    if access.is_too_often(request, action="signup"):
        return access.slow_down(request)
    form = SignUpForm(request.POST or None, language=get_language() or "en")
    if form.is_valid():
        return (
            _with_password(request, form)
            if form.cleaned_data["password"]
            else _towards_passkey(request, form)
        )
    return _page(request, form)


@never_cache
def sign_up_passkey(request: HttpRequest) -> HttpResponse:
    """The browser makes a passkey; only then is there an account."""
    newcomer = _pending(request)
    if newcomer is None or request.user.is_authenticated:
        return redirect("account_signup")
    nobody_yet = Person(id=newcomer.id, pseudonym=newcomer.pseudonym)
    form = PasskeyForm(request.POST or None, user=nobody_yet)
    if form.is_valid():
        return _with_passkey(request, form, newcomer)
    options = {"creation_options": webauthn.begin_registration(nobody_yet, passwordless=True)}
    return render(
        request,
        "accounts/sign_up_passkey.html",
        {"form": form, "options": options, "newcomer": newcomer},
    )


def _page(request: HttpRequest, form: SignUpForm) -> HttpResponse:
    language = get_language() or "en"
    context = {
        "form": form,
        "suggestions": queries.free_pseudonyms(language=language, chance=SystemRandom()),
        "next": access.safe_next(request),
    }
    return render(request, "account/signup.html", context)


def _with_password(request: HttpRequest, form: SignUpForm) -> HttpResponse:
    newcomer = _newcomer(request, form)
    try:
        person = people.sign_up_with_password(
            newcomer=newcomer, password=form.cleaned_data["password"], now=timezone.now()
        )
    except people.PseudonymIsTaken:
        return _taken(request, form)
    login = Login(
        user=person,
        email=newcomer.email or None,
        signup=True,
        redirect_url=_after(request, newcomer, access.safe_next(request)),
    )
    answer: HttpResponse = perform_password_login(request, {"username": person.pseudonym}, login)
    return answer


def _towards_passkey(request: HttpRequest, form: SignUpForm) -> HttpResponse:
    newcomer = _newcomer(request, form)
    request.session[access.PENDING] = {
        "id": str(newcomer.id),
        "pseudonym": newcomer.pseudonym,
        "email": newcomer.email,
        "purposes": [purpose.value for purpose in newcomer.purposes],
        "next": access.safe_next(request),
        "at": timezone.now().isoformat(),
    }
    return redirect("sign_up_passkey")


def _with_passkey(
    request: HttpRequest, form: PasskeyForm, newcomer: people.Newcomer
) -> HttpResponse:
    pending = request.session.pop(access.PENDING)
    try:
        key = people.sign_up_with_passkey(
            newcomer=newcomer,
            credential=form.cleaned_data["credential"],
            name=form.cleaned_data["name"],
            now=timezone.now(),
        )
    except people.PseudonymIsTaken:
        messages.warning(request, _("Somebody took that name a moment ago. Please choose another."))
        return redirect("account_signup")
    after = _after(request, newcomer, pending["next"])
    login = Login(user=key.user, email=newcomer.email or None, signup=True, redirect_url=after)
    answer: HttpResponse = perform_passwordless_login(request, key, login)
    return answer


def _taken(request: HttpRequest, form: SignUpForm) -> HttpResponse:
    form.add_error("pseudonym", _("Somebody already goes by that name. Please choose another."))
    return _page(request, form)


def _newcomer(request: HttpRequest, form: SignUpForm) -> people.Newcomer:
    return people.Newcomer(
        pseudonym=form.cleaned_data["pseudonym"],
        email=form.cleaned_data["email"],
        purposes=form.purposes(),
        language=get_language() or "en",
        time_zone=str(getattr(request, "zone", None) or ""),
    )


def _pending(request: HttpRequest) -> people.Newcomer | None:
    kept = cast("dict[str, Any] | None", request.session.get(access.PENDING))
    if kept is None or not access.is_expected(kept, now=timezone.now()):
        return None
    return people.Newcomer(
        id=UUID(kept["id"]),
        pseudonym=kept["pseudonym"],
        email=kept["email"],
        purposes=[Purpose(value) for value in kept["purposes"]],
        language=get_language() or "en",
        time_zone=str(getattr(request, "zone", None) or ""),
    )


def _after(request: HttpRequest, newcomer: people.Newcomer, wanted: str) -> str:
    """Whoever gave no address first saves recovery codes, and is then led on."""
    if not newcomer.email:
        query = f"?{urlencode({'next': wanted})}" if wanted else ""
        return reverse("recovery_codes") + query
    messages.info(
        request,
        _("We sent you an e-mail. Open the link in it, and the address is your way back in."),
    )
    return wanted or reverse("home")
