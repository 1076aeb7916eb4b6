"""What roles allow, and how far they reach."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from hearthside.accounts.models import Person
from hearthside.groups import access
from hearthside.groups.enums import RoleKind, Stage
from hearthside.groups.queries.rights import Rights, rights_of
from tests import world

pytestmark = pytest.mark.django_db


def again(who: Person) -> Person:
    """The same person in a new request."""
    return Person.objects.get(pk=who.pk)


def test_somebody_who_is_not_signed_in_has_no_rights(now: datetime) -> None:
    assert rights_of(AnonymousUser(), now=now) == Rights()


def test_a_facilitator_leads_their_own_group_and_no_other(now: datetime) -> None:
    own, other = world.group(), world.group()
    rights = rights_of(world.role(RoleKind.FACILITATOR, group=own), now=now)
    assert rights.leads(own)
    assert not rights.leads(other)
    assert not rights.runs(own.site_id)


def test_a_greeter_leads_nothing_but_holds_a_role(now: datetime) -> None:
    group = world.group()
    rights = rights_of(world.role(RoleKind.GREETER, group=group), now=now)
    assert not rights.leads(group)
    assert rights.has_any


def test_a_coordinator_leads_every_group_of_their_site_and_of_no_other(now: datetime) -> None:
    own, other = world.group(), world.group()
    rights = rights_of(world.role(RoleKind.COORDINATOR, site=own.site), now=now)
    assert rights.leads(own)
    assert not rights.leads(other)
    assert not rights.runs_programme


@pytest.mark.parametrize("kind", [RoleKind.COORDINATOR, RoleKind.OPERATOR])
def test_coordinators_of_all_sites_and_operators_reach_every_group(
    kind: RoleKind, now: datetime
) -> None:
    rights = rights_of(world.role(kind), now=now)
    assert rights.leads(world.group())
    assert rights.runs_programme


def test_an_operator_role_over_one_site_reaches_nothing(now: datetime) -> None:
    site = world.site()
    rights = rights_of(world.role(RoleKind.OPERATOR, site=site), now=now)
    assert not rights.is_operator
    assert not rights.runs(site.pk)


def test_a_role_that_has_ended_allows_nothing(now: datetime) -> None:
    group = world.group()
    who = world.role(RoleKind.FACILITATOR, group=group, until_at=now)
    assert rights_of(who, now=now - timedelta(seconds=1)).leads(group)
    assert not rights_of(who, now=now).has_any


def test_a_closed_account_keeps_no_rights(now: datetime) -> None:
    who = world.role(RoleKind.OPERATOR)
    who.is_active = False
    assert rights_of(who, now=now) == Rights()


def test_a_page_asks_for_rights_once_however_many_roles_there_are(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    who = world.person()
    for _ in range(3):
        world.role(RoleKind.FACILITATOR, who, group=world.group())
    with django_assert_num_queries(1):
        assert access.rights(who).has_groups
        assert access.rights(who).has_any
        assert access.sees_others(who)


def test_rights_are_not_kept_from_one_request_to_the_next() -> None:
    group = world.group()
    who = world.person()
    assert not access.may_edit(who, group)
    world.role(RoleKind.FACILITATOR, who, group=group)
    assert access.may_edit(again(who), group)


def test_everyone_reaches_an_open_group() -> None:
    group = world.group()
    assert access.group_for(AnonymousUser(), group.slug) == group


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.PAUSED, Stage.ENDED])
def test_a_group_that_is_not_open_is_not_there_for_strangers(stage: Stage) -> None:
    group = world.group(stage=stage)
    for reader in (AnonymousUser(), world.person(), world.member(world.group())):
        with pytest.raises(Http404):
            access.group_for(reader, group.slug)


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.PAUSED, Stage.ENDED])
def test_those_who_lead_a_group_reach_it_at_every_stage(stage: Stage) -> None:
    group = world.group(stage=stage)
    for reader in (
        world.role(RoleKind.FACILITATOR, group=group),
        world.role(RoleKind.COORDINATOR, site=group.site),
        world.role(RoleKind.OPERATOR),
    ):
        assert access.group_for(reader, group.slug) == group


def test_members_still_reach_a_group_that_takes_a_break() -> None:
    group = world.group(stage=Stage.PAUSED)
    assert access.group_for(world.member(group), group.slug) == group


def test_only_those_who_lead_a_group_may_change_it() -> None:
    group = world.group()
    strangers = (
        AnonymousUser(),
        world.person(),
        world.member(group),
        world.role(RoleKind.GREETER, group=group),
        world.role(RoleKind.FACILITATOR, group=world.group()),
        world.role(RoleKind.COORDINATOR, site=world.site("York")),
        world.role(RoleKind.SAFETY_LEAD),
        world.role(RoleKind.EVALUATOR),
    )
    for reader in strangers:
        with pytest.raises(Http404):
            access.group_led_by(reader, group.slug)
    assert access.group_led_by(world.role(RoleKind.FACILITATOR, group=group), group.slug) == group


def test_a_facilitator_reopens_after_a_break_but_a_coordinator_opens_the_first_time() -> None:
    draft, paused = world.group(stage=Stage.DRAFT), world.group(stage=Stage.PAUSED)
    facilitator = world.role(RoleKind.FACILITATOR, group=draft)
    world.role(RoleKind.FACILITATOR, facilitator, group=paused)
    assert not access.may_open(facilitator, draft)
    assert access.may_open(facilitator, paused)
    assert access.may_open(world.role(RoleKind.COORDINATOR, site=draft.site), draft)


def test_a_site_is_there_for_its_own_coordinators_only() -> None:
    site = world.site()
    assert access.site_for(world.role(RoleKind.COORDINATOR, site=site), site.slug) == site
    for reader in (
        AnonymousUser(),
        world.role(RoleKind.COORDINATOR, site=world.site("York")),
        world.role(RoleKind.FACILITATOR, group=world.group(site=site)),
    ):
        with pytest.raises(Http404):
            access.site_for(reader, site.slug)


def test_whoever_holds_a_role_sees_others_and_members_do_not() -> None:
    group = world.group()
    assert access.sees_others(world.role(RoleKind.GREETER, group=group))
    assert not access.sees_others(world.member(group))
