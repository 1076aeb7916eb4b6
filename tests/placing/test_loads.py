"""How many people a facilitator looks after: set on a page, kept by every run."""

from collections import Counter

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group, Site
from hearthside.placing.actions import decisions
from hearthside.placing.enums import Verdict
from hearthside.placing.models import Load
from hearthside.placing.queries import engine, limits
from hearthside.placing.queries.limits import Limit, placed_within
from tests import world
from tests.placing import desk
from tests.world import NOW

pytestmark = pytest.mark.django_db


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


def leads(group: Group, most: int, *more: Group) -> None:
    """Somebody with a limit leads this group, and these too."""
    lead = world.role(RoleKind.FACILITATOR, group=group)
    for one in more:
        world.role(RoleKind.FACILITATOR, lead, group=one)
    Load.objects.create(person=lead, people_max=most, at=NOW)


def test_where_two_lead_together_the_limit_of_each_is_kept_over_all_their_groups(
    site: Site,
) -> None:
    both = desk.group(site, "Led by two", sitting=4)
    own = desk.group(site, "Led by one of them", sitting=4)
    leads(both, 5)
    leads(both, 10, own)
    for _number in range(8):
        desk.waits(site)
    run = desk.run_at(site)
    coming = Counter(run.proposals.values_list("group__name", flat=True))
    # Eight sit in the groups of the second one, who looks after ten: two more, however they are spread.
    assert coming["Led by two"] + coming["Led by one of them"] == 2
    assert coming["Led by two"] <= 1
    assert run.result["value"] <= run.result["bound"]


def test_a_group_chosen_by_the_coordinator_beyond_the_second_ones_limit_ends_with_a_reason(
    site: Site,
) -> None:
    both, own = desk.group(site, "Both", sitting=4), desk.group(site, "Own", sitting=4)
    leads(both, 5)
    leads(both, 8, own)
    request = desk.waits(site)
    decisions.decide(request=request, group=both, verdict=Verdict.PIN, by=world.person(), now=NOW)
    with pytest.raises(engine.Contradiction, match="looks after 8 at most"):
        desk.run_at(site)


TEAMS = st.lists(
    st.tuples(st.sets(st.sampled_from("abcd"), min_size=1), st.integers(0, 9)),
    min_size=1,
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(
    teams=TEAMS, sitting=st.lists(st.sampled_from("abcd"), max_size=8), waiting=st.integers(1, 9)
)
def test_no_plan_ever_passes_a_limit_whoever_leads_what(
    teams: list[tuple[set[str], int]], sitting: list[str], waiting: int
) -> None:
    every = [Limit(str(n), room, frozenset(own)) for n, (own, room) in enumerate(teams)]
    members = (
        *(engine.Member(f"s{n}", "x", sits_in=name) for n, name in enumerate(sitting)),
        *(
            engine.Member(f"w{n}", "x", dict.fromkeys("abcd"[n % 3 :], 500 + n))
            for n in range(waiting)
        ),
    )
    taken = Counter(sitting)
    groups = tuple(engine.Group(name, max(5, taken[name])) for name in "abcd")
    problem = engine.Problem(members, groups, rules=engine.Rules(alike_min=1))
    problem = limits.led(problem, every, limits.leads_of(every, taken))
    _problem, plan = placed_within(
        problem,
        every,
        seconds=5,
        place=lambda asked, seconds: engine.place(asked, seconds=seconds),
    )
    assert plan.value <= plan.bound
    for one in every:
        there = sum(group in one.groups for group in plan.where.values())
        already = sum(taken[group] for group in one.groups)
        assert there <= max(one.room, already)
