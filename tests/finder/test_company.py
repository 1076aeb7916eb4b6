"""What is told of the people in a group: sums that reveal nobody, and nothing below three."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.finder.models import Wish
from hearthside.finder.queries.reading.people import makeups, returns
from hearthside.groups.models import Experience, Group
from hearthside.meetings.enums import Mark
from hearthside.meetings.models import Attendance, Meeting
from peerkit.matching import Tree
from tests import world
from tests.finder import town

pytestmark = pytest.mark.django_db
TREE = Tree({"alcohol": "addiction", "death-parent": "grief"})


def living_with(slug: str, group: Group) -> Person:
    """A member who keeps a wish about that."""
    now = timezone.now()
    person = world.member(group)
    main = Experience.objects.get(slug=slug)
    Wish.objects.create(person=person, main=main, kept_at=now, changed_at=now)
    return person


def came(meeting: Meeting, person: Person) -> None:
    Attendance.objects.create(
        meeting=meeting, person=person, mark=Mark.CAME, recorded_at=timezone.now()
    )


def test_fewer_than_three_are_never_counted_out_loud() -> None:
    town.words()
    group = town.group("Thursday, sober", "alcohol")
    for _ in range(2):
        living_with("alcohol", group)
    living_with("death-parent", group)
    assert makeups(None, TREE, now=timezone.now()) == {}
    living_with("alcohol", group)
    assert makeups(None, TREE, now=timezone.now()) == {group.pk: {"alcohol": 3, "addiction": 3}}


def test_parts_of_one_thing_are_counted_together_only_from_three_up() -> None:
    town.words()
    town.experience("gambling", "Gambling", parent="addiction")
    group = town.group("Thursday, sober", "alcohol")
    for slug in ("alcohol", "alcohol", "gambling"):
        living_with(slug, group)
    tree = Tree({"alcohol": "addiction", "gambling": "addiction"})
    assert makeups([group.pk], tree, now=timezone.now()) == {group.pk: {"addiction": 3}}


def test_somebody_who_left_is_not_counted() -> None:
    town.words()
    group = town.group("Thursday, sober", "alcohol")
    people = [living_with("alcohol", group) for _ in range(3)]
    assert makeups(None, TREE, now=timezone.now())
    group.memberships.filter(person=people[0]).update(until_at=timezone.now())
    assert makeups(None, TREE, now=timezone.now()) == {}


@pytest.mark.parametrize(("members", "is_said"), [(2, False), (3, True)])
def test_a_card_says_that_you_would_not_be_the_only_one(
    client: Client, members: int, is_said: bool
) -> None:
    town.words()
    group = town.group("Thursday, sober", "alcohol")
    for _ in range(members):
        living_with("alcohol", group)
    page = town.text(town.ask(client, "drinking"))
    assert ("3 or more people there live with “Alcohol”" in page) == is_said
    assert ("You would not be the only one" in page) == is_said


def visits(group: Group, people: int, again: int, **second: Any) -> None:
    """So many came for the first time half a year ago, and some of them a week later."""
    first = timezone.now() - timedelta(days=180)
    one = world.meeting(group, starts_at=first)
    two = world.meeting(group, starts_at=first + timedelta(**(second or {"days": 7})))
    for number in range(people):
        person = world.person()
        came(one, person)
        if number < again:
            came(two, person)


def test_returns_are_told_of_groups_with_ten_first_visits_and_drawn_to_the_mean() -> None:
    town.words()
    warm, cold, small = (town.group(name, "alcohol") for name in ("Warm", "Cold", "Small"))
    visits(warm, people=10, again=10)
    visits(cold, people=10, again=0)
    visits(small, people=9, again=9)
    found = returns(now=timezone.now())
    assert found.keys() == {warm.pk, cold.pk}
    mean = 19 / 29
    assert found[warm.pk] == pytest.approx((10 + 20 * mean) / 30)
    assert found[cold.pk] == pytest.approx(20 * mean / 30)


def test_coming_again_after_more_than_sixty_days_is_no_return() -> None:
    town.words()
    group = town.group("Thursday, sober", "alcohol")
    visits(group, people=10, again=10, days=61)
    assert returns(now=timezone.now()) == {group.pk: 0.0}
