"""The page of a site's waiting list, and asking for a run."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearthside.accounts.access import signed_in
from hearthside.placing import access
from hearthside.placing.actions import decisions, loads, runs
from hearthside.placing.choices import Choices
from hearthside.placing.choosing import ChoicesForm, DecideForm, LoadsForm
from hearthside.placing.enums import Verdict
from hearthside.placing.queries import desk, fairness
from hearthside.placing.queries.loads import rows_at

DIGITS = 4


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def placing(request: HttpRequest, slug: str) -> HttpResponse:
    """Who waits, what clashes, what was decided; a POST asks for a run."""
    site, now = access.site_for(request.user, slug), timezone.now()
    seen = desk.desk_of(site, now=now, page=_page(request))
    prices = seen.found.result.get("prices", []) if seen.found else []
    initial = seen.found.settings if seen.found else Choices().packed()
    form = ChoicesForm(request.POST or None, prices=prices, initial=initial)
    if request.method == "POST" and form.is_valid():
        run = runs.ask(site=site, choices=form.choices(), by=signed_in(request), now=now)
        return redirect("placing_run", run.pk)
    clashes = desk.clashes_in(seen.found.result.get("clashes", [])) if seen.found else []
    context = {"site": site, "desk": seen, "form": form, "clashes": clashes}
    return render(request, "placing/desk.html", context)


@login_required
@never_cache
@require_safe
def placing_fairness(request: HttpRequest, slug: str) -> HttpResponse:
    """How long people wait and who is offered a place, told only for many."""
    site, now = access.site_for(request.user, slug), timezone.now()
    panel = fairness.panel_of(site, access.sites_of(request.user), now=now)
    context = {"site": site, "panel": panel, "tables": fairness.tables_of(panel)}
    return render(request, "placing/fairness.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def placing_loads(request: HttpRequest, slug: str) -> HttpResponse:
    """How many people each facilitator of the site looks after."""
    site, now = access.site_for(request.user, slug), timezone.now()
    form = LoadsForm(request.POST or None, rows=rows_at(site, now=now))
    if request.method == "POST" and form.is_valid():
        for person, most in form.changed():
            if most is None:
                loads.lift(person=person)
            else:
                loads.limit(person=person, people_max=most, by=signed_in(request), now=now)
        messages.success(request, _("Saved. The next run keeps to it."))
        return redirect("placing_loads", slug)
    return render(request, "placing/loads.html", {"site": site, "form": form})


@login_required
@require_POST
def placing_decide(request: HttpRequest, slug: str) -> HttpResponse:
    """This group, not this group, or neither any more: one person, one group."""
    site = access.site_for(request.user, slug)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return redirect("placing", slug)
    verdict, request_id, group_id = form.cleaned_data["decide"]
    waits, group = access.pair_at(request.user, site, request_id, group_id)
    if verdict:
        decisions.decide(
            request=waits,
            group=group,
            verdict=Verdict(verdict),
            by=signed_in(request),
            now=timezone.now(),
        )
        messages.success(request, _("Noted. It counts from the next run on."))
    else:
        decisions.take_back(request=waits, group=group)
        messages.success(request, _("Taken back. The next run decides by itself."))
    if form.cleaned_data["run"]:
        page = reverse("placing_run", args=[form.cleaned_data["run"]])
        return redirect(f"{page}?group={group.pk}#group-{group.pk}")
    return redirect("placing", slug)


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return max(int(asked), 1) if asked.isdecimal() and len(asked) <= DIGITS else 1
