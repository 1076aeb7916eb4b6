"""Fills a new installation with rooms that are open and people who came in; `ours` runs it, with Django set up.

People, seats, entries, devices and sessions are written as the actions leave them: thousands of times the
way through the lobby would take longer than what is measured. The gateway checks all of it at each connect.
"""

import json
import sys
from datetime import datetime, timedelta
from uuid import uuid4

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from scenarios import FEWER, SCENARIOS

from hearthside.accounts.models import Person
from hearthside.groups.enums import Format, RoleKind, Stage, Standing
from hearthside.groups.models import Group, Membership, Programme, Role, Site
from hearthside.meetings.actions.rooms import room_of
from hearthside.meetings.models import Meeting, Seat, Series
from hearthside.rooms.actions.leading import begin_anyway
from hearthside.rooms.enums import Stance
from hearthside.rooms.models import Device, Entry, Room

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ZONE = "Europe/London"
AT_ONCE = 500


def main() -> None:
    """Print what was made, as JSON."""
    json.dump(seed(timezone.now()), sys.stdout)


@transaction.atomic
def seed(now: datetime) -> dict[str, list[str]]:
    """What a load needs: the device and the session of each person, and the rooms of each scenario."""
    Programme.objects.create(name="Harbour Lane", country="GB")
    site = Site.objects.create(name="Leeds", slug="leeds", country="GB")
    people = _people(max(one.seats for one in SCENARIOS), now)
    lead = _people(1, now)[0]
    devices = Device.objects.bulk_create(
        (
            Device(person=one, fingerprint=one.pk.hex * 2, made_at=now, seen_at=now)
            for one in people
        ),
        AT_ONCE,
    )
    rooms = {
        scenario.name: [
            _open_room(site, lead, people[first : first + scenario.members], now)
            for first in range(0, scenario.seats, scenario.members)
        ]
        for scenario in (*SCENARIOS, FEWER)
    }
    return rooms | {
        "devices": [str(one.pk) for one in devices],
        "sessions": _sessions(people, now),
    }


def _people(count: int, now: datetime) -> list[Person]:
    names = [f"person-{uuid4().hex[:12]}" for _ in range(count)]
    password = make_password(None)
    return Person.objects.bulk_create(
        [Person(pseudonym=name, password=password, recovery_ready_at=now) for name in names],
        AT_ONCE,
    )


def _open_room(site: Site, lead: Person, people: list[Person], now: datetime) -> str:
    """A meeting that runs, its room begun, everybody seated and through the lobby."""
    meeting = _meeting(site, len(people), now)
    Role.objects.create(kind=RoleKind.FACILITATOR, group=meeting.group, person=lead, from_at=now)
    _seat(meeting, people, now)
    room = room_of(meeting=meeting, now=now)
    begin_anyway(room=room, by=lead, now=now)
    _let_in(room, people, now)
    return str(room.pk)


def _meeting(site: Site, seats: int, now: datetime) -> Meeting:
    name = uuid4().hex[:12]
    group = Group.objects.create(
        site=site, name=name, slug=name, format=Format.ONLINE, stage=Stage.OPEN, opened_at=now
    )
    local = now.strftime("%Y-%m-%dT%H:%M")
    series = Series.objects.create(group=group, starts_local=local, zone=ZONE, minutes=90)
    return Meeting.objects.create(
        group=group,
        series=series,
        local_start=local,
        zone=ZONE,
        starts_at=now - timedelta(minutes=5),
        ends_at=now + timedelta(minutes=85),
        seats_max=seats,
    )


def _seat(meeting: Meeting, people: list[Person], now: datetime) -> None:
    group, since = meeting.group, now - timedelta(days=1)
    Membership.objects.bulk_create(
        Membership(group=group, person=one, standing=Standing.MEMBER, from_at=since)
        for one in people
    )
    Seat.objects.bulk_create(
        Seat(meeting=meeting, person=one, number=number, asked_at=now, seated_at=now)
        for number, one in enumerate(people, 1)
    )


def _let_in(room: Room, people: list[Person], now: datetime) -> None:
    Entry.objects.bulk_create(
        Entry(room=room, person=one, stance=Stance.SPEAK, accepted_at=now) for one in people
    )


def _sessions(people: list[Person], now: datetime) -> list[str]:
    store = SessionStore()
    rows = [
        Session(
            session_key=uuid4().hex,
            session_data=store.encode(
                {
                    SESSION_KEY: str(one.pk),
                    BACKEND_SESSION_KEY: BACKEND,
                    HASH_SESSION_KEY: one.get_session_auth_hash(),
                }
            ),
            expire_date=now + timedelta(days=1),
        )
        for one in people
    ]
    Session.objects.bulk_create(rows, AT_ONCE)
    return [one.session_key for one in rows]
