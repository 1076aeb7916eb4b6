"""Another time for one meeting, calling it off, and the way back from both."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hearthside.accounts.access import signed_in
from hearthside.meetings import access, actions
from hearthside.meetings.actions.refusals import Refusal
from hearthside.meetings.forms.meeting import CancelForm, MoveForm
from hearthside.meetings.queries.seats import fullness_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_move(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Give the meeting another time; everyone with a seat or in line is told."""
    meeting = access.meeting_led_by(request.user, meeting_id)
    form = MoveForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        starts_at, ends_at = form.cleaned_data["starts_at"], form.cleaned_data["ends_at"]
        try:
            actions.move(
                meeting=meeting, starts_at=starts_at, ends_at=ends_at,
                by=signed_in(request), now=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Moved. Everyone who planned to come is told. You can undo this below.")
            )
            return redirect(meeting)
    context = {"meeting": meeting, "form": form, "fullness": fullness_of(meeting)}
    return render(request, "meetings/move.html", context)


@login_required
@require_POST
def meeting_move_back(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Undo the newest move."""
    meeting = access.meeting_led_by(request.user, meeting_id)
    try:
        actions.move_back(meeting=meeting, by=signed_in(request), now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("It is back at its earlier time, and everyone is told."))
    return redirect(meeting)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_cancel(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Call the meeting off; everyone with a seat or in line is told."""
    meeting = access.meeting_led_by(request.user, meeting_id)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        message = form.cleaned_data["message"]
        try:
            actions.cancel(
                meeting=meeting, message=message, by=signed_in(request), now=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("Cancelled. Everyone who planned to come is told. You can undo this below."),
            )
            return redirect(meeting)
    context = {"meeting": meeting, "form": form, "fullness": fullness_of(meeting)}
    return render(request, "meetings/cancel.html", context)


@login_required
@require_POST
def meeting_restore(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """It takes place after all."""
    meeting = access.meeting_led_by(request.user, meeting_id)
    try:
        actions.restore(meeting=meeting, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("It takes place after all, and everyone is told."))
    return redirect(meeting)
