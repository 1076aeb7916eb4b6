"""Recovery codes: shown once, confirmed, and used when the way in is lost."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from hearthside.accounts import access, ports, queries
from hearthside.accounts.actions import people, ways_back
from hearthside.accounts.forms.sign_in import PasskeyForm
from hearthside.accounts.forms.way_back import SavedCodeForm, StartAgainForm, WayBackForm
from hearthside.accounts.models import Person, sounds_like

BACK_FOR = timedelta(minutes=15)


@never_cache
@login_required
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """GET explains; POST makes a new set and shows it in the answer, the only time it can be read."""
    person, now, codes = access.signed_in(request), timezone.now(), list[str]()
    if request.method == "POST":
        access.require_fresh_proof(request, now=now)
        codes = ways_back.make_codes(person=person, now=now)
    return _codes_page(request, SavedCodeForm(), codes=codes)


@require_POST
@never_cache
@login_required
def recovery_codes_saved(request: HttpRequest) -> HttpResponse:
    """One code typed back shows that they are saved."""
    person, form = access.signed_in(request), SavedCodeForm(request.POST)
    if not form.is_valid():
        return _codes_page(request, form)
    try:
        ways_back.confirm_codes(person=person, typed=form.cleaned_data["code"], now=timezone.now())
    except ways_back.NotOneOfYours:
        form.add_error(
            "code", _("That is not one of your codes. Look once more, or make new ones below.")
        )
        return _codes_page(request, form)
    messages.success(request, _("Well done. Keep the codes somewhere safe."))
    return redirect(access.safe_next(request) or "me")


@never_cache
@sensitive_post_parameters("code")
def way_back(request: HttpRequest) -> HttpResponse:
    """For whoever lost their way in: a pseudonym and one recovery code."""
    form = WayBackForm(request.POST or None)
    if form.is_valid():
        key = sounds_like(form.cleaned_data["pseudonym"])
        if access.is_too_often(request, action="way_back", key=key):
            return access.slow_down(request)
        try:
            person = ways_back.use_code(
                pseudonym=key, typed=form.cleaned_data["code"], now=timezone.now()
            )
        except ways_back.NoWayBack:
            form.add_error(
                None, _("That pseudonym and code do not fit together, or the code was used before.")
            )
        else:
            request.session.cycle_key()
            request.session[access.BACK] = {"id": str(person.pk), "at": timezone.now().isoformat()}
            return redirect("way_back_new")
    return render(request, "accounts/way_back.html", {"form": form})


@never_cache
@sensitive_post_parameters("password")
def way_back_new(request: HttpRequest) -> HttpResponse:
    """A new passkey or a new password for whoever has just shown a recovery code."""
    person = access.back_by_code(request, within=BACK_FOR, now=timezone.now())
    if person is None:
        return redirect("way_back")
    sees_others = ports.sees_others(person)
    password = StartAgainForm(request.POST if "password" in request.POST else None, person=person)
    passkey = PasskeyForm(request.POST if "credential" in request.POST else None, user=person)
    if password.is_valid():
        return _with_password(request, person, password.cleaned_data["password"])
    if not sees_others and passkey.is_valid():
        return _with_passkey(request, person, passkey)
    context = {
        "person": person,
        "password": password,
        "passkey": passkey,
        "sees_others": sees_others,
        "options": {"creation_options": _fresh_options(person)},
    }
    return render(request, "accounts/way_back_new.html", context)


def _fresh_options(person: Person) -> dict[str, Any]:
    """For a device that may still hold the old passkey: that one goes, so it must not forbid a new one."""
    options: dict[str, Any] = webauthn.begin_registration(person, passwordless=True)
    public = {
        key: value for key, value in options["publicKey"].items() if key != "excludeCredentials"
    }
    return {**options, "publicKey": public}


def _codes_page(
    request: HttpRequest, form: SavedCodeForm, *, codes: list[str] | None = None
) -> HttpResponse:
    text = "\n".join([_("Recovery codes. Each opens the account once."), "", *(codes or [])])
    context = {
        "form": form,
        "codes": codes,
        "download": "data:text/plain;charset=utf-8," + quote(text + "\n"),
        "protection": queries.protection_of(access.signed_in(request)),
        "next": access.safe_next(request),
    }
    return render(request, "accounts/recovery_codes.html", context)


def _with_password(request: HttpRequest, person: Person, password: str) -> HttpResponse:
    ways_back.start_again(person=person, password=password, now=timezone.now())
    del request.session[access.BACK]
    messages.success(request, _("You are back, with a new password."))
    # Through the usual door: whoever can see others' data is still asked for the second factor.
    answer: HttpResponse = perform_password_login(
        request, {"username": person.pseudonym}, Login(user=person)
    )
    return answer


def _with_passkey(request: HttpRequest, person: Person, form: PasskeyForm) -> HttpResponse:
    now = timezone.now()
    ways_back.start_again(person=person, password="", now=now)
    key = people.add_passkey(
        person=person, credential=form.cleaned_data["credential"], name=form.cleaned_data["name"]
    )
    del request.session[access.BACK]
    messages.success(request, _("You are back, with a new passkey."))
    answer: HttpResponse = perform_passwordless_login(request, key, Login(user=person))
    return answer
