"""A private word: asked for in one tap, answered in one tap, ended by either."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from hearthside.groups.queries.rights import Reader
from hearthside.rooms import access
from hearthside.rooms.access import Standing
from hearthside.rooms.actions import side_rooms as actions
from hearthside.rooms.enums import Exclusion
from hearthside.rooms.models import Room
from hearthside.rooms.views.turns import done, says_why


@login_required
@require_POST
@says_why
def side(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """A member asks for a private word, also while they wait outside."""
    now = timezone.now()
    standing = access.standing_for(request.user, room_id, now=now)
    room = standing.room
    is_out = standing.entry is None or standing.outside in (Exclusion.REMOVED, Exclusion.MEASURE)
    if is_out or standing.leads or room.is_closed() or room.is_side():
        raise Http404
    return _way_to(actions.ask(room=room, person=standing.person, now=now))


@login_required
@require_POST
@says_why
def side_answer(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """A facilitator of the meeting comes to it."""
    now = timezone.now()
    standing = _beside(request.user, room_id, now=now)
    room = standing.room
    if room.is_closed() or room.parent_id is None:
        raise Http404
    # Only whoever leads the meeting and is in it: a facilitator kept outside of it answers nobody.
    access.leading_for(request.user, room.parent_id, now=now)
    actions.answer(side=room, by=standing.person, now=now)
    return _way_to(room)


@login_required
@require_POST
@says_why
def side_end(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Either of the two ends it."""
    now = timezone.now()
    standing = _beside(request.user, room_id, now=now)
    if standing.person.pk not in (standing.room.member_id, standing.room.lead_id):
        raise Http404
    actions.end(side=standing.room, by=standing.person, now=now)
    return done()


def _beside(reader: Reader, room_id: UUID, *, now: datetime) -> Standing:
    standing = access.standing_for(reader, room_id, now=now)
    if not standing.room.is_side():
        raise Http404
    return standing


def _way_to(room: Room) -> JsonResponse:
    return JsonResponse({"room": str(room.pk), "url": reverse("room", args=[room.pk])})
