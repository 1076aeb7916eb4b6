"""The doors to one's letters: which kinds come, and the link that stops one kind."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hearthside.accounts import queries as accounts
from hearthside.accounts.access import signed_in
from hearthside.accounts.enums import Purpose
from hearthside.notices import access, actions, queries
from hearthside.notices.forms import KindsForm


@never_cache
@login_required
def letters(request: HttpRequest) -> HttpResponse:
    """Each kind on or off."""
    person = signed_in(request)
    states = queries.kinds_of(person)
    # With every box empty nothing but the token is sent, so the method decides, not the data.
    sent = request.POST if request.method == "POST" else None
    form = KindsForm(sent, initial={"kinds": [state.kind for state in states if state.is_on]})
    if form.is_valid():
        actions.choose(person=person, wanted=form.wanted(), now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("letters")
    context = {
        "form": form,
        "email": accounts.confirmed_email(person),
        "agrees": accounts.agrees(person, Purpose.REMINDERS, now=timezone.now()),
    }
    return render(request, "notices/letters.html", context)


@csrf_exempt
@never_cache
def letters_stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST stops: a mail program's one click (RFC 8058), or a person's.

    Mail scanners open every link they find, so opening alone must change nothing.
    """
    person, kind = access.stop_for(token)
    is_done = request.method == "POST"
    if is_done and person:
        actions.stop(person=person, kind=kind, now=timezone.now())
    return render(request, "notices/stop.html", {"kind": kind, "token": token, "is_done": is_done})


@require_POST
def letters_resume(request: HttpRequest, token: str) -> HttpResponse:
    """Undo it."""
    person, kind = access.stop_for(token)
    if person:
        actions.resume(person=person, kind=kind)
    return render(request, "notices/stop.html", {"kind": kind, "token": token, "is_resumed": True})
