"""The page on which people make and revoke the secret addresses of their calendars."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hearthside.exchange import access
from hearthside.exchange.actions import calendars as actions
from hearthside.exchange.forms import CalendarLinkForm
from hearthside.exchange.queries.calendars import links_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_links(request: HttpRequest) -> HttpResponse:
    """One's addresses; a new one is shown on the answer to the form, this once and never again."""
    person, now = access.person(request.user), timezone.now()
    form = CalendarLinkForm(request.POST if request.method == "POST" else None)
    address = ""
    if form.is_valid():
        try:
            secret = actions.make_link(person=person, now=now, **form.cleaned_data)
            address = request.build_absolute_uri(reverse("my_calendar", args=[secret]))
        except actions.TooManyLinks:
            messages.error(request, _("You have many calendar addresses. Please revoke one first."))
    context = {"form": CalendarLinkForm(), "address": address, "links": links_of(person, now=now)}
    return render(request, "exchange/calendar_links.html", context)


@login_required
@require_POST
def calendar_link_revoke(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """The address answers nobody any more."""
    now = timezone.now()
    link = access.link_for(access.person(request.user), link_id, now=now)
    actions.revoke(link=link, now=now)
    messages.success(
        request, _("Revoked. A calendar that still has this address will show nothing new.")
    )
    return redirect("calendar_links")
