"""The door of the finder. Whoever comes is nobody in particular: no account, no cookie, nothing written down."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hearthside.finder.forms import SearchForm
from hearthside.finder.queries import page
from hearthside.finder.queries.known import known_of
from hearthside.finder.queries.page import Shelf
from hearthside.finder.queries.wishes import keeping_of, wish_of
from hearthside.finder.queries.young import is_too_young, too_young
from hearthside.finder.sealed import opened, sealed
from hearthside.finder.search import Search
from hearthside.finder.views.answering import once_groups_are_read, private, zone_of
from hearthside.safety.country import country_of

PAGES = 100


# Exempt: it changes nothing and reads nothing of anybody's, and a token would need a cookie.
@csrf_exempt
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@once_groups_are_read
def find(request: HttpRequest) -> HttpResponse:
    """A search is sent as a form and answered at an address that only this site can read."""
    now = timezone.now()
    shelf = page.shelf(language=_language(), now=now, known=known_of(request.user, now=now))
    sent = request.POST if request.method == "POST" else request.GET
    if request.method == "POST" and request.htmx:  # type: ignore[attr-defined]
        return _changed(request, shelf)
    if request.method == "POST" or not sent.keys().isdisjoint(SearchForm.base_fields):
        return redirect(f"{_sealer(_words(shelf))(_heard(sent, shelf))}#answer")
    search = opened(sent.get("for", ""), now=shelf.now) if "for" in sent else None
    if search is None:
        wish = wish_of(request.user)
        seal = _sealer(_words(shelf))
        context = page.landing(shelf, zone=zone_of(request), seal=seal, wish=wish)
        return render(request, "finder/find.html", {**context, "is_over": "for" in sent})
    found = _results(request, search, shelf, _words(shelf))
    if request.htmx:  # type: ignore[attr-defined]
        return _added(request, found)
    return private(render(request, "finder/find.html", found))


def _added(request: HttpRequest, found: dict[str, Any]) -> HttpResponse:
    """The cards that one page more shows; its address, so that a way back leads to the same place."""
    answer = render(request, "finder/parts/added.html", found)
    answer["HX-Replace-Url"] = request.get_full_path()
    return private(answer)


def _changed(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """A box was ticked: the results alone, and their address in place of the old one."""
    search = _heard(request.POST, shelf, is_retold=False)
    words = _words(shelf)
    found = {**_results(request, search, shelf, words), "is_swap": True}
    answer = render(request, "finder/parts/answer.html", found)
    answer["HX-Replace-Url"] = _sealer(words)(search)
    return private(answer)


def _results(
    request: HttpRequest, search: Search, shelf: Shelf, words: page.Seal
) -> dict[str, Any]:
    asked = request.GET.get("page", "")
    number = min(int(asked), PAGES) if asked.isdecimal() and len(asked) <= len(str(PAGES)) else 1
    if is_too_young(search):
        young = too_young(country=country_of(request), now=shelf.now)
        return page.refused_page(search, shelf, zone=zone_of(request), young=young)
    seal = _sealer(words)
    found = page.results_page(search, shelf, zone=zone_of(request), page=max(number, 1), seal=seal)
    keeping = keeping_of(request.user, search, word=words(search))
    return {**found, "word": keeping.word, "keeping": keeping}


def _heard(sent: QueryDict, shelf: Shelf, *, is_retold: bool = True) -> Search:
    form = SearchForm(sent)
    return page.heard_in(form.search(), form.cleaned_data, shelf, is_retold=is_retold)


def _words(shelf: Shelf) -> page.Seal:
    """The sealed word of each search, made once for a page however often it stands there."""
    return cache(lambda search: sealed(search, now=shelf.now))


def _sealer(words: page.Seal) -> page.Seal:
    """The address of each search; every letter of a sealed word is safe in one."""
    door = reverse("find")
    return lambda search: f"{door}?for={words(search)}"


def _language() -> str:
    return (get_language() or "en").split("-")[0]
