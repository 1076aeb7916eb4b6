"""Taking a seat, giving it up, taking it back: each one tap."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from hearthside.accounts.access import signed_in
from hearthside.meetings import access, actions
from hearthside.meetings.actions.refusals import MustAcceptGroundRules, NotAMember, Refusal
from hearthside.meetings.forms.meeting import SeatForm
from hearthside.meetings.models import Meeting
from hearthside.meetings.queries.seats import own_seat, seat_just_released
from hearthside.meetings.views.meetings import meeting_context


@login_required
@require_POST
def seat(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """A chair, or the next place in line."""
    meeting = access.meeting_for(request.user, meeting_id)
    form = SeatForm(request.POST)
    listens = form.is_valid() and form.cleaned_data["is_listening_only"]
    try:
        actions.take_seat(
            meeting=meeting,
            person=signed_in(request),
            is_listening_only=listens,
            now=timezone.now(),
        )
    except Refusal as refusal:
        return _refused(request, meeting, refusal)
    return _answer(request, meeting)


@login_required
@require_POST
def seat_release(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Give the seat up; no reason asked."""
    meeting = access.meeting_for(request.user, meeting_id)
    own = own_seat(request.user, meeting)
    if own is not None:
        actions.release(seat=own.seat, now=timezone.now())
    return _answer(request, meeting)


@login_required
@require_POST
def seat_take_back(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Undo giving it up."""
    meeting, now = access.meeting_for(request.user, meeting_id), timezone.now()
    released = seat_just_released(request.user, meeting, now=now)
    if released is not None:
        try:
            actions.take_back(seat=released, now=now)
        except Refusal as refusal:
            return _refused(request, meeting, refusal)
    return _answer(request, meeting)


def _answer(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "meetings/meeting.html#seat", meeting_context(request, meeting))
    return redirect(meeting)


def _refused(request: HttpRequest, meeting: Meeting, refusal: Refusal) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        context = meeting_context(request, meeting, refusal=str(refusal))
        return render(request, "meetings/meeting.html#seat", context)
    messages.warning(request, str(refusal))
    if isinstance(refusal, NotAMember):
        return redirect("membership", meeting.group.slug)
    if isinstance(refusal, MustAcceptGroundRules):
        return redirect("ground_rules", meeting.group.slug)
    return redirect(meeting)
