"""Raising a concern: how soon somebody must look, who is there, and then the words."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from hearthside.accounts.models import Person
from hearthside.safety import access
from hearthside.safety.actions import concerns as actions
from hearthside.safety.actions.concern_refusals import Refusal
from hearthside.safety.actions.concerns import Telling
from hearthside.safety.enums import Lane
from hearthside.safety.forms.concerns import ConcernForm
from hearthside.safety.models import Concern
from hearthside.safety.ports import Subject
from hearthside.safety.queries.concerns import link_of
from hearthside.safety.queries.desk import presence


@require_safe
@cache_control(no_store=True, private=True)
def concern_new(request: HttpRequest) -> HttpResponse:
    """The first question: is somebody in danger now, or is something not right."""
    return render(request, "safety/concern_new.html", _page(request, _subject(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True, private=True)
def concern_raise(request: HttpRequest, lane: str) -> HttpResponse:
    """Tell us, in one of the two lanes; with or without an account."""
    chosen, subject, person = access.lane_named(lane), _subject(request), _person(request)
    form = ConcernForm(request.POST if request.method == "POST" else None, lane=chosen)
    if form.is_valid():
        telling = Telling(chosen, subject, form.cleaned_data["words"].strip(), form.key())
        try:
            kept = actions.raise_concern(telling=telling, by=person, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(address_of(kept))
    page = {**_page(request, subject), "form": form, "lane": chosen, "is_call": chosen == Lane.NOW}
    return render(request, "safety/concern_raise.html", page, status=422 if form.errors else 200)


def address_of(concern: Concern) -> str:
    """Where whoever raised it reads what comes of it."""
    if concern.is_by_visitor:
        return reverse("concern_linked", args=[link_of(concern)])
    return reverse("concern", args=[concern.pk])


def _page(request: HttpRequest, subject: Subject) -> dict[str, Any]:
    there = presence(subject, person=_person(request), now=timezone.now())
    return {"subject": subject, "presence": there, "asked": request.GET.urlencode()}


def _subject(request: HttpRequest) -> Subject:
    kind, key = request.GET.get("about", ""), request.GET.get("key", "")
    return access.subject_for(request.user, kind, key, now=timezone.now())


def _person(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None
