"""Sites, as their coordinators see them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hearthside.groups import access, ports
from hearthside.groups.actions import programme as actions
from hearthside.groups.forms.programme import SiteForm
from hearthside.groups.queries.groups import site_rows
from hearthside.groups.queries.programme import sites_run_by


@login_required
@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """The sites that the person coordinates."""
    rights = access.require_coordinator(request.user)
    context = {"sites": sites_run_by(rights), "rights": rights}
    return render(request, "groups/sites.html", context)


@login_required
@require_safe
def site(request: HttpRequest, slug: str) -> HttpResponse:
    """One site at a glance: its groups, and whatever the floors above know of it."""
    found = access.site_for(request.user, slug)
    context = {
        "site": found,
        "rows": site_rows(found, now=timezone.now()),
        "panels": ports.site_panels(request, found),
    }
    return render(request, "groups/site.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def site_new(request: HttpRequest) -> HttpResponse:
    """A new site, for those who run the programme."""
    programme = access.programme_for(request.user)
    form = SiteForm(request.POST or None, initial={"country": programme.country})
    if request.method == "POST" and form.is_valid():
        made = actions.open_site(**form.cleaned_data)
        messages.success(request, _("%(site)s is ready for its first group.") % {"site": made})
        return redirect("site", made.slug)
    return render(request, "groups/site_form.html", {"form": form, "site": None})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def site_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """What the site says of itself."""
    found = access.site_for(request.user, slug)
    form = SiteForm(request.POST or None, instance=access.site_for(request.user, slug))
    if request.method == "POST" and form.is_valid():
        actions.change_site(site=found, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("site", slug)
    return render(request, "groups/site_form.html", {"form": form, "site": found})
