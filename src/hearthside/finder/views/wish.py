"""One's own wish: a search kept because the person asked for it, looked at, changed, forgotten."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hearthside.accounts.access import signed_in
from hearthside.accounts.actions import consents
from hearthside.accounts.enums import Purpose
from hearthside.finder import access
from hearthside.finder.actions import wishes
from hearthside.finder.forms import WishForm
from hearthside.finder.queries.wish_page import WishPage, wish_page
from hearthside.finder.queries.young import is_too_young, too_young
from hearthside.finder.sealed import opened
from hearthside.finder.views.answering import private, zone_of
from hearthside.safety.country import country_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest) -> HttpResponse:
    """What is kept; with `for`, a sealed search that the person may keep."""
    if not request.user.is_authenticated:
        # Whoever keeps a search is mostly new here: sign-up first, and the sealed search comes along.
        return redirect_to_login(request.get_full_path(), reverse("account_signup"))
    now = timezone.now()
    word = request.POST.get("for", "") or request.GET.get("for", "")
    fresh = opened(word, now=now) if word else None
    if fresh is not None and is_too_young(fresh):
        young = too_young(country=country_of(request), now=now)
        return _page(request, {"too_young": young, "edit": word})
    page = wish_page(signed_in(request), fresh=fresh, zone=zone_of(request), now=now)
    if page is None:
        return _page(request, {"is_over": bool(word)})
    form = WishForm(
        request.POST or None,
        experiences=page.experiences,
        consent=page.consent_label,
        initial=page.initial(),
    )
    is_over = bool(word) and fresh is None
    if request.method == "POST" and not is_over and form.is_valid():
        _keep(request, page, form)
        messages.success(request, _("Kept. Nobody else sees it unless you ask for a place."))
        return redirect("wish")
    return _page(request, {"page": page, "form": form, "is_over": is_over})


@login_required
@require_POST
def wish_drop(request: HttpRequest) -> HttpResponse:
    """One thing less is looked for."""
    own = access.wish_for(request.user)
    wishes.drop(wish=own, dropped=request.POST.get("drop", ""), now=timezone.now())
    return redirect("wish")


@login_required
@require_POST
def wish_end(request: HttpRequest) -> HttpResponse:
    """Forget it; the way back stands in the address for ten minutes, and nowhere else."""
    word = wishes.forget(person=signed_in(request), now=timezone.now())
    address = reverse("wish")
    return redirect(f"{address}?{urlencode({'undo': word})}" if word else address)


@login_required
@require_POST
def wish_back(request: HttpRequest) -> HttpResponse:
    """Undo the forgetting."""
    person, word = signed_in(request), request.POST.get("undo", "")
    try:
        back = wishes.take_back(person=person, word=word, now=timezone.now())
    except wishes.NeedsConsent:
        back = None
    if back is None:
        messages.warning(request, _("It is too late to bring it back. You can search anew."))
    else:
        messages.success(
            request,
            _("Your search is back. If you were waiting for a place, please ask for one again."),
        )
    return redirect("wish")


@transaction.atomic
def _keep(request: HttpRequest, page: WishPage, form: WishForm) -> None:
    person, now = signed_in(request), timezone.now()
    if page.consent:
        language = get_language() or "en"
        consents.give(person=person, purpose=Purpose.HEALTH, language=language, now=now)
    main, is_new, zone = form.main_experience(), form.says_is_new(), form.cleaned_data["zone"]
    if page.wish is not None and not page.word:
        wishes.describe(wish=page.wish, main=main, is_new=is_new, zone=zone, now=now)
        return
    wishes.keep(
        person=person,
        search=page.search,
        main=main,
        is_new=is_new,
        zone=zone,
        place=page.place,
        now=now,
    )


def _page(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    undo = request.GET.get("undo", "") if "page" not in context else ""
    return private(render(request, "finder/wish.html", {**context, "undo": undo}))
