"""The door from a meeting to its room."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from hearthside.meetings import access, actions
from hearthside.meetings.actions.refusals import Refusal


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_room(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Whoever has a chair goes on to the lobby of the room, everyone else to the page of the meeting."""
    meeting = access.meeting_for(request.user, meeting_id)
    if not access.has_chair(request.user, meeting):
        return redirect(meeting)
    try:
        room = actions.room_of(meeting=meeting, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect(meeting)
    return redirect("room_lobby", room.pk)
