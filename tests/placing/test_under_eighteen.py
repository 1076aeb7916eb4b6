"""Filling groups mixes no children with adults, whoever waits."""

import pytest

from hearthside.groups.models import Site
from tests.groups import young
from tests.placing import desk
from tests.world import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("age", "is_in"), [(15, False), (19, True), (None, True)])
def test_no_child_is_part_of_a_new_group_that_could_open(
    site: Site,
    age: int | None,
    is_in: bool,
) -> None:
    desk.group(site)
    young.admitted(NOW)
    told = {"ways": ("online",)}
    for _number in range(5):
        desk.waits(site, "grief-parent", search={**told, "age": 19 if age else None})
    asking = desk.waits(site, "grief-parent", search={**told, "age": age})
    opening = desk.run_at(site).openings.get()
    members = set(opening.proposal_set.values_list("request", flat=True))
    assert len(members) >= 5
    assert (asking.pk in members) is is_in


@pytest.mark.parametrize(("age", "place"), [(15, "Teens"), (40, "Adults"), (None, "Adults")])
def test_a_place_is_offered_only_among_people_of_their_age(
    site: Site, age: int | None, place: str
) -> None:
    young.admitted(NOW)
    desk.group(site, "Teens", format="online", age_from=14, age_until=17)
    desk.group(site, "Adults", format="online", age_from=0)
    asking = desk.waits(site, search={"age": age})
    found = desk.run_at(site).proposals.get(request=asking).group
    assert found is not None
    assert found.name == place
