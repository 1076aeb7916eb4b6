"""Reading everybody's wish at once: the same as one by one, in a number of queries that does not grow."""

from datetime import timedelta

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from hearthside.finder.enums import Felt
from hearthside.finder.models import Impression
from hearthside.finder.queries import offers
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group, Site
from hearthside.placing.models import Request
from hearthside.placing.queries import people as waiting
from tests import world
from tests.placing import desk, people
from tests.world import NOW

pytestmark = pytest.mark.django_db


def felt(request: Request, group: Group, word: str, *, days: int) -> None:
    at = NOW - timedelta(days=days)
    meeting = world.meeting(group, starts_at=at)
    Impression.objects.create(person=request.person, group=group, meeting=meeting, felt=word, at=at)


def test_many_wishes_are_read_as_each_by_itself(site: Site) -> None:
    sat_in, led, own = (desk.group(site, name) for name in ("One", "Two", "Three"))
    foe = people.agreeing()
    world.member(sat_in, foe)
    world.role(RoleKind.FACILITATOR, foe, group=led)
    one, other = desk.waits(site, search={"ways": ("online",)}), desk.waits(site, "gambling")
    people.apart(one.person, foe)
    world.member(own, one.person)
    felt(other, own, Felt.RIGHT, days=20)
    felt(other, own, Felt.NOT_FOR_ME, days=10)
    felt(other, led, Felt.UNSAID, days=5)
    wishes = [request.sought for request in waiting.requests_at(site)]
    found = offers.seekers_of(wishes, now=NOW)
    assert found == [offers.seeker_of_wish(wish, now=NOW) for wish in wishes]
    by_wish = dict(zip([wish.pk for wish in wishes], found, strict=True))
    assert by_wish[one.sought.pk].excluded == {str(group.pk) for group in (sat_in, led, own)}
    assert by_wish[other.sought.pk].tried == {str(own.pk): Felt.NOT_FOR_ME}


@pytest.mark.parametrize("count", [1, 3])
def test_a_waiting_list_costs_the_same_queries_for_one_and_for_three(
    site: Site, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk.group(site)
    for _number in range(count):
        people.apart(desk.waits(site).person, world.person())
    wishes = [one.sought for one in waiting.requests_at(site)]
    with django_assert_num_queries(6):
        offers.seekers_of(wishes, now=NOW)
    desk.case_at(site)
    with django_assert_num_queries(32):
        desk.case_at(site)
