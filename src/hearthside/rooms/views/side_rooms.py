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
from hearthside.rooms.actions import sitting
from hearthside.rooms.actions.refusals import Refusal
from hearthside.rooms.enums import Exclusion
from hearthside.rooms.models import Room
from hearthside.rooms.queries.state import heard_by, sides_of
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
    asked = actions.ask(room=room, person=standing.person, now=now)
    return way_to(asked, heard=heard_by(room, standing.person, now=now))


@login_required
@require_POST
@says_why
def side_answer(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """A facilitator of the meeting comes to it."""
    now = timezone.now()
    standing = beside(request.user, room_id, now=now)
    room = standing.room
    if room.is_closed() or room.parent_id is None:
        raise Http404
    # Only whoever leads the meeting and is in it: a facilitator kept outside of it answers nobody.
    meeting = access.leading_for(request.user, room.parent_id, now=now).room
    # Threat: a facilitator whom the member blocked comes to them all the same. They were never shown that
    # somebody asks, so there is nothing here.
    if room.pk not in {each.room_id for each in sides_of(meeting, standing.person, now=now).words}:
        raise Http404
    actions.answer(side=room, by=standing.person, now=now)
    # Nobody under 18 is alone with one adult: there somebody is called in any case.
    is_called = "second" in request.POST or room.group.is_young()
    return way_to(room, words=_called(room, now=now) if is_called else "")


@login_required
@require_POST
@says_why
def side_end(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """The member or the facilitator ends it; the second facilitator steps out of it."""
    now = timezone.now()
    standing = beside(request.user, room_id, now=now)
    side, person = standing.room, standing.person
    if person.pk == side.second_id:
        sitting.step_out(side=side, now=now)
    elif person.pk in (side.member_id, side.lead_id):
        actions.end(side=side, by=person, now=now)
    else:
        raise Http404
    return done()


def _called(side: Room, *, now: datetime) -> str:
    """Call a second facilitator; why nobody can come, if so: whoever answered is with the member all the same."""
    try:
        sitting.call_second(side=side, now=now)
    except Refusal as refusal:
        return str(refusal)
    return ""


def beside(reader: Reader, room_id: UUID, *, now: datetime) -> Standing:
    """The reader before a side room, for whoever has a chair in it."""
    standing = access.standing_for(reader, room_id, now=now)
    if not standing.room.is_side():
        raise Http404
    return standing


def way_to(room: Room, **told: object) -> JsonResponse:
    """The side room's address, for the script that opens it."""
    return JsonResponse({"room": str(room.pk), "url": reverse("room", args=[room.pk]), **told})
