"""The public page about keeping children and adults safe."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hearthside.safety import country, helplines
from hearthside.safety.queries.safeguarding import safeguarding as known


@require_safe
def safeguarding(request: HttpRequest) -> HttpResponse:
    """Who answers, what happens with a concern, what no program decides, and who helps outside."""
    code = country.country_of(request)
    page = {
        "known": known(code, now=timezone.now()),
        "country": country.name_of(code) if code else "",
        "directories": helplines.directories(),
    }
    return render(request, "safety/safeguarding.html", page)
