"""The talking piece, from the side of whoever is in the room: one tap each, and the room shows what came of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hearthside.rooms import access
from hearthside.rooms.actions import turns
from hearthside.rooms.actions.refusals import Refusal

Door = Callable[..., HttpResponse]


class TurnForm(forms.Form):
    """A tap, and the turn that the page showed when it was made."""

    action = forms.ChoiceField(choices=[(name, name) for name in turns.TAPS])
    turn = forms.IntegerField(min_value=0)


def says_why(door: Door) -> Door:
    """A door for a script: a Refusal is answered with its sentence, as {"words": …}."""

    @wraps(door)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return door(request, *args, **kwargs)
        except Refusal as refusal:
            return JsonResponse({"words": str(refusal)}, status=409)

    return asked


def done() -> HttpResponse:
    """Nothing to say: what came of it is shown by the room."""
    return HttpResponse(status=204)


def not_understood() -> JsonResponse:
    """What was sent is nothing that our own page sends."""
    words = _("We did not understand that. Please load the page again.")
    return JsonResponse({"words": words}, status=400)


@login_required
@require_POST
@says_why
def turn(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Take the turn, pass it on, pass, ask for a minute, sit out, come back in, raise or lower a hand."""
    now = timezone.now()
    standing = access.inside_for(request.user, room_id, now=now)
    if standing.room.is_side():
        raise Http404
    form = TurnForm(request.POST)
    if not form.is_valid():
        return not_understood()
    turns.tap(
        room_id=room_id,
        person_id=standing.person.pk,
        action=form.cleaned_data["action"],
        turn=form.cleaned_data["turn"],
        now=now,
    )
    return done()
