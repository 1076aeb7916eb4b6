"""Leaving a room, and the page after it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hearthside.rooms import access
from hearthside.rooms.actions import entries
from hearthside.rooms.queries.receipts import receipt_of


@login_required
@require_POST
def room_leave(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Go, quietly. A script that says it on the way out is answered with nothing."""
    entry = access.receipt_for(request.user, room_id)
    entries.leave(room=entry.room, person=entry.person, now=timezone.now())
    if "text/html" not in request.headers.get("Accept", ""):
        return HttpResponse(status=204)
    return redirect("room_goodbye", room_id)


@login_required
@require_safe
def room_goodbye(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Thanks, a look at how I am, what we kept, and when we meet again."""
    entry = access.receipt_for(request.user, room_id)
    context = {"receipt": receipt_of(entry, now=timezone.now()), "group": entry.room.group}
    return render(request, "rooms/goodbye.html", context)
