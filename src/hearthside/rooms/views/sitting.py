"""A quiet side room: a member is asked to it, a second facilitator is called, and each says yes or not now."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hearthside.accounts.models import Person
from hearthside.rooms import access
from hearthside.rooms.access import Standing
from hearthside.rooms.actions import sitting as actions
from hearthside.rooms.actions.refusals import (
    CallIsOver,
    MemberIsNotThere,
    NobodyElseIsHere,
    QuestionIsOver,
)
from hearthside.rooms.enums import Part
from hearthside.rooms.queries.chairs import chairs_of
from hearthside.rooms.queries.side_rooms import has_come
from hearthside.rooms.queries.state import sides_of
from hearthside.rooms.queries.turns import SEAT, entry_at
from hearthside.rooms.views.side_rooms import beside, way_to
from hearthside.rooms.views.turns import done, not_understood, says_why
from hearthside.safety.actions import care
from hearthside.safety.queries.care import is_offered


class InviteForm(forms.Form):
    """Whom to ask, and whether a second facilitator comes along."""

    alias = forms.RegexField(SEAT.pattern + r"\Z")
    action = forms.ChoiceField(choices=[("second", ""), ("alone", "")])


class TapForm(forms.Form):
    """What a facilitator does about the second, or what a member answers."""

    action = forms.ChoiceField()

    def __init__(self, data: Any, *, taps: Any) -> None:
        super().__init__(data)
        self.fields["action"].choices = [(name, name) for name in taps]  # type: ignore[attr-defined]


@login_required
@require_POST
@says_why
def invite(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Ask a member to a side room, with a second facilitator or alone; nothing happens before they say yes."""
    now = timezone.now()
    standing = access.keeping_for(request.user, room_id, now=now)
    is_young = standing.room.group.is_young()
    if standing.room.is_side() or (is_young and not standing.leads):
        raise Http404
    form = InviteForm(request.POST)
    if not form.is_valid():
        return not_understood()
    person = _member_at(standing, form.cleaned_data["alias"], now=now)
    # Nobody under 18 is asked to be alone with one adult.
    has_second = is_young or form.cleaned_data["action"] == "second"
    try:
        side = actions.invite(
            room=standing.room, person=person, by=standing.person, has_second=has_second, now=now
        )
    except NobodyElseIsHere as refusal:
        return _nobody_else(refusal)
    return way_to(side)


def _call(standing: Standing, now: datetime) -> HttpResponse:
    try:
        actions.call_second(side=standing.room, now=now)
    except NobodyElseIsHere as refusal:
        return _nobody_else(refusal)
    return done()


def _alone(standing: Standing, now: datetime) -> HttpResponse:  # noqa: ARG001 - all taps are told the time
    actions.go_alone(side=standing.room)
    return done()


SECOND: Final[dict[str, Callable[[Standing, datetime], HttpResponse]]] = {
    "call": _call,
    "alone": _alone,
}


@login_required
@require_POST
@says_why
def side_second(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Whoever sits with the member calls for somebody beside them, or goes on alone."""
    now = timezone.now()
    standing = beside(request.user, room_id, now=now)
    if standing.room.is_closed():
        raise Http404
    form = TapForm(request.POST, taps=SECOND)
    if not form.is_valid():
        return not_understood()
    if standing.person.pk != standing.room.lead_id:
        raise Http404
    return SECOND[form.cleaned_data["action"]](standing, now)


@login_required
@require_POST
@says_why
def side_take(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Somebody who was called says that they come."""
    now = timezone.now()
    side, standing = access.side_called_to(request.user, room_id, now=now)
    called = {call.room_id for call in sides_of(standing.room, standing.person, now=now).calls}
    if side.pk not in called:
        # Somebody else was quicker.
        if standing.keeps_safe and side.second_called_at is not None:
            raise CallIsOver
        raise Http404
    actions.take(side=side, by=standing.person)
    return done()


@login_required
@require_POST
@says_why
def side_reply(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """The member who is asked says yes, or not now."""
    now = timezone.now()
    side, standing = access.side_asked_in(request.user, room_id, now=now)
    if side.member_id != standing.person.pk:
        raise Http404
    form = TapForm(request.POST, taps=("yes", "no"))
    if not form.is_valid():
        return not_understood()
    asked = {one.room_id for one in sides_of(standing.room, standing.person, now=now).questions}
    if side.pk not in asked:
        raise QuestionIsOver
    if form.cleaned_data["action"] == "yes":
        actions.agree(side=side, now=now)
        return way_to(side)
    actions.decline(side=side, by=standing.person, now=now)
    return done()


@login_required
@require_POST
@says_why
def side_care(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Whoever sits with a member asks whether they may be in touch after a day and after three."""
    now = timezone.now()
    standing = beside(request.user, room_id, now=now)
    side = standing.room
    if side.is_closed() or standing.person.pk not in (side.lead_id, side.second_id):
        raise Http404
    if side.member is None or not has_come(side, side.member):
        raise MemberIsNotThere
    if is_offered(side.member, standing.person):
        return JsonResponse({"said": _("You asked them already, or they said yes before.")})
    care.offer(person=side.member, keeper=standing.person, now=now)
    return JsonResponse({"said": _("They are asked. Nothing happens before they say yes.")})


def _member_at(standing: Standing, alias: str, *, now: datetime) -> Person:
    """Whom the tap is about: somebody in the room who does not lead it; 404 for anybody else."""
    entry = entry_at(standing.room, alias)
    chair = chairs_of(standing.room, now=now).get(entry.person_id) if entry else None
    if entry is None or chair is None or entry.person == standing.person:
        raise Http404
    if chair.part == Part.FACILITATOR:
        raise Http404
    return entry.person


def _nobody_else(refusal: NobodyElseIsHere) -> HttpResponse:
    """The page offers what can be done instead."""
    return JsonResponse({"words": str(refusal), "is_alone": True}, status=409)
