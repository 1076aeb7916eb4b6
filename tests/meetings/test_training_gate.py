"""At a meeting: who is not trained yet, or no more, is in the room beside those who lead, and does not lead."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.groups.actions import training_signing as signing
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group
from hearthside.meetings.actions import ask_all, confirm
from hearthside.meetings.actions.refusals import NotTrainedYet
from hearthside.meetings.actions.rooms import room_of
from hearthside.meetings.enums import DutyKind
from hearthside.meetings.models import Duty, Meeting
from hearthside.meetings.queries.chairs import chairs_at
from hearthside.rooms.enums import Part
from hearthside.rooms.models import Room
from tests import world
from tests.groups import training

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Group:
    return world.group(format="online")


@pytest.fixture
def meeting(group: Group) -> Meeting:
    return world.meeting(group)


def parts(meeting: Meeting, now: datetime) -> dict[Person, Part]:
    return {chair.person: chair.part for chair in chairs_at(meeting, now=now)}


def test_in_training_one_is_beside_those_who_lead_and_leads_once_it_is_signed(
    group: Group, meeting: Meeting, now: datetime
) -> None:
    old, new = training.named(group), training.named(group)
    assert parts(meeting, now) == {old: Part.FACILITATOR, new: Part.FACILITATOR}
    training.gate_on(now)
    training.signed(old, now)
    assert parts(meeting, now) == {old: Part.FACILITATOR, new: Part.GREETER}
    training.signed(new, now)
    assert parts(meeting, now) == {old: Part.FACILITATOR, new: Part.FACILITATOR}


def test_nobody_is_asked_to_lead_or_can_say_so_before_it_is_signed(
    group: Group, meeting: Meeting, now: datetime
) -> None:
    training.gate_on(now)
    who = training.named(group)
    greeter = world.role(RoleKind.GREETER, group=group)
    ask_all(now=now)
    assert [duty.person for duty in Duty.objects.all()] == [greeter]
    with pytest.raises(NotTrainedYet):
        confirm(meeting=meeting, person=who, kind=DutyKind.LEAD, now=now)
    training.signed(who, now)
    ask_all(now=now)
    assert Duty.objects.leading().get().person == who


def test_a_yes_from_before_does_not_outlive_the_sign_off(
    group: Group, meeting: Meeting, now: datetime
) -> None:
    training.gate_on(now)
    who = training.named(group)
    made = training.signed(who, now, until_at=now + timedelta(hours=2))
    confirm(meeting=meeting, person=who, kind=DutyKind.LEAD, now=now)
    over = now + timedelta(hours=2)
    assert parts(meeting, over) == {who: Part.GREETER}
    assert made.until_at == over
    ask_all(now=over)
    assert not Duty.objects.exists()


def test_somebody_who_came_to_cover_and_is_not_signed_any_more_has_no_chair(
    group: Group, meeting: Meeting, now: datetime
) -> None:
    training.gate_on(now)
    Duty.objects.create(
        meeting=meeting, person=world.person(), kind=DutyKind.LEAD, asked_at=now, confirmed_at=now
    )
    assert parts(meeting, now) == {}


def test_taking_a_signature_back_is_felt_in_a_room_that_is_open(group: Group) -> None:
    now = timezone.now()
    training.gate_on(now)
    coordinator = world.role(RoleKind.COORDINATOR, site=group.site)
    who = training.named(group)
    training.signed(who, now)
    room = room_of(meeting=world.meeting(group, starts_at=now), now=now)
    before = Room.objects.get(pk=room.pk).revision
    signing.withdraw(sign_off=who.sign_offs.get(), by=coordinator, now=now)
    assert Room.objects.get(pk=room.pk).revision > before


def test_the_page_today_says_in_training_and_asks_for_no_yes(group: Group, now: datetime) -> None:
    training.gate_on(timezone.now())
    who = training.named(group)
    meeting = world.meeting(group, starts_at=timezone.now() + timedelta(days=1))
    client = world.browser(who)
    page = client.get(reverse("today")).content.decode()
    assert "In training" in page
    assert "Will you lead this meeting?" not in page
    client.post(reverse("duty_confirm", args=[meeting.pk]))
    assert not Duty.objects.filter(confirmed_at__isnull=False).exists()
