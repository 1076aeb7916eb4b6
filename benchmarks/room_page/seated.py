"""Runs inside an installation: a meeting that began five minutes ago, its room, and a session for everybody with a chair."""

import json
import sys
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from tests import world
from tests.meetings.people import ready

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.meetings import actions


def main(lead: str, members: list[str]) -> None:
    """Print the room, and the cookies by name, as JSON."""
    # The sessions are made by way of Django's test client.
    settings.ALLOWED_HOSTS = ["*"]
    json.dump(seat(lead, members), sys.stdout)


def seat(lead: str, members: list[str]) -> dict[str, Any]:
    now = timezone.now()
    world.programme()
    group = world.group("The Open Kitchen", format="online")
    leads = world.role(RoleKind.FACILITATOR, ready(group, world.person(lead)), group=group)
    people = [ready(group, world.person(name)) for name in members]
    meeting = world.meeting(group, starts_at=now - timedelta(minutes=5), seats_max=len(members))
    for number, who in enumerate(people, start=1):
        world.seat(meeting, who, number=number)
    room = actions.room_of(meeting=meeting, now=now)
    return {
        "room": str(room.pk),
        "cookie": settings.SESSION_COOKIE_NAME,
        "sessions": {who.pseudonym: _session(who) for who in [leads, *people]},
    }


def _session(who: Person) -> str:
    return str(world.browser(who).cookies[settings.SESSION_COOKIE_NAME].value)
