"""How much each thing counts when groups are ranked: set by those who run the programme, looked at before it is saved."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hearthside.accounts.access import signed_in
from hearthside.finder import access
from hearthside.finder.actions import weights as actions
from hearthside.finder.forms import WeightsForm
from hearthside.finder.queries import weights as kept
from hearthside.finder.queries.preview import preview
from hearthside.finder.queries.wishes import reader_language


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def weights(request: HttpRequest) -> HttpResponse:
    """The weights in force; other ones are first looked at, then saved."""
    access.require_programme(request.user)
    now = timezone.now()
    before = kept.in_force(now)
    form = WeightsForm(request.POST or None, weights=before)
    seen = None
    if request.method == "POST" and form.is_valid():
        after = form.weights()
        if request.POST.get("do") == "save":
            actions.set_weights(weights=after, by=signed_in(request), now=now)
            messages.success(request, _("Saved. Groups are ranked in the new way from now on."))
            return redirect("weights")
        seen = preview(before=before, after=after, language=reader_language(), now=now)
    context = {"form": form, "preview": seen, "history": kept.history()}
    return render(request, "finder/weights.html", context)


@login_required
@require_POST
def weights_back(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """An earlier version is in force again."""
    version = access.weighting_for(request.user, version_id)
    actions.go_back(version=version, by=signed_in(request), now=timezone.now())
    messages.success(request, _("The earlier numbers are in force again."))
    return redirect("weights")


@login_required
@require_POST
def weights_reset(request: HttpRequest) -> HttpResponse:
    """The numbers that Hearthside comes with are in force again."""
    access.require_programme(request.user)
    actions.reset(by=signed_in(request), now=timezone.now())
    messages.success(request, _("The numbers that Hearthside comes with are in force again."))
    return redirect("weights")
