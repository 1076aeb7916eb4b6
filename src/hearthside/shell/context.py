"""What the frame around every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from hearthside.groups.access import rights
from hearthside.groups.queries.programme import programme
from hearthside.groups.queries.rights import Rights
from hearthside.safety.country import country_of
from hearthside.safety.queries import nearest
from hearthside.shell import vendored


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for base.html; what costs a query is read only where a page shows it."""
    return {
        "frame": {
            "programme": SimpleLazyObject(programme),
            "crisis": SimpleLazyObject(lambda: nearest(country_of(request))),
            "rights": SimpleLazyObject(lambda: _rights(request)),
            "exit_url": settings.EXIT_URL,
            "is_demo": settings.DEMO,
            "htmx": vendored.script("htmx.org"),
        }
    }


def _rights(request: HttpRequest) -> Rights:
    # A request that fails before the middleware of sign-in has nobody to ask about.
    person = getattr(request, "user", None)
    return rights(person) if person else Rights()
