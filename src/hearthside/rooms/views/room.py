"""The room itself: a page that opens a line to everybody in it."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hearthside.rooms import access
from hearthside.rooms.access import Standing
from hearthside.rooms.enums import Exclusion, Stance
from hearthside.rooms.queries.aliases import alias_of
from hearthside.rooms.queries.chairs import chairs_of, outside_of
from hearthside.rooms.queries.crisis import help_in
from hearthside.rooms.queries.receipts import meeting_address
from hearthside.rooms.queries.rules import rules_of, run_sheet_of
from hearthside.safety.country import country_of

# In addresses that the page completes when a private word is opened.
NIL: Final = UUID(int=0)
SECONDS: Final = (60, 120, 180, 300, 600)


@login_required
@require_safe
def room(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """The room, for whoever came in; anybody else with a chair is led to the lobby."""
    now = timezone.now()
    standing = access.standing_for(request.user, room_id, now=now)
    if not standing.is_in or standing.room.is_closed():
        return redirect("room_lobby", room_id)
    found = standing.room
    rules = rules_of(found.group)
    context = {
        "room": found,
        "group": found.group,
        "entry": standing.entry,
        "leads": standing.leads,
        "alias": alias_of(found.pk, standing.person.pk).hex(),
        "person_id": str(standing.person.pk),
        "wire": f"{getattr(settings, 'ROOMS_URL', '')}/rooms/{found.pk}/wire/",
        "rules": rules,
        "sheet": run_sheet_of(rules),
        "meeting": meeting_address(found),
        "outside": _outside(standing, now=now),
        "seconds": _seconds(rules.seconds_each),
        "stances": Stance.choices,
        "nil": NIL,
        "crisis": help_in(found.group, country=country_of(request), now=now),
    }
    return render(request, "rooms/room.html", context)


def _outside(standing: Standing, *, now: datetime) -> list[dict[str, str]]:
    """Who is kept outside, for those who may let them in; nobody else is told."""
    if not standing.keeps_safe:
        return []
    chairs = chairs_of(standing.room, now=now)
    return [
        {
            "alias": alias_of(standing.room.pk, key).hex(),
            "name": str(chairs[key].person),
            "kind": row.kind,
        }
        for key, row in outside_of(standing.room, now=now).items()
        # Whoever is on a break by a measure is let in by nobody here.
        if key in chairs and row.kind != Exclusion.MEASURE
    ]


def _seconds(usual: int) -> list[dict[str, Any]]:
    """The times that a round can have; what the group is used to is among them."""
    return [
        {"seconds": seconds, "minutes": max(1, round(seconds / 60))}
        for seconds in sorted({*SECONDS, usual} - {0})
    ]
