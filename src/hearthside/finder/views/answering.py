"""What every door of the finder tells a browser, and what it learns from one."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hearthside.finder.queries import catalogue

Told = ParamSpec("Told")
Door = Callable[Concatenate[HttpRequest, Told], HttpResponse]

# Seconds. Whoever waits holds one of the few threads that make pages, those for help in a crisis too.
PATIENCE: Final = 0.5
# Seconds until it is worth asking again, in about the middle of reading 100,000 groups.
ASK_AGAIN_AFTER: Final = "5"


def once_groups_are_read(door: Door[Told]) -> Door[Told]:
    """This door; and for some seconds after a start, while groups are being read, a page that says so."""

    @wraps(door)
    def opened(request: HttpRequest, /, *told: Told.args, **more: Told.kwargs) -> HttpResponse:
        if catalogue.is_ready(within=PATIENCE):
            return door(request, *told, **more)
        return _not_yet(request)

    return opened


def _not_yet(request: HttpRequest) -> HttpResponse:
    """One sentence, and the same question again in one tap; nothing of it is lost."""
    sent = request.POST if request.method == "POST" else request.GET
    fields = [(name, value) for name, values in sent.lists() for value in values]
    context = {"fields": fields, "method": "post" if request.method == "POST" else "get"}
    if request.htmx:  # type: ignore[attr-defined]
        return private(render(request, "finder/parts/not_yet.html", context))
    answer = render(request, "finder/not_yet.html", context, status=503)
    answer["Retry-After"] = ASK_AGAIN_AFTER
    return private(answer)


def private(answer: HttpResponse) -> HttpResponse:
    """Threat: a page of results in a search engine, or kept on the disk of a shared computer."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def zone_of(request: HttpRequest) -> str:
    """The reader's clock as far as known."""
    zone = getattr(request, "zone", None)
    return str(zone) if zone else ""
