"""The people of a group, as those who lead it see them."""

import pytest
from django.urls import reverse

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind, Standing
from hearthside.groups.models import Group, Membership, Role
from tests import world
from tests.groups.counting import own_queries

pytestmark = pytest.mark.django_db


def coordinator(group: Group) -> Person:
    return world.role(RoleKind.COORDINATOR, site=group.site)


def test_requests_are_answered_by_those_who_lead() -> None:
    group = world.group()
    wren, dipper = (
        world.member(group, world.person(name), standing=Standing.ASKED)
        for name in ("wren", "dipper")
    )
    browser = world.browser(world.role(RoleKind.FACILITATOR, group=group))
    html = browser.get(reverse("group_people", args=[group.slug])).content.decode()
    assert "wren" in html
    for who, answer in ((wren, "admit"), (dipper, "decline")):
        asked = Membership.objects.get(person=who)
        browser.post(reverse("request_answer", args=[group.slug, asked.pk]), {"answer": answer})
    assert Membership.objects.get().person == wren
    assert Membership.objects.get().standing == Standing.VISITING


def test_a_facilitator_does_not_answer_for_another_group() -> None:
    own, other = world.group(), world.group()
    world.member(other, standing=Standing.ASKED)
    asked = Membership.objects.get()
    browser = world.browser(world.role(RoleKind.FACILITATOR, group=own))
    for slug in (own.slug, other.slug):
        address = reverse("request_answer", args=[slug, asked.pk])
        assert browser.post(address, {"answer": "admit"}).status_code == 404
    asked.refresh_from_db()
    assert asked.standing == Standing.ASKED


def test_a_membership_is_not_declined_away() -> None:
    group = world.group()
    world.member(group)
    held = Membership.objects.get()
    browser = world.browser(world.role(RoleKind.FACILITATOR, group=group))
    address = reverse("request_answer", args=[group.slug, held.pk])
    assert browser.post(address, {"answer": "decline"}).status_code == 404
    assert Membership.objects.filter(pk=held.pk).exists()


def test_a_coordinator_gives_a_role_and_a_facilitator_does_not() -> None:
    group = world.group()
    otter = world.person("otter")
    people = reverse("group_people", args=[group.slug])
    answers = {"person": "Otter", "kind": "greeter"}
    facilitator = world.browser(world.role(RoleKind.FACILITATOR, group=group))
    assert facilitator.post(people, answers).status_code == 404
    assert 'name="kind"' not in facilitator.get(people).content.decode()
    assert not Role.objects.of(otter).exists()
    world.browser(coordinator(group)).post(people, answers)
    assert Role.objects.get(person=otter).kind == RoleKind.GREETER


def test_a_coordinator_cannot_slip_in_a_role_that_is_not_of_a_team() -> None:
    group = world.group()
    world.person("otter")
    answer = world.browser(coordinator(group)).post(
        reverse("group_people", args=[group.slug]), {"person": "otter", "kind": "operator"}
    )
    assert answer.status_code == 200
    assert not Role.objects.filter(kind=RoleKind.OPERATOR).exists()


def test_roles_end_by_those_who_may_and_by_nobody_else() -> None:
    group = world.group()
    otter = world.role(RoleKind.FACILITATOR, world.person("otter"), group=group)
    role = Role.objects.get(person=otter)
    address = reverse("role_end", args=[role.pk])
    for who in (
        world.person(),
        world.role(RoleKind.FACILITATOR, group=group),
        world.role(RoleKind.COORDINATOR, site=world.site("York")),
    ):
        assert world.browser(who).post(address).status_code == 404
    role.refresh_from_db()
    assert role.until_at is None
    assert world.browser(coordinator(group)).post(address).status_code == 302
    role.refresh_from_db()
    assert role.until_at is not None


@pytest.mark.parametrize("count", [1, 3])
def test_the_people_of_a_group_take_the_same_queries_however_many(count: int) -> None:
    group = world.group()
    for _ in range(count):
        for standing in Standing:
            world.member(group, standing=standing)
        world.role(RoleKind.GREETER, group=group)
    browser = world.browser(coordinator(group))
    # The group with its words, the memberships, the team, what was decided about whom.
    assert own_queries(browser, reverse("group_people", args=[group.slug])) == 5
