"""The page where two people are kept apart: who reaches it, what it says, and what nobody learns from it."""

from datetime import datetime

import pytest
from django.utils import timezone
from tests import world

from hearthside.accounts.models import Person
from hearthside.groups.actions import membership
from hearthside.groups.enums import Openness, RoleKind, Standing
from hearthside.groups.models import Membership
from hearthside.groups.queries.apart import pairs_known_to, rows_of
from hearthside.groups.queries.belonging import rules_in_force
from hearthside.groups.queries.rights import Rights
from hearthside.safety.actions import apart as actions
from hearthside.safety.models import KeepApart

pytestmark = pytest.mark.django_db
ADDRESS = "/safety/keep-apart/"


def apart(one: Person, other: Person, *, now: datetime) -> KeepApart:
    return actions.keep_apart(one=one, other=other, because="", by=world.person(), now=now)


def test_a_safety_lead_adds_ends_and_undoes() -> None:
    world.person("kestrel")
    world.person("heron")
    browser = world.browser(world.role(RoleKind.SAFETY_LEAD))
    told = {"one": "Kestrel", "other": "heron", "because": "A court order"}
    page = browser.post(ADDRESS, told, follow=True).content.decode()
    pair = KeepApart.objects.get()
    assert pair.by is not None
    assert "heron and kestrel" in page or "kestrel and heron" in page
    assert "A court order" in page
    page = browser.post(f"{ADDRESS}{pair.pk}/end/", follow=True).content.decode()
    pair.refresh_from_db()
    assert pair.until_at is not None
    assert "Undo the end" in page
    browser.post(f"{ADDRESS}{pair.pk}/back/")
    pair.refresh_from_db()
    assert pair.until_at is None


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed() -> None:
    world.person("kestrel")
    world.person("heron")
    lead = world.role(RoleKind.SAFETY_LEAD, world.person("owl"))
    browser = world.browser(lead)

    def said(**told: str) -> str:
        return browser.post(ADDRESS, told).content.decode()

    unknown = said(one="kestrel", other="nobody-such", because="A court order")
    assert "Nobody here goes by that pseudonym." in unknown
    assert 'value="A court order"' in unknown
    assert 'value="kestrel"' in unknown
    assert "one and the same person" in said(one="kestrel", other="KESTREL")
    assert "cannot decide this for yourself" in said(one="owl", other="heron")
    assert "leave the names out" in said(one="kestrel", other="heron", because="Heron hit them")
    assert not KeepApart.objects.exists()


def test_a_coordinator_reaches_only_people_of_their_own_sites() -> None:
    now = timezone.now()
    here, there = world.group(), world.group()
    mine, guest = world.member(here, world.person("kestrel")), world.person("heron")
    world.member(there, world.person("wren"))
    world.member(there, world.person("robin"))
    elsewhere = apart(*Person.objects.filter(pseudonym__in=["wren", "robin"]), now=now)
    browser = world.browser(world.role(RoleKind.COORDINATOR, site=here.site))
    assert "wren" not in browser.get(ADDRESS).content.decode()
    assert browser.post(f"{ADDRESS}{elsewhere.pk}/end/").status_code == 404
    refused = browser.post(ADDRESS, {"one": "wren", "other": "robin"}).content.decode()
    assert "Neither of them is in a group of your sites." in refused
    browser.post(ADDRESS, {"one": "kestrel", "other": "heron"})
    assert set(KeepApart.objects.exclude(pk=elsewhere.pk).values_list("one", "other")) == {
        tuple(sorted((mine.pk, guest.pk)))
    }
    assert "kestrel" in browser.get(ADDRESS).content.decode()


def test_the_list_says_where_two_sit_together_all_the_same() -> None:
    group = world.group("Evening circle")
    one, other = world.member(group), world.member(group)
    apart(one, other, now=timezone.now())
    browser = world.browser(world.role(RoleKind.SAFETY_LEAD))
    assert "Both belong to: Evening circle" in browser.get(ADDRESS).content.decode()
    assert Membership.objects.filter(until_at=None).count() == 2


def test_whoever_is_one_of_the_two_never_reads_it_whatever_role_they_hold() -> None:
    lead, other = world.role(RoleKind.SAFETY_LEAD), world.person("heron")
    pair = apart(lead, other, now=timezone.now())
    browser = world.browser(lead)
    page = browser.get(ADDRESS)
    assert page.status_code == 200
    assert "heron" not in page.content.decode()
    assert browser.post(f"{ADDRESS}{pair.pk}/end/").status_code == 404
    assert "heron" in world.browser(world.role(RoleKind.OPERATOR)).get(ADDRESS).content.decode()


def test_nobody_else_comes_here() -> None:
    group = world.group()
    pair = apart(world.member(group), world.member(group), now=timezone.now())
    for who in (
        world.person(),
        pair.one,
        world.role(RoleKind.FACILITATOR, group=group),
        world.role(RoleKind.GREETER, group=group),
        world.role(RoleKind.EVALUATOR),
    ):
        browser = world.browser(who)
        assert browser.get(ADDRESS).status_code == 404
        assert browser.post(ADDRESS, {"one": "a", "other": "b"}).status_code == 404
        assert browser.post(f"{ADDRESS}{pair.pk}/end/").status_code == 404
    assert world.browser().get(ADDRESS).status_code == 302
    assert KeepApart.objects.get().until_at is None


def test_whoever_leads_learns_only_that_it_cannot_be_now() -> None:
    group = world.group(openness=Openness.CLOSED)
    one, other = world.agree(world.person()), world.agree(world.person("heron"))
    asked = membership.visit(
        group=group,
        person=other,
        ground_rules=rules_in_force(group),
        says_it_fits=True,
        now=timezone.now(),
    )
    world.member(group, one)
    apart(one, other, now=timezone.now())
    browser = world.browser(world.role(RoleKind.FACILITATOR, group=group))
    page = browser.post(
        f"/groups/{group.slug}/people/{asked.pk}/", {"answer": "admit"}, follow=True
    ).content.decode()
    assert "That cannot be done just now. Please ask your coordinator." in page
    asked.refresh_from_db()
    assert asked.standing == Standing.ASKED


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_long_it_is(
    count: int, django_assert_max_num_queries: object
) -> None:
    for _ in range(count):
        apart(world.person(), world.person(), now=timezone.now())
    reader = world.person()
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        pairs = pairs_known_to(reader, Rights(is_safety_lead=True), now=timezone.now())
        rows = rows_of(list(pairs), now=timezone.now())
        assert [str(row.pair.one) for row in rows if row.pair.by] != []
    assert len(rows) == count
