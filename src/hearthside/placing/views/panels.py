"""What placing shows on the page where coordinators see a site."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from hearthside.groups.models import Site
from hearthside.placing.queries.desk import glance_at


def site_panel(request: HttpRequest, site: Site) -> SafeString:
    """How many people wait for a place, since when, and the way to look for places for them."""
    context = {"site": site, "glance": glance_at(site, now=timezone.now())}
    return render_to_string("placing/site_panel.html", context, request)
