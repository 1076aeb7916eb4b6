"""The two questions reach everybody who had a role: on the room's goodbye page, by letter, and nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.meetings import actions
from hearthside.meetings.actions import debrief
from hearthside.meetings.enums import DutyKind
from hearthside.meetings.models import CallAsked, Debrief, Duty, Meeting
from hearthside.notices.models import Letter
from hearthside.rooms.enums import Phase
from hearthside.rooms.models import Room
from tests import world
from tests.meetings.in_rooms import online, room_in, seated
from tests.meetings.people import leader, reachable
from tests.rooms import rooms

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def ending() -> Meeting:
    """An online meeting that is on, in a room that was opened."""
    now = timezone.now()
    meeting = world.meeting(online(), starts_at=now - HOUR, ends_at=now + HOUR / 4)
    actions.room_of(meeting=meeting, now=now)
    Room.objects.filter(meeting=meeting).update(phase=Phase.OPEN, opened_at=now - HOUR)
    return meeting


def helping(meeting: Meeting, kind: DutyKind, *, came: bool = True) -> Person:
    """Somebody from elsewhere who said yes to it, and came or not."""
    now = timezone.now()
    person = leader(world.group("Elsewhere"), who=reachable())
    Duty.objects.create(
        meeting=meeting, person=person, kind=kind, way="pool", asked_at=now, confirmed_at=now
    )
    if came:
        rooms.entry(room_in(meeting), person, first_here_at=now - HOUR)
    return person


def closed(meeting: Meeting) -> None:
    Room.objects.filter(meeting=meeting).update(phase=Phase.CLOSED, closed_at=timezone.now())


def goodbye(meeting: Meeting, person: Person) -> str:
    at = reverse("room_goodbye", args=[room_in(meeting).pk])
    return str(world.browser(person).get(at).content.decode())


def test_the_goodbye_page_leads_whoever_had_a_role_to_the_questions_once_it_is_closed() -> None:
    meeting = ending()
    page = reverse("debrief", args=[meeting.pk])
    member = seated(meeting)
    rooms.entry(room_in(meeting), member, first_here_at=timezone.now() - HOUR)
    helpers = [helping(meeting, kind) for kind in DutyKind]
    assert not any(page in goodbye(meeting, each) for each in helpers)
    closed(meeting)
    for each in helpers:
        assert page in goodbye(meeting, each)
        assert (
            world.browser(each).post(page, {"weight": "4", "needs_person": "no"}).status_code == 302
        )
    assert page not in goodbye(meeting, member)
    assert world.browser(member).get(page).status_code == 404
    assert Debrief.objects.count() == len(helpers)


def test_the_letter_goes_to_the_lead_and_to_helpers_who_were_seen_there() -> None:
    meeting = ending()
    lead = helping(meeting, DutyKind.LEAD, came=False)
    there = [helping(meeting, DutyKind.SAFETY), helping(meeting, DutyKind.GREET)]
    helping(meeting, DutyKind.COVER, came=False)
    # Two parts at one meeting are one person, and one letter.
    Duty.objects.create(
        meeting=meeting, person=there[0], kind="greet", asked_at=timezone.now(),
        confirmed_at=timezone.now(),
    )  # fmt: skip
    closed(meeting)
    debrief.ask_after_meetings(now=meeting.ends_at + HOUR)
    told = Letter.objects.filter(about=f"debrief:{meeting.pk}")
    assert {letter.person for letter in told} == {lead, *there}
    assert told.count() == 3


def test_in_person_whoever_covered_is_asked_if_they_said_that_they_were_there() -> None:
    now = timezone.now()
    meeting = world.meeting(world.group(), starts_at=now - 2 * HOUR)
    here, away = (helping(meeting, DutyKind.COVER, came=False) for _ in range(2))
    Duty.objects.filter(person=here).update(here_at=meeting.starts_at)
    debrief.ask_after_meetings(now=meeting.ends_at + HOUR / 6)
    assert {letter.person for letter in Letter.objects.filter(about__startswith="debrief")} == {
        here
    }
    assert away != here


def test_whoever_stepped_in_can_ask_for_a_call_for_that_group() -> None:
    meeting = ending()
    coordinator = world.role(RoleKind.COORDINATOR, reachable(), site=meeting.group.site)
    person = helping(meeting, DutyKind.SAFETY)
    closed(meeting)
    sent = {"of": "coordinator", "group": str(meeting.group.pk), "reach": ""}
    world.browser(person).post(reverse("calls"), sent)
    assert CallAsked.objects.get().group == meeting.group
    assert Letter.objects.filter(person=coordinator, about__startswith="call:").exists()
