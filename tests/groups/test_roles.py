"""Who may give which role, and end it."""

from datetime import datetime
from typing import Any

import pytest

from hearthside.accounts.models import Person
from hearthside.groups.actions.roles import LastOperator, MayNotGive, end_role, give
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Role
from hearthside.groups.queries.rights import rights_of
from tests import world

pytestmark = pytest.mark.django_db


def test_a_coordinator_gives_the_roles_of_a_team_at_their_own_site(now: datetime) -> None:
    group = world.group()
    coordinator = world.role(RoleKind.COORDINATOR, site=group.site)
    who = world.person()
    for kind in (RoleKind.FACILITATOR, RoleKind.GREETER):
        role = give(kind=kind, person=who, by=coordinator, group=group, now=now)
        assert role.given_by == coordinator
        assert role.from_at == now
    assert rights_of(who, now=now).leads(group)


def test_nobody_gives_roles_beyond_their_reach(now: datetime) -> None:
    group, elsewhere = world.group(), world.group()
    who = world.person()
    coordinator = world.role(RoleKind.COORDINATOR, site=group.site)
    facilitator = world.role(RoleKind.FACILITATOR, group=group)
    everywhere = world.role(RoleKind.COORDINATOR)
    attempts: list[tuple[Person, RoleKind, dict[str, Any]]] = [
        (coordinator, RoleKind.FACILITATOR, {"group": elsewhere}),
        (coordinator, RoleKind.COORDINATOR, {"site": group.site}),
        (coordinator, RoleKind.COORDINATOR, {}),
        (coordinator, RoleKind.OPERATOR, {}),
        (everywhere, RoleKind.OPERATOR, {}),
        (everywhere, RoleKind.COORDINATOR, {"site": group.site}),
        (facilitator, RoleKind.GREETER, {"group": group}),
        (world.member(group), RoleKind.FACILITATOR, {"group": group}),
    ]
    for by, kind, scope in attempts:
        with pytest.raises(MayNotGive):
            give(kind=kind, person=who, by=by, now=now, **scope)
    assert not Role.objects.of(who).exists()


def test_an_operator_gives_anything(now: datetime) -> None:
    operator, who, group = world.role(RoleKind.OPERATOR), world.person(), world.group()
    give(kind=RoleKind.FACILITATOR, person=who, by=operator, group=group, now=now)
    give(kind=RoleKind.COORDINATOR, person=who, by=operator, site=group.site, now=now)
    give(kind=RoleKind.EVALUATOR, person=who, by=operator, now=now)
    assert Role.objects.of(who).count() == 3


def test_a_role_given_twice_is_held_once(now: datetime) -> None:
    operator, who, group = world.role(RoleKind.OPERATOR), world.person(), world.group()
    first = give(kind=RoleKind.GREETER, person=who, by=operator, group=group, now=now)
    assert give(kind=RoleKind.GREETER, person=who, by=operator, group=group, now=now) == first


def test_the_operator_screens_open_and_close_with_the_role(now: datetime) -> None:
    operator, who = world.role(RoleKind.OPERATOR), world.person()
    role = give(kind=RoleKind.OPERATOR, person=who, by=operator, now=now)
    assert Person.objects.get(pk=who.pk).is_staff
    end_role(role=role, by=operator, now=now)
    assert not Person.objects.get(pk=who.pk).is_staff
    assert not Person.objects.get(pk=who.pk).is_superuser


def test_the_last_operator_stays(now: datetime) -> None:
    operator = world.role(RoleKind.OPERATOR)
    role = Role.objects.get(person=operator)
    with pytest.raises(LastOperator):
        end_role(role=role, by=operator, now=now)
    assert rights_of(operator, now=now).is_operator


def test_an_operator_whose_account_is_closed_does_not_count(now: datetime) -> None:
    operator = world.role(RoleKind.OPERATOR)
    world.role(RoleKind.OPERATOR, world.person(is_active=False))
    with pytest.raises(LastOperator):
        end_role(role=Role.objects.get(person=operator), by=operator, now=now)


def test_an_ended_role_stays_on_record_and_allows_nothing(now: datetime) -> None:
    group = world.group()
    coordinator = world.role(RoleKind.COORDINATOR, site=group.site)
    who = world.role(RoleKind.FACILITATOR, group=group)
    end_role(role=Role.objects.get(person=who), by=coordinator, now=now)
    assert Role.objects.get(person=who).until_at == now
    assert not rights_of(who, now=now).has_any


def test_anyone_may_step_down_and_nobody_may_push_beyond_their_reach(now: datetime) -> None:
    group = world.group()
    who = world.role(RoleKind.FACILITATOR, group=group)
    role = Role.objects.get(person=who)
    for by in (
        world.role(RoleKind.FACILITATOR, group=group),
        world.role(RoleKind.COORDINATOR, site=world.site("York")),
        world.member(group),
    ):
        with pytest.raises(MayNotGive):
            end_role(role=role, by=by, now=now)
    end_role(role=role, by=who, now=now)
    assert Role.objects.get(pk=role.pk).until_at == now
