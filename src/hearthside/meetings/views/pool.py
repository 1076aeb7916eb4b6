"""I can step in: where, when and how often."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hearthside.accounts.access import signed_in
from hearthside.meetings import access
from hearthside.meetings.actions import pool as actions
from hearthside.meetings.actions.refusals import Refusal
from hearthside.meetings.forms.pool import PoolForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pool(request: HttpRequest) -> HttpResponse:
    """Say where and when one can step in, or change it."""
    person, now = signed_in(request), timezone.now()
    reserve = access.reserve_of(person)
    form = PoolForm(request.POST or None, instance=reserve)
    if request.method == "POST" and form.is_valid():
        word = {**form.cleaned_data, "zone": access.zone_of(request)}
        try:
            actions.join(person=person, now=now, **word)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. Thank you. We ask you only when nobody else can."))
            return redirect("pool")
    return render(request, "meetings/pool.html", {"form": form, "reserve": reserve})


@login_required
@require_POST
def pool_end(request: HttpRequest) -> HttpResponse:
    """Ask me no more."""
    actions.leave(person=signed_in(request), now=timezone.now())
    messages.success(request, _("We ask you no more. You can come back at any time."))
    return redirect("pool")
