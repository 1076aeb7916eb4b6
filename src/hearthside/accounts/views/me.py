"""A person's own page: settings, and the way to everything else about them."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hearthside.accounts import access, queries
from hearthside.accounts.actions import consents as agreeing
from hearthside.accounts.actions import people
from hearthside.accounts.enums import Purpose
from hearthside.accounts.forms.me import SettingsForm


@never_cache
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Settings that are kept on POST, and where to find the rest."""
    person = access.signed_in(request)
    form = SettingsForm(request.POST or None, initial=_present_settings(request))
    if form.is_valid():
        people.settle(person=person, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return _in_language(redirect("me"), person.language)
    context = {
        "form": form,
        "protection": queries.protection_of(person),
        "recovery_ready": access.recovery_ready(person),
        "second_factor_missing": access.second_factor_missing(person),
    }
    return render(request, "accounts/me.html", context)


@never_cache
@login_required
def consents(request: HttpRequest) -> HttpResponse:
    """Every consent: its words, since when, and how to take it back."""
    states = queries.consents_of(access.signed_in(request), language=get_language() or "en")
    return render(request, "accounts/consents.html", {"states": states})


@require_POST
@login_required
def consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """Say yes."""
    agreeing.give(
        person=access.signed_in(request),
        purpose=access.purpose_named(purpose),
        language=get_language() or "en",
        now=timezone.now(),
    )
    messages.success(request, _("Thank you. Your yes is noted."))
    return redirect("consents")


@require_POST
@login_required
def consent_end(request: HttpRequest, purpose: str) -> HttpResponse:
    """Take a yes back. Without the terms there can be no account, so that one leads to deleting it."""
    named = access.purpose_named(purpose)
    if named is Purpose.TERMS:
        return redirect("account_erase")
    agreeing.withdraw(person=access.signed_in(request), purpose=named, now=timezone.now())
    messages.success(request, _("You took it back. It counts from now on."))
    return redirect("consents")


def _present_settings(request: HttpRequest) -> dict[str, str]:
    person = access.signed_in(request)
    return {
        "language": person.language,
        "time_zone": person.time_zone or request.COOKIES.get("zone", ""),
        "country": person.country,
    }


def _in_language(answer: HttpResponse, language: str) -> HttpResponse:
    if language:
        access.remember_language(answer, language)
    else:
        answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return answer
