"""How a group wants its rooms: good defaults, changed on one page by those who lead it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group
from hearthside.rooms.enums import Phase, Step
from hearthside.rooms.models import Room, RoomRules
from hearthside.rooms.queries.rules import rules_of, run_sheet_of
from tests import world
from tests.rooms import rooms
from tests.world import NOW

pytestmark = pytest.mark.django_db


def group_and_leader(**fields: Any) -> tuple[Group, Client]:
    group = world.group(**{"format": "online", **fields})
    return group, world.browser(world.role(RoleKind.FACILITATOR, group=group))


def sent(**changes: Any) -> dict[str, Any]:
    """What the page sends when nobody changed anything, with these changes."""
    sheet = run_sheet_of(RoomRules())
    parts = {f"minutes_{part.step}": part.minutes for part in sheet.steps}
    prompts = {f"prompt_{part.step}": part.prompt for part in sheet.steps}
    general = {
        "door_minutes": 15,
        "people_min": 3,
        "seconds_each": 180,
        "is_order_random": "steady",
        "shows_presence": "on",
    }
    return {**general, **parts, **prompts, **changes}


def test_a_group_without_rules_of_its_own_has_good_ones() -> None:
    rules = rules_of(world.group())
    assert (rules.door_minutes, rules.people_min, rules.seconds_each) == (15, 3, 180)
    assert [part.minutes for part in run_sheet_of(rules).steps] == [5, 3, 20, 40, 15]
    assert all(part.prompt for part in run_sheet_of(rules).steps)


def test_those_who_lead_change_them_and_the_rooms_that_are_open_hear_of_it() -> None:
    group, client = group_and_leader()
    live, closed = rooms.open_room(group), rooms.room(group, phase=Phase.CLOSED, closed_at=NOW)
    path = reverse("room_rules", args=[group.slug])
    assert client.get(path).status_code == 200
    changes = {"minutes_topic": 30, "prompt_topic": "What is new?", "is_order_random": "random"}
    client.post(path, sent(door_minutes=0, seconds_each=0, shows_presence="", **changes))
    rules = rules_of(Group.objects.get(pk=group.pk))
    assert (rules.door_minutes, rules.seconds_each) == (0, 0)
    assert (rules.is_order_random, rules.shows_presence) == (True, False)
    topic = run_sheet_of(rules).part(Step.TOPIC)
    assert topic is not None
    assert (topic.minutes, topic.prompt) == (30, "What is new?")
    revisions = dict(Room.objects.values_list("pk", "revision"))
    assert revisions == {live.pk: 1, closed.pk: 0}


def test_what_is_saved_unread_stays_the_default_in_every_language() -> None:
    group, client = group_and_leader()
    client.post(reverse("room_rules", args=[group.slug]), sent(prompt_topic=""))
    rules = RoomRules.objects.get()
    assert rules.run_sheet == []
    with translation.override("es"):
        assert run_sheet_of(rules) == run_sheet_of(RoomRules())


def test_a_time_of_its_own_is_not_lost_by_saving() -> None:
    group, client = group_and_leader()
    RoomRules.objects.create(group=group, seconds_each=100)
    page = client.get(reverse("room_rules", args=[group.slug])).content.decode()
    assert '<option value="100" selected>100 seconds</option>' in page


@pytest.mark.parametrize(
    "wrong", [{"people_min": 1}, {"door_minutes": 300}, {"minutes_topic": 0}, {"seconds_each": -1}]
)
def test_what_makes_no_sense_is_shown_again(wrong: dict[str, int]) -> None:
    group, client = group_and_leader()
    page = client.post(reverse("room_rules", args=[group.slug]), sent(**wrong)).content.decode()
    assert "Please look at this once more" in page
    assert not RoomRules.objects.exists()


def test_only_those_who_lead_the_group_see_its_rules_and_the_way_there() -> None:
    group, client = group_and_leader()
    path, page = reverse("room_rules", args=[group.slug]), group.get_absolute_url()
    assert path in client.get(page).content.decode()
    member = world.browser(world.member(group))
    assert member.get(path).status_code == 404
    assert path not in member.get(page).content.decode()


def test_a_group_that_meets_elsewhere_has_no_panel_about_a_room() -> None:
    group, client = group_and_leader(format="in_person")
    path = reverse("room_rules", args=[group.slug])
    assert path not in client.get(group.get_absolute_url()).content.decode()
