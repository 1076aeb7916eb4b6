"""A program of its own: seats people at two meetings of a real installation, and prints how to connect them.

Started with Django's settings in its environment. Prints {"rooms": [{"room": uuid, "people": [{"device",
"cookie", "person"}]}]}; the first person of each room facilitates it. With words, it does something to the
first room instead: `remove PERSON`, `release PERSON` or `close`.
"""

import json
import sys
from datetime import timedelta
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.utils import timezone  # noqa: E402

from hearthside.accounts.models import Person  # noqa: E402
from hearthside.groups.enums import RoleKind  # noqa: E402
from hearthside.meetings.actions import seats  # noqa: E402
from hearthside.meetings.models import Meeting, Seat  # noqa: E402
from hearthside.rooms.actions import closing, outside  # noqa: E402
from hearthside.rooms.enums import Part, Stance  # noqa: E402
from hearthside.rooms.models import Room  # noqa: E402
from tests import world  # noqa: E402
from tests.rooms import rooms  # noqa: E402
from tests.rooms.gateway.house import cookie_of  # noqa: E402

PEOPLE = 4
now = timezone.now()


def evening() -> dict[str, Any]:
    """One meeting that has begun, with its room and everybody in it."""
    # Names of its own, because this runs more than once in an installation.
    site = world.site(uuid4().hex)
    group = world.group(format="online", slug=uuid4().hex, site=site)
    starts = now - timedelta(minutes=5)
    room = rooms.open_room(group, starts_at=starts)
    meeting = world.meeting(group, starts_at=starts, room=room)
    people = [world.role(RoleKind.FACILITATOR, somebody(), group=group)]
    for number in range(1, PEOPLE):
        people.append(world.member(group, somebody()))
        world.seat(meeting, people[-1], number=number)
    for person in people:
        part = Part.MEMBER if person != people[0] else Part.FACILITATOR
        rooms.entry(room, person, now=now, stance=Stance.SPEAK, part=part)
    return {"room": str(room.pk), "people": [shown(person) for person in people]}


def somebody() -> Person:
    return world.person(uuid4().hex)


def shown(person: Person) -> dict[str, str]:
    device = rooms.device(person, now=now)
    return {
        "person": str(person.pk), "device": str(device.pk), "cookie": cookie_of(person),
    }  # fmt: skip


def act(verb: str, *keys: str) -> None:
    """Do what the words say, as another process of the site would."""
    if verb == "close":
        room = Room.objects.get(pk=keys[0])
        closing.close(room=room, by=None, now=now)
        return
    room, person = Room.objects.get(pk=keys[0]), Person.objects.get(pk=keys[1])
    if verb == "remove":
        lead = room.entries.get(part=Part.FACILITATOR).person
        outside.remove(room=room, person=person, by=lead, now=now)
    elif verb == "release":
        meeting = Meeting.objects.get(room=room)
        seats.release(seat=Seat.objects.get(meeting=meeting, person=person), now=now)


if sys.argv[1:]:
    act(*sys.argv[1:])
    print(json.dumps({"done_at": timezone.now().timestamp()}))
else:
    print(json.dumps({"rooms": [evening(), evening()]}))
