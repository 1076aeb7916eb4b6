"""Guests: where a meeting cannot be held, members are told once, with a seat elsewhere or the next date."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person
from hearthside.groups.models import Acceptance, Experience, Group, Membership
from hearthside.meetings import actions
from hearthside.meetings.actions import ladder
from hearthside.meetings.enums import DutyKind
from hearthside.meetings.models import Duty, Guest, Haven, Meeting, Seat, Welcome
from hearthside.meetings.queries.chairs import chair_of
from hearthside.notices.models import Letter
from hearthside.safety.models import KeepApart
from tests import world
from tests.meetings.people import leader, ready
from tests.meetings.test_pages import page, post
from tests.world import NOW

pytestmark = pytest.mark.django_db

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def stoma() -> Experience:
    return Experience.objects.create(slug="stoma")


def alike(stoma: Experience, **fields: Any) -> Group:
    group = world.group(format="online", **fields)
    group.experiences.add(stoma)
    return group


def welcoming(stoma: Experience, starts_at: Any, *, seats: int = 2, **fields: Any) -> Meeting:
    """A meeting of a group that takes guests, with somebody who leads it."""
    group = alike(stoma, name=fields.pop("name", "Bag club"), **fields)
    Welcome.objects.create(group=group, seats=seats, since=NOW)
    meeting = world.meeting(group, starts_at=starts_at)
    Duty.objects.create(
        meeting=meeting,
        person=leader(group),
        kind="lead",
        way="team",
        asked_at=NOW,
        confirmed_at=NOW,
    )
    return meeting


def lost(stoma: Experience, now: Any) -> tuple[Meeting, Person]:
    """A meeting in four minutes whose facilitator cannot, and somebody with a seat."""
    meeting = world.meeting(alike(stoma), starts_at=now + 4 * MINUTE)
    actions.decline(meeting=meeting, person=leader(meeting.group), kind=DutyKind.LEAD, now=now)
    person = world.agree(ready(meeting.group), Purpose.HEALTH)
    world.seat(meeting, person)
    return meeting, person


def test_members_are_told_once_with_the_next_meeting_and_help_lines(stoma: Experience) -> None:
    now = timezone.now()
    meeting, person = lost(stoma, now)
    world.meeting(meeting.group, starts_at=now + 7 * 24 * HOUR)
    for _ in range(3):
        ladder.climb_all(now=now)
    told = Letter.objects.get(person=person)
    assert "cannot be held" in told.subject
    assert "The next meeting of your group" in told.text
    assert reverse("crisis") in told.text
    assert meeting.group.name not in told.subject
    text = page(world.browser(person), "meeting", meeting.pk)
    assert "This meeting cannot be held" in text
    assert "The next meeting of your group" in text


def test_a_guest_takes_a_seat_after_the_ground_rules_and_joins_nothing(stoma: Experience) -> None:
    now = timezone.now()
    meeting, person = lost(stoma, now)
    host = welcoming(stoma, now + HOUR)
    ladder.climb_all(now=now)
    client, haven = world.browser(person), Haven.objects.get()
    assert "Come as a guest" in page(client, "meeting", meeting.pk)
    rules = host.group.ground_rules.get()
    said = {"ground_rules": str(rules.pk), "fits": "on"}
    assert "Please read the ground rules" in post(client, "guest_seat", haven.pk, **said)
    answer = post(client, "guest_seat", haven.pk, **said, accepts_rules="on")
    assert "You have a seat as a guest." in answer
    assert Acceptance.objects.filter(person=person, ground_rules=rules).exists()
    assert not Membership.objects.filter(person=person, group=host.group).exists()
    assert chair_of(person, host, now=now) is not None
    post(client, "guest_seat", haven.pk, **said)
    assert Seat.objects.open().filter(meeting=host, person=person).count() == 1


def test_guests_come_only_while_a_seat_for_guests_is_free(stoma: Experience) -> None:
    now = timezone.now()
    meeting, person = lost(stoma, now)
    other = world.agree(ready(meeting.group), Purpose.HEALTH)
    host = welcoming(stoma, now + HOUR, seats=1)
    ladder.climb_all(now=now)
    haven = Haven.objects.get()
    said = {
        "ground_rules": str(host.group.ground_rules.get().pk),
        "fits": "on",
        "accepts_rules": "on",
    }
    assert "as a guest" in post(world.browser(person), "guest_seat", haven.pk, **said)
    full = world.browser(other).post(reverse("guest_seat", args=[haven.pk]), said)
    assert full.status_code == 404
    assert Guest.objects.count() == 1


def test_a_seat_is_not_offered_beside_somebody_whom_one_must_not_meet(stoma: Experience) -> None:
    now = timezone.now()
    meeting, person = lost(stoma, now)
    host = welcoming(stoma, now + HOUR)
    one, other = sorted([person, world.member(host.group)], key=lambda each: each.pk)
    KeepApart.objects.create(one=one, other=other, from_at=now - HOUR)
    ladder.climb_all(now=now)
    client = world.browser(person)
    assert "Come as a guest" not in page(client, "meeting", meeting.pk)
    assert client.get(reverse("guest_seat", args=[Haven.objects.get().pk])).status_code == 404


def test_only_people_of_the_group_are_offered_a_seat(stoma: Experience) -> None:
    now = timezone.now()
    lost(stoma, now)
    welcoming(stoma, now + HOUR)
    ladder.climb_all(now=now)
    address = reverse("guest_seat", args=[Haven.objects.get().pk])
    assert world.browser(world.person()).get(address).status_code == 404


def test_groups_that_did_not_say_so_or_are_not_alike_are_no_haven(stoma: Experience) -> None:
    now = timezone.now()
    meeting, _person = lost(stoma, now)
    welcoming(stoma, now + 30 * HOUR, name="too far off")
    welcoming(Experience.objects.create(slug="grief"), now + HOUR, name="another thing")
    silent = welcoming(stoma, now + HOUR, name="has not said so")
    Welcome.objects.filter(group=silent.group).delete()
    ladder.climb_all(now=now)
    assert not Haven.objects.exists()
    assert Meeting.objects.get(pk=meeting.pk).is_cancelled()


def test_the_team_says_how_many_guests_it_takes(stoma: Experience) -> None:
    group = alike(stoma)
    client = world.browser(leader(group))
    assert "Saved." in post(client, "guest_welcome", group.slug, seats="3")
    assert Welcome.objects.get().seats == 3
    post(client, "guest_welcome", group.slug, seats="0")
    assert not Welcome.objects.exists()
    assert (
        world.browser(ready(group)).get(reverse("guest_welcome", args=[group.slug])).status_code
        == 404
    )


def test_a_coordinator_can_undo_and_nothing_is_called_off_again(stoma: Experience) -> None:
    now = timezone.now()
    meeting, person = lost(stoma, now)
    ladder.climb_all(now=now)
    actions.restore(meeting=meeting, now=now)
    assert ladder.climb_all(now=now + MINUTE) == 0
    assert not Meeting.objects.get(pk=meeting.pk).is_cancelled()
    assert "You have a seat." in page(world.browser(person), "meeting", meeting.pk)
