"""Asking for a place, and where somebody stands who waits for one."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from hearthside.accounts.access import signed_in
from hearthside.accounts.actions import consents
from hearthside.accounts.enums import Purpose
from hearthside.finder.actions import wishes
from hearthside.finder.models import Wish
from hearthside.finder.queries.wish_page import WishPage, wish_page
from hearthside.finder.sealed import opened
from hearthside.meetings.actions.refusals import Refusal
from hearthside.placing import access
from hearthside.placing.actions import requests as actions
from hearthside.placing.forms import AskForm
from hearthside.placing.models import Request
from hearthside.placing.queries.outlook import may_undo_end, outlook_of
from hearthside.placing.queries.sites import site_choices
from hearthside.placing.queries.waiting import open_requests


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def place_ask(request: HttpRequest) -> HttpResponse:
    """We look for somebody: what for, where, and what happens next. What they searched for comes along sealed."""
    if not request.user.is_authenticated:
        # Most people who come this way are new, so sign-up first; it leads back here with the search.
        return redirect_to_login(request.get_full_path(), reverse("account_signup"))
    person, now = signed_in(request), timezone.now()
    word = request.POST.get("for") or request.GET.get("for") or ""
    fresh = opened(word, now=now)
    waits = open_requests(person)
    if fresh is None and waits and request.method != "POST":
        if word:
            messages.info(request, _("That search has ended. You are still waiting, as before."))
        return redirect("place_request", waits[0].pk)
    page = wish_page(person, fresh=fresh, zone=_zone(request), now=now)
    if page is None or not page.experiences:
        is_over = bool(word) and fresh is None
        return render(request, "placing/ask_first.html", {"is_over": is_over, "page": page})
    sites = site_choices(page.place, zone=page.zone, now=now)
    form = AskForm(request.POST or None, page=page, sites=sites, initial=_initial(page, waits))
    if request.method == "POST" and form.is_valid() and form.site_asked():
        return redirect("place_request", _asked(request, page, form).pk)
    context = {"page": page, "form": form, "sites": sites, "waits": waits}
    return render(request, "placing/ask.html", context)


@never_cache
@login_required
def place_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Where I stand: since when, what was found out, and what would shorten it."""
    own, now = access.request_for(request.user, request_id), timezone.now()
    may_undo = {"may_undo": may_undo_end(own, now=now)}
    seen = outlook_of(own, language=_language(), now=now) if own.is_open() else may_undo
    context = {"own": own, "seen": seen}
    return render(request, "placing/waiting.html", context)


@login_required
@require_POST
def place_end(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Wait no more, in one tap and without a reason."""
    own, now = access.request_for(request.user, request_id), timezone.now()
    if request.POST.get("because") == "found":
        actions.found(request=own, now=now)
    else:
        actions.withdraw(request=own, now=now)
    return redirect("place_request", own.pk)


@login_required
@require_POST
def place_still(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """A group was found, and the waiting goes on."""
    own = access.request_for(request.user, request_id)
    actions.still_wait(request=own, now=timezone.now())
    messages.success(request, _("Good. We keep looking."))
    return redirect("place_request", own.pk)


@login_required
@require_POST
def place_again(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Undo: wait again, since the same day as before."""
    own = access.request_for(request.user, request_id)
    try:
        actions.take_back(request=own, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("You are waiting again, since the same day as before."))
    return redirect("place_request", own.pk)


@transaction.atomic
def _asked(request: HttpRequest, page: WishPage, form: AskForm) -> Request:
    person, now = signed_in(request), timezone.now()
    if page.consent is not None:
        consents.give(person=person, purpose=Purpose.HEALTH, language=_language(), now=now)
    site = form.site_asked()
    assert site is not None
    wish = _kept(request, page, form)
    return actions.ask(person=person, wish=wish, site=site, now=now)


def _kept(request: HttpRequest, page: WishPage, form: AskForm) -> Wish:
    """The search that came along is kept; where none did, the wish that is kept says a little more."""
    person, now = signed_in(request), timezone.now()
    if page.wish is not None and not page.word:
        wishes.describe(
            wish=page.wish,
            main=form.main_experience(),
            is_new=form.is_first(),
            zone=page.zone,
            now=now,
        )
        return page.wish
    return wishes.keep(
        person=person, search=page.search, main=form.main_experience(), is_new=form.is_first(),
        zone=page.zone, place=page.place, now=now,
    )  # fmt: skip


def _initial(page: WishPage, waits: Sequence[Request]) -> dict[str, object]:
    """Nothing is chosen for somebody that they did not choose before."""
    if page.wish is None:
        return {}
    main = page.wish.main.slug if page.wish.main else ""
    site = waits[0].site.slug if waits else ""
    return {"is_new": "yes" if page.wish.is_new else "no", "main": main, "site": site}


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def _zone(request: HttpRequest) -> str:
    zone = getattr(request, "zone", None)
    return str(zone) if zone else ""
