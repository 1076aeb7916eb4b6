"""A facilitator's days ahead, and their yes or no."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hearthside.accounts.access import safe_next, signed_in
from hearthside.meetings import access, actions, duty_words
from hearthside.meetings.actions import ladder
from hearthside.meetings.actions.refusals import Refusal
from hearthside.meetings.queries.leading import ahead_of


@login_required
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The meetings that the person leads or greets at: today, and the seven days before and after."""
    rights = access.require_team(request.user)
    ahead = ahead_of(signed_in(request), rights, now=timezone.now())
    return render(request, "meetings/today.html", {"ahead": ahead, "rights": rights})


@login_required
@require_POST
def duty_confirm(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """I will be there."""
    meeting = access.meeting_for(request.user, meeting_id)
    kind = access.duty_kind_for(request.user, meeting, wanted=request.POST.get("kind", ""))
    person, now = signed_in(request), timezone.now()
    try:
        duty = actions.confirm(meeting=meeting, person=person, kind=kind, now=now)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, duty_words.thanks(duty))
    return redirect(safe_next(request) or "today")


@login_required
@require_POST
def duty_decline(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """I can't be there: those who can find somebody else are told."""
    meeting = access.meeting_for(request.user, meeting_id)
    kind = access.duty_kind_for(request.user, meeting, wanted=request.POST.get("kind", ""))
    try:
        ladder.cannot(meeting=meeting, person=signed_in(request), kind=kind, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request, _("Thank you for saying so. Your co-facilitators and coordinator know.")
        )
    return redirect(safe_next(request) or "today")
