"""Why is that group not among the answers? Asked of any group, by anybody, about their own search."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from hearthside.finder.queries import offers, page
from hearthside.finder.queries.asked import Asking
from hearthside.finder.queries.known import known_of
from hearthside.finder.queries.page import Shelf
from hearthside.finder.queries.why import groups_called, standing_of
from hearthside.finder.queries.wishes import reader_language, wish_of
from hearthside.finder.queries.young import is_too_young
from hearthside.finder.sealed import opened, sealed
from hearthside.finder.search import Search
from hearthside.finder.views.answering import once_groups_are_read, private, zone_of
from hearthside.groups.models import Group

LONGEST = 200


# Exempt: it changes nothing, and a token would need a cookie. Sent, so that no name stands in an address.
@csrf_exempt
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def why_which(request: HttpRequest) -> HttpResponse:
    """Which group is meant, by its name or address."""
    told = request.POST if request.method == "POST" else request.GET
    now, said = timezone.now(), told.get("group", "").replace("\0", "")[:LONGEST].strip()
    word = _word(told.get("for", ""), now=now)
    known = known_of(request.user, now=now)
    found = groups_called(said, excluded=known.excluded) if said else []
    if len(found) == 1:
        return redirect(_address(found[0][0], word))
    context = {
        "word": word,
        "said": said,
        "found": [(name, _address(slug, word)) for slug, name in found],
    }
    return private(render(request, "finder/why_which.html", context))


@never_cache
@require_safe
@once_groups_are_read
def why(request: HttpRequest, slug: str) -> HttpResponse:
    """What fits of this group, what does not, and which one change would do."""
    shelf = _shelf(request)
    asking = _asking(request, shelf)
    if asking is None:
        return private(render(request, "finder/why.html", {"is_over": True}))
    if is_too_young(asking.search):
        return redirect(_find(asking.search, shelf))
    standing = standing_of(slug, asking, shelf.groups)
    change = standing.change if standing else None
    context = {
        "standing": standing,
        "word": _word(request.GET.get("for", ""), now=shelf.now),
        "search_url": _find(asking.search, shelf),
        "change_url": _find(change.search, shelf) if change else "",
    }
    return private(render(request, "finder/why.html", context))


def group_panel(request: HttpRequest, group: Group) -> SafeString:
    """On a group's page, for whoever comes from a search or keeps one: the way to the answer.

    Threat: a sealed search in the group's own address would be passed on with it. So it is taken from
    where the reader comes from, which the browser tells this site alone.
    """
    word = _word_before(request)
    if not group.is_findable() or not (word or wish_of(request.user)):
        return SafeString("")
    context = {"why_url": _address(group.slug, word)}
    return render_to_string("finder/parts/why_link.html", context, request)


def _shelf(request: HttpRequest) -> Shelf:
    now = timezone.now()
    return page.shelf(language=reader_language(), now=now, known=known_of(request.user, now=now))


def _asking(request: HttpRequest, shelf: Shelf) -> Asking | None:
    """The sealed search, or else the one that the person keeps."""
    search = opened(request.GET.get("for", ""), now=shelf.now) if "for" in request.GET else None
    if search is not None:
        return page.asked_of(search, shelf, zone=zone_of(request))[1]
    wish = wish_of(request.user)
    if wish is None:
        return None
    asking = offers.asking_of_wish(wish, language=shelf.language, now=shelf.now)
    return replace(asking, known=shelf.known)


def _word_before(request: HttpRequest) -> str:
    before = urlsplit(request.headers.get("Referer", ""))
    if before.netloc != request.get_host() or not before.path.startswith(reverse("find")):
        return ""
    return _word(parse_qs(before.query).get("for", [""])[0], now=timezone.now())


def _word(word: str, *, now: datetime) -> str:
    """The sealed search if it opens: nothing else is put into an address or a page again."""
    return word if opened(word, now=now) else ""


def _address(slug: str, word: str) -> str:
    address = reverse("why", args=[slug])
    return f"{address}?{urlencode({'for': word})}" if word else address


def _find(search: Search, shelf: Shelf) -> str:
    return f"{reverse('find')}?{urlencode({'for': sealed(search, now=shelf.now)})}#answer"
