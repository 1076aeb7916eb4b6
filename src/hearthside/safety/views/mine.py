"""What I raised: how far it is, what came of it, more words, and a second look. By sign-in, or by a private link."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from hearthside.accounts.access import signed_in
from hearthside.accounts.models import Person
from hearthside.safety import access, ports
from hearthside.safety.actions import concerns as actions
from hearthside.safety.actions.concern_refusals import Refusal
from hearthside.safety.enums import SubjectKind
from hearthside.safety.forms.concerns import AppealForm, WordsForm
from hearthside.safety.queries import concerns as queries
from hearthside.safety.queries.concerns import ConcernView
from hearthside.safety.queries.desk import desk_of
from hearthside.safety.views.concerns import address_of


@login_required
@require_safe
def concerns(request: HttpRequest) -> HttpResponse:
    """Everything that one raised oneself, newest first."""
    person, now = signed_in(request), timezone.now()
    page = {
        "lines": queries.raised_by(person, now=now),
        "has_desk": desk_of(person, now=now) is not None,
        "zone": zone_of(request),
    }
    return render(request, "safety/concerns.html", page)


@login_required
@require_safe
def concern_read(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Where letters lead to whoever raised it: an address that says nothing about what it is."""
    view = access.own_concern_for(signed_in(request), concern_id, now=timezone.now())
    return redirect(address_of(view.concern))


@login_required
@require_POST
def concern_appeal(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Ask that somebody else looks at it too."""
    person = signed_in(request)
    view = access.own_concern_for(person, concern_id, now=timezone.now())
    return _appeal(request, view, by=person)


@require_safe
@cache_control(no_store=True, private=True)
def concern_linked(request: HttpRequest, link: str) -> HttpResponse:
    """What came of a concern that was raised without an account, for whoever has its private address."""
    return own_page(request, access.linked_concern(link, now=timezone.now()))


@require_POST
def concern_linked_words(request: HttpRequest, link: str) -> HttpResponse:
    """Tell more, by the private address."""
    return add_words(request, access.linked_concern(link, now=timezone.now()), by=None)


@require_POST
def concern_linked_appeal(request: HttpRequest, link: str) -> HttpResponse:
    """Ask for a second look, by the private address."""
    return _appeal(request, access.linked_concern(link, now=timezone.now()), by=None)


def own_page(
    request: HttpRequest, view: ConcernView, form: forms.Form | None = None
) -> HttpResponse:
    """The page of whoever raised it; a script asks for its news alone."""
    concern = view.concern
    page = {
        "view": view,
        "concern": concern,
        "words_form": form if isinstance(form, WordsForm) else WordsForm(),
        "appeal_form": form if isinstance(form, AppealForm) else AppealForm(),
        "shown": ports.shown(request, SubjectKind(concern.kind), concern.key),
        "zone": zone_of(request),
        "address": address_of(concern),
        "full_address": request.build_absolute_uri(address_of(concern)),
    }
    is_news = "HX-Request" in request.headers and form is None
    template = "safety/concern.html#news" if is_news else "safety/concern.html"
    return render(request, template, page, status=422 if form else 200)


def zone_of(request: HttpRequest) -> str:
    """The reader's own clock, where the browser has told it."""
    return str(getattr(request, "zone", None) or "UTC")


def _appeal(request: HttpRequest, view: ConcernView, *, by: Person | None) -> HttpResponse:
    form = AppealForm(request.POST)
    if form.is_valid():
        words, now = form.cleaned_data["words"], timezone.now()
        try:
            actions.appeal(concern=view.concern, words=words, by=by, now=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Somebody else will look at it, and answer you here."))
            return redirect(address_of(view.concern))
    return own_page(request, view, form)


def add_words(request: HttpRequest, view: ConcernView, *, by: Person | None) -> HttpResponse:
    """Keep what whoever raised it wants to add."""
    form = WordsForm(request.POST)
    if form.is_valid():
        words, now = form.cleaned_data["words"], timezone.now()
        try:
            actions.add(concern=view.concern, words=words, by=by, now=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Sent."))
            return redirect(address_of(view.concern))
    return own_page(request, view, form)
