"""People who must not meet: listed, added and ended by those responsible. Neither of the two is ever told."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hearthside.accounts.access import signed_in
from hearthside.groups import access
from hearthside.groups.forms.apart import ApartForm
from hearthside.groups.queries.apart import pairs_known_to, people_of_sites, rows_of
from hearthside.safety.actions import apart as actions


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keep_apart(request: HttpRequest) -> HttpResponse:
    """Everybody who is kept apart, as far as it is this person's to know, and a form for two more."""
    rights, person, now = (
        access.require_keeper_apart(request.user),
        signed_in(request),
        timezone.now(),
    )
    sees_all = rights.runs_programme or rights.is_safety_lead
    within = None if sees_all else set(people_of_sites(rights, now=now))
    form = ApartForm(request.POST or None, by=person, within=within)
    if request.method == "POST" and form.is_valid():
        actions.keep_apart(by=person, now=now, **form.cleaned_data)
        messages.success(request, _("They are kept apart from now on. Neither of them is told."))
        return redirect("keep_apart")
    pairs = list(pairs_known_to(person, rights, now=now))
    context = {"rows": rows_of(pairs, now=now), "form": form, "sees_all": sees_all}
    return render(request, "groups/apart.html", context)


@login_required
@require_POST
def keep_apart_end(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """They may meet again; undone for ten minutes from the list."""
    pair = access.pair_for(request.user, pair_id)
    actions.end(pair=pair, now=timezone.now())
    messages.success(request, _("Ended. For ten minutes you can undo it in the list."))
    return redirect("keep_apart")


@login_required
@require_POST
def keep_apart_back(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Undo the end."""
    pair = access.pair_for(request.user, pair_id)
    try:
        actions.take_back(pair=pair, now=timezone.now())
    except actions.TooLate:
        messages.warning(request, _("That was too long ago. Please write the two down again."))
        return redirect("keep_apart")
    messages.success(request, _("They are kept apart as before."))
    return redirect("keep_apart")
