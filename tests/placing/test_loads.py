"""How many people a facilitator looks after: set on a page, kept by every run."""

import pytest
from django.urls import reverse

from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Site
from hearthside.placing.models import Load
from tests import world
from tests.placing import desk
from tests.world import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    desk.words()
    return world.site()


def test_a_limit_is_set_changed_and_lifted_on_the_page(site: Site) -> None:
    group = desk.group(site)
    lead = world.role(RoleKind.FACILITATOR, world.person("otter"), group=group)
    browser, address = desk.coordinator(site), reverse("placing_loads", args=[site.slug])
    page = browser.get(address).content.decode()
    assert "otter" in page
    assert "4 people here now" in page
    for said, kept in (("12", [12]), ("3", [3]), ("", [])):
        browser.post(address, {f"most-{lead.pk}": said})
        assert list(Load.objects.values_list("people_max", flat=True)) == kept
    browser.post(address, {f"most-{lead.pk}": "3"})
    assert "over the limit" in browser.get(address).content.decode()


@pytest.mark.parametrize("said", ["0", "-3", "many", "501"])
def test_a_number_that_makes_no_sense_is_refused_and_stays_in_its_box(
    site: Site, said: str
) -> None:
    lead = world.role(RoleKind.FACILITATOR, group=desk.group(site))
    address = reverse("placing_loads", args=[site.slug])
    answer = desk.coordinator(site).post(address, {f"most-{lead.pk}": said})
    assert answer.status_code == 200
    assert f'value="{said}"' in answer.content.decode()
    assert not Load.objects.exists()


def test_facilitators_of_other_sites_are_out_of_reach(site: Site) -> None:
    desk.group(site)
    stranger = world.role(RoleKind.FACILITATOR, group=desk.group(world.site("York")))
    address = reverse("placing_loads", args=[site.slug])
    desk.coordinator(site).post(address, {f"most-{stranger.pk}": "5"})
    assert not Load.objects.exists()


def test_a_site_without_facilitators_says_so(site: Site) -> None:
    page = desk.coordinator(site).get(reverse("placing_loads", args=[site.slug]))
    assert "Nobody leads a group here yet" in page.content.decode()


def test_no_run_places_more_people_with_somebody_than_they_look_after(site: Site) -> None:
    group = desk.group(site, sitting=4)
    lead = world.role(RoleKind.FACILITATOR, group=group)
    Load.objects.create(person=lead, people_max=5, at=NOW)
    for _number in range(3):
        desk.waits(site)
    run = desk.run_at(site)
    assert run.proposals.filter(group=group).count() == 1
    page = desk.coordinator(site).get(reverse("placing_run", args=[run.pk])).content.decode()
    assert "could look after 1 more" in page
