"""What the frame around every page needs."""

from functools import cached_property
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from hearthside.groups.access import rights
from hearthside.groups.models import Programme
from hearthside.groups.queries.programme import programme
from hearthside.groups.queries.rights import Rights
from hearthside.safety.country import country_of
from hearthside.safety.queries.lines import Nearest, nearest
from hearthside.shell import vendored


class Doors(NamedTuple):
    """Which doors the header has; `current` is the address of this page if it is always the same."""

    current: str
    is_signed_in: bool
    leads_groups: bool
    is_safety_lead: bool
    has_sites: bool


class Frame:
    """What stands around one page; what costs a query is read only where the page shows it, and once."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.exit_url: str = settings.EXIT_URL
        self.is_demo: bool = settings.DEMO
        self.htmx = vendored.script("htmx.org")

    @cached_property
    def programme(self) -> Programme | None:
        return programme()

    @cached_property
    def crisis(self) -> Nearest:
        return nearest(country_of(self._request), now=timezone.now())

    @cached_property
    def rights(self) -> Rights:
        # A request that fails before the middleware of sign-in has nobody to ask about.
        person = getattr(self._request, "user", None)
        return rights(person) if person else Rights()

    @property
    def doors(self) -> Doors:
        match, person = self._request.resolver_match, getattr(self._request, "user", None)
        has_own_key = match is None or bool(match.args or match.kwargs)
        own = self.rights
        return Doors(
            current="" if has_own_key else self._request.path,
            is_signed_in=person is not None and person.is_authenticated,
            leads_groups=bool(own.facilitates or own.greets),
            is_safety_lead=own.is_safety_lead,
            has_sites=own.has_sites,
        )


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context for base.html."""
    return {"frame": Frame(request)}
