"""One of everything, and one person of every role: what fills the addresses of the site."""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import Settings

from hearthside.exchange.models import CalendarLink, Import
from hearthside.finder.models import Weighting
from hearthside.groups.enums import RoleKind, Standing
from hearthside.groups.models import Membership, Supervision
from hearthside.meetings.actions.rooms import room_of
from hearthside.meetings.enums import Mark
from hearthside.meetings.models import Attendance
from hearthside.meetings.queries.duties import answer_token
from hearthside.notices.enums import Kind
from hearthside.notices.queries import STOP
from hearthside.placing.models import Run
from hearthside.rooms.models import Report
from hearthside.rooms.queries.reports import subject_of
from hearthside.safety import helplines
from hearthside.safety.actions.concerns import Telling, raise_concern
from hearthside.safety.enums import Lane, SubjectKind
from hearthside.safety.ports import Subject
from hearthside.safety.queries.concerns import link_of
from hearthside.shell import first_run
from tests import world
from tests.finder import town
from tests.meetings.people import duty_at, haven_of, ready
from tests.placing import people
from tests.rooms import rooms
from tests.safety import casting


@pytest.fixture
def cast(settings: Settings, tmp_path: Path) -> dict[str, Any]:
    """One of everything, and one person of every role: the words that fill the addresses, and the people."""
    settings.HOME = tmp_path
    first_run.marker().write_text(hashlib.sha256(b"the-token").hexdigest())
    town.words()
    place, now = world.site(), timezone.now()
    group = world.group(site=place, format="online")
    meeting = world.meeting(group, starts_at=now + timedelta(minutes=20))
    member, facilitator = ready(group), world.role(RoleKind.FACILITATOR, group=group)
    world.seat(meeting, member)
    room = room_of(meeting=meeting, now=now)
    rooms.entry(room, member, now=now)
    report = Report.objects.create(group=group, reporter=member, made_at=now)
    concern = raise_concern(telling=telling(Lane.TELL, subject_of(report)), by=member, now=now)
    by_visitor = raise_concern(telling=telling(Lane.NOW), by=None, now=now)
    asking = world.member(group, standing=Standing.ASKED)
    reading = Import.objects.create(source="list", site=place, read_at=now, read_by=facilitator)
    link = CalendarLink.objects.create(person=member, digest="0" * 64, from_at=now)
    waits = people.waiting(place, member, "alcohol", since=now - timedelta(days=20))
    Attendance.objects.create(meeting=meeting, person=member, mark=Mark.CAME, recorded_at=now)
    coordinator = world.role(RoleKind.COORDINATOR, site=place)
    operator = world.role(RoleKind.OPERATOR)
    run = Run.objects.create(site=place, by=coordinator, asked_at=now)
    return {
        "visitor": None,
        "member": member,
        "facilitator": facilitator,
        "coordinator": coordinator,
        "operator": operator,
        **casting.about_people(group, member, facilitator=facilitator, operator=operator, now=now),
        "groups": group.slug,
        "sites": place.slug,
        "programme": "alcohol",
        "training": "role",
        "facilitator_id": facilitator.pk,
        "supervision_id": Supervision.objects.create(
            person=facilitator, supervisor=member, from_at=now, accepted_at=now
        ).pk,
        "call_id": member.pk,
        "feeds": group.slug,
        "find": group.slug,
        "request_id": waits.pk,
        "invitation_id": people.offered(world.group(site=place), waits, now=now).pk,
        "run_id": run.pk,
        "opening_id": waits.pk,
        "pair_id": people.apart(world.person(), world.person()).pk,
        "version_id": Weighting.objects.create(weights={}, at=now).pk,
        "meeting_id": meeting.pk,
        "room_id": room.pk,
        "report_id": report.pk,
        "concern_id": concern.pk,
        "lane": "now",
        "link": link_of(by_visitor),
        "shift_id": concern.pk,
        "device_id": rooms.device(member, now=now).pk,
        "series_id": meeting.series_id,
        "person_id": member.pk,
        "membership_id": Membership.objects.get(person=asking).pk,
        "role_id": facilitator.roles.get().pk,
        "import_id": reading.pk,
        "link_id": link.pk,
        "facts": helplines.for_country("GB").lines[0].facts,
        "said_id": member.pk,
        "row_id": member.pk,
        "purpose": "reminders",
        "secret": "unknown",
        "duty_token": answer_token(duty_at(meeting, facilitator, now=now)),
        "haven_id": haven_of(meeting, now=now).pk,
        "token": STOP.sign(f"{member.pk}.{next(iter(Kind))}"),
        "pk": 1,
    }


def telling(lane: Lane, subject: Subject | None = None) -> Telling:
    return Telling(lane, subject or Subject(SubjectKind.SOFTWARE, None, ""), "", uuid4())
