"""What makes a long run short to read, and inviting one group's people without the others."""

import pytest
from django.urls import reverse

from hearthside.groups.models import Site
from hearthside.placing.models import Invitation
from hearthside.placing.queries import desk as desks
from hearthside.placing.queries import diffs
from tests import world
from tests.placing import desk, people
from tests.placing.test_diffs import text, told
from tests.world import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    desk.words()
    return world.site("Leeds")


def test_one_groups_button_invites_those_ticked_there_and_nobody_else(site: Site) -> None:
    here = desk.group(site)
    desk.group(site, "Mourning together", "grief-parent")
    for _number in range(2):
        desk.waits(site)
        desk.waits(site, "grief-parent")
    run, browser = desk.run_at(site), desk.coordinator(site)
    ticked = [str(key) for key in run.proposals.values_list("pk", flat=True)]
    left = str(run.proposals.filter(group=here).values_list("pk", flat=True)[0])
    address = reverse("placing_accept", args=[run.pk])
    told_here = {"proposals": [one for one in ticked if one != left], "only": str(here.pk)}
    browser.post(address, told_here)
    invited = Invitation.objects.get()
    assert invited.group == here
    assert str(invited.proposal_id) != left
    elsewhere = {"proposals": ticked, "only": str(desk.group(world.site("York")).pk)}
    browser.post(address, elsewhere)
    assert Invitation.objects.count() == 1


def test_a_group_has_its_own_button_as_long_as_somebody_there_can_be_invited(site: Site) -> None:
    group = desk.group(site)
    desk.waits(site)
    run = desk.run_at(site)
    assert "Invite only these : Thursday, sober" in told(site, run)
    browser = desk.coordinator(site)
    ticked = [str(run.proposals.get().pk)]
    accept = reverse("placing_accept", args=[run.pk])
    browser.post(accept, {"proposals": ticked, "only": str(group.pk)})
    assert "Invite only these" not in told(site, run)


def test_what_is_true_of_nearly_everybody_is_no_reason_unless_it_is_the_only_one(
    site: Site,
) -> None:
    desk.group(site, size_max=12)
    for _number in range(5):
        desk.waits(site, search={"languages": ("en",)})
    only = {tuple(one.why) for one in comers(site)}
    assert only == {("It is about what they named: Alcohol.",)}
    desk.group(site, "Mourning together", "grief-parent", size_max=12)
    for _number in range(5):
        desk.waits(site, "grief-parent", search={"languages": ("en",)})
    every = [words for one in comers(site) for words in one.why]
    assert "It is about what they named: Alcohol." in every
    assert not any("held in" in words for words in every)


def comers(site: Site) -> list[diffs.Comer]:
    diff = diffs.diff_of(desk.run_at(site), now=NOW)
    return [comer for one in diff.groups for comer in one.comers]


def test_who_could_come_to_a_new_group_is_named_there_and_counted_below(site: Site) -> None:
    for _number in range(5):
        desk.waits(site, "grief-parent", search={"ways": ("online",)})
    run = desk.run_at(site)
    found = diffs.diff_of(run, now=NOW)
    assert (found.could_open, found.waiting) == (5, [])
    said = told(site, run)
    assert "5 people could come to a group that could open: see above." in said
    assert "Everybody who waits would have a place" not in said


def test_those_who_are_invited_already_are_said_to_be_left_out(site: Site) -> None:
    group = desk.group(site)
    people.offered(group, desk.waits(site))
    desk.waits(site)
    run = desk.run_at(site)
    left_out = "1 more was invited already and is left out."
    assert left_out in told(site, run)
    page = desk.coordinator(site).get(reverse("placing", args=[site.slug]))
    assert f"places for 1 of 1 people. {left_out}" in text(page.content.decode())


@pytest.mark.parametrize(
    ("search", "chips"),
    [
        ({"place": "Leeds"}, ["Alcohol"]),
        ({"place": "Leeds", "km": 50}, ["Alcohol", "Up to 50 km from Leeds"]),
        ({"place": "York"}, ["Alcohol", "Up to 25 km from York"]),
        ({"age": 47, "i_am": ("men",)}, ["Alcohol", "A man", "47 years old"]),
    ],
)
def test_what_somebody_looks_for_is_said_of_them_and_not_in_their_words(
    site: Site, search: dict[str, object], chips: list[str]
) -> None:
    desk.waits(site, search=search)
    assert list(desks.rows_of(site, now=NOW)[0].chips) == chips
