"""Covering somebody's words on one's own screen, for this meeting: nobody else in the room can tell."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hearthside.rooms import access
from hearthside.rooms.queries.turns import SEAT, entry_at
from hearthside.rooms.queries.veils import covered_for
from hearthside.rooms.views.turns import not_understood
from hearthside.safety.actions import blocks

OVER: Final = timedelta(hours=3)


class VeilForm(forms.Form):
    """Whose words, and whether to cover or to show them."""

    alias = forms.RegexField(SEAT.pattern + r"\Z")
    action = forms.ChoiceField(choices=[("mute", "mute"), ("unmute", "unmute")])


@login_required
@require_POST
def room_veil(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Mute or unmute somebody who came into this room; the answer says whose words are covered now.

    Threat: if the room changed for this, everybody's browser would hear of a change that nobody can see, and
    whoever watches theirs would know that somebody has just covered them. So nothing in the room changes.
    """
    now = timezone.now()
    standing = access.inside_for(request.user, room_id, now=now)
    form = VeilForm(request.POST)
    if not form.is_valid():
        return not_understood()
    entry = entry_at(standing.room, form.cleaned_data["alias"])
    if entry is None:
        raise Http404
    try:
        if form.cleaned_data["action"] == "mute":
            # A meeting may last longer than was planned.
            until = max(standing.room.ends_at, now) + OVER
            blocks.mute(owner=standing.person, other=entry.person, until_at=until, now=now)
        else:
            blocks.unveil(owner=standing.person, other=entry.person)
    except (blocks.TooMany, blocks.Yourself):
        words = _("That did not work. Look at your list of people you have muted.")
        return JsonResponse({"words": words}, status=409)
    return JsonResponse({"veiled": covered_for(standing.person, standing.room, now=now)})
