"""Limits of load: one's own are never above the programme's, and more than that needs a reason."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from hearthside.accounts.models import Person
from hearthside.groups.actions import load as actions
from hearthside.groups.enums import RoleKind, Stage
from hearthside.groups.models import LoadOverride, Role
from hearthside.groups.queries.load import Limits, limits_of, load_of
from tests import world

NUMBERS = st.builds(Limits, st.integers(0, 20), st.integers(0, 20))


@given(NUMBERS, NUMBERS)
def test_own_limits_are_never_above_those_of_the_programme(own: Limits, most: Limits) -> None:
    both = own.within(most)
    assert both.groups <= most.groups
    assert both.meetings <= most.meetings
    assert both == most.within(own)


@pytest.fixture
def busy(db: None) -> Person:
    """Somebody who leads three groups and wants no more."""
    who = world.person("otter")
    for _each in range(3):
        world.role(RoleKind.FACILITATOR, who, group=world.group())
    return who


def test_groups_that_rest_or_ended_are_no_load(busy: Person, now: datetime) -> None:
    for stage in (Stage.PAUSED, Stage.ENDED):
        world.role(RoleKind.FACILITATOR, busy, group=world.group(stage=stage))
    assert load_of(busy, now=now).groups == 3
    assert load_of(busy, now=now).is_full
    assert not load_of(busy, now=now).has_too_many


def test_the_fullest_week_to_come_counts(busy: Person, now: datetime) -> None:
    groups = [role.group for role in Role.objects.of(busy)]
    for days, group in ((1, groups[0]), (3, groups[1]), (7, groups[2]), (20, groups[2])):
        assert group is not None
        world.meeting(group, starts_at=now + timedelta(days=days))
    assert load_of(busy, now=now).meetings == 3


def test_one_more_needs_a_reason_which_the_person_reads(busy: Person) -> None:
    group = world.group()
    client = world.browser(world.role(RoleKind.COORDINATOR, site=group.site))
    page = reverse("group_people", args=[group.slug])
    answers = {"person": "otter", "kind": "facilitator"}
    warned = client.post(page, answers).content.decode()
    assert "One more is over the limit" in warned
    assert 'value="otter"' in warned
    assert not Role.objects.of(busy).filter(group=group).exists()
    client.post(page, {**answers, "because": "Until June is back. Otter said yes."})
    assert Role.objects.of(busy).filter(group=group).exists()
    assert LoadOverride.objects.get().person == busy
    own = world.browser(busy).get(reverse("my_care")).content.decode()
    assert "Until June is back." in own
    assert "More than your limit" in own


def test_no_reason_is_asked_where_there_is_room_or_for_a_greeter(busy: Person) -> None:
    group = world.group()
    client = world.browser(world.role(RoleKind.COORDINATOR, site=group.site))
    page = reverse("group_people", args=[group.slug])
    client.post(page, {"person": "otter", "kind": "greeter"})
    world.person("wren")
    client.post(page, {"person": "wren", "kind": "facilitator"})
    assert Role.objects.filter(group=group).count() == 2
    assert not LoadOverride.objects.exists()


def test_who_writes_a_higher_limit_than_the_programmes_gets_the_programmes(busy: Person) -> None:
    programme = world.programme()
    actions.set_for_all(programme=programme, groups=2, meetings=2)
    world.browser(busy).post(reverse("load"), {"groups": 9, "meetings": 1})
    assert limits_of(busy) == Limits(2, 1)
    actions.set_own(person=busy, groups=9, meetings=9, now=timezone.now())
    assert limits_of(busy) == Limits(2, 2)
