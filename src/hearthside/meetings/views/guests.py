"""Guests: how many a group takes, and a seat there for somebody whose own meeting is not held."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearthside.accounts.access import signed_in
from hearthside.meetings import access
from hearthside.meetings.actions import guests as actions
from hearthside.meetings.actions.refusals import Refusal
from hearthside.meetings.forms.guests import GuestForm, WelcomeForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def guest_welcome(request: HttpRequest, slug: str) -> HttpResponse:
    """How many guests the group takes when a group like it cannot meet."""
    group = access.group_led_by(request.user, slug)
    form = WelcomeForm(request.POST or None, initial={"seats": access.guests_welcome_at(group)})
    if request.method == "POST" and form.is_valid():
        seats = form.cleaned_data["seats"]
        actions.welcome(group=group, seats=seats, by=signed_in(request), now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("guest_welcome", group.slug)
    return render(request, "meetings/guest_welcome.html", {"group": group, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def guest_seat(request: HttpRequest, haven_id: UUID) -> HttpResponse:
    """A seat as a guest: one tap, and the other group's ground rules where they are new to the person."""
    person, now = signed_in(request), timezone.now()
    offered = access.offered_to(person, haven_id)
    form = GuestForm(request.POST if request.method == "POST" else None, offered=offered)
    if request.method == "POST" and form.is_valid():
        is_same = offered.rules is None or form.cleaned_data["ground_rules"] == offered.rules.pk
        rules = offered.rules if is_same else None
        try:
            actions.visit(haven=offered.haven, person=person, rules=rules, now=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("You have a seat as a guest. You join nothing by it."))
            return redirect(offered.host)
    return render(request, "meetings/guest_seat.html", {"offered": offered, "form": form})
