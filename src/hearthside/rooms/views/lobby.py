"""Coming to a room: the lobby, the page for whoever is kept outside, and how one is there."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from hearthside.rooms import access
from hearthside.rooms.access import Standing
from hearthside.rooms.actions import entries
from hearthside.rooms.actions.refusals import GroundRulesHaveChanged, Refusal
from hearthside.rooms.forms.lobby import LobbyForm, StanceForm
from hearthside.rooms.queries.lobby import Lobby, lobby_of
from hearthside.rooms.views.turns import done, not_understood, says_why

# What the page asks for again by itself, and the answer that says it knows that already.
HERE, OUTSIDE = "here", "outside"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def room_lobby(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """What will happen, the ground rules for today, how I come, and the door."""
    now = timezone.now()
    standing = access.standing_for(request.user, room_id, now=now)
    if standing.outside or _part(request) == OUTSIDE:
        return _outside(request, standing)
    # Threat: a facilitator walks in beside the one who answered. There is one way into a private word.
    if standing.room.is_side() and standing.entry is None:
        raise Http404
    if standing.room.is_side() and not standing.room.is_closed():
        return redirect("room", room_id)
    if standing.entry and standing.room.is_closed() and not _part(request):
        return redirect("room_goodbye", room_id)
    lobby = lobby_of(standing.room, standing.chair, standing.entry, now=now)
    form = LobbyForm(request.POST or None, rules=lobby.rules, stance=lobby.stance)
    if request.method == "POST" and form.is_valid() and _came_in(standing, form, now):
        return redirect("room", room_id)
    return _lobby(request, standing, lobby, form)


@login_required
@require_POST
@says_why
def room_stance(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """How I am here from now on."""
    now = timezone.now()
    standing = access.inside_for(request.user, room_id, now=now)
    form = StanceForm(request.POST)
    if not form.is_valid():
        return not_understood()
    entries.change_stance(room=standing.room, person=standing.person, stance=form.chosen(), now=now)
    return done()


def _came_in(standing: Standing, form: LobbyForm, now: datetime) -> bool:
    """Whether the person is in now; if not, the form says why."""
    try:
        if not form.read_newest():
            raise GroundRulesHaveChanged
        entries.come_in(
            room=standing.room, person=standing.person, chair=standing.chair,
            stance=form.chosen(), rules=form.rules, now=now,
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _lobby(request: HttpRequest, standing: Standing, lobby: Lobby, form: LobbyForm) -> HttpResponse:
    context = {
        "lobby": lobby,
        "room": lobby.room,
        "group": lobby.room.group,
        "form": form,
        "leads": standing.leads,
        "is_in": standing.is_in,
        "is_first_time": standing.chair.is_first_time,
    }
    if _part(request) != HERE:
        return render(request, "rooms/lobby.html", context)
    known = request.GET.get("known", "")
    if known == lobby.state:
        # Nothing new: what a screen reader has said once, it does not say again.
        return HttpResponse(status=204)
    is_door_new = not known.startswith(lobby.doorway)
    return render(request, "rooms/lobby.html#here", {**context, "is_door_new": is_door_new})


def _outside(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Held or removed; or let in again, while that page stood open."""
    known = request.GET.get("known")
    part = "#outside" if _part(request) == OUTSIDE else ""
    if part and known == _kind(standing):
        return HttpResponse(status=204)
    context = {"room": standing.room, "group": standing.room.group, "kind": _kind(standing)}
    return render(request, f"rooms/outside.html{part}", context)


def _kind(standing: Standing) -> str:
    """Why they are outside; "over" and "free" are reasons not to wait any longer."""
    if standing.room.is_closed():
        return "over"
    return standing.outside.value if standing.outside else "free"


def _part(request: HttpRequest) -> str:
    """The element for which HTMX asks; nothing for a whole page."""
    return str(request.htmx.target or "")  # type: ignore[attr-defined]
