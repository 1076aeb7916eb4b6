"""The programme and its sites."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from hearthside.groups.actions.programme import (
    AlreadyFounded,
    change_programme,
    change_site,
    found_programme,
    open_site,
)
from hearthside.groups.enums import RoleKind, Stage
from hearthside.groups.models import Experience, Programme, Role, Site
from hearthside.groups.queries.groups import site_rows
from hearthside.groups.queries.programme import home_country, sites_open_to, sites_run_by
from hearthside.groups.queries.rights import rights_of
from hearthside.safety import ports as safety
from tests import world

pytestmark = pytest.mark.django_db


def found(now: datetime) -> Site:
    return found_programme(
        name="Harbour Lane",
        country="GB",
        site_name="Leeds",
        site_zone="Europe/London",
        operator=world.person("lighthouse"),
        now=now,
    )


def test_founding_makes_a_programme_a_site_an_operator_and_a_vocabulary(now: datetime) -> None:
    site = found(now)
    assert (site.slug, site.country, site.time_zone) == ("leeds", "GB", "Europe/London")
    assert Programme.objects.get().name == "Harbour Lane"
    operator = site.roles.model.objects.get().person
    assert rights_of(operator, now=now).is_operator
    assert operator.is_staff
    assert Experience.objects.count() > 100


def test_an_installation_is_founded_once(now: datetime) -> None:
    found(now)
    with pytest.raises(AlreadyFounded):
        found_programme(
            name="Another",
            country="",
            site_name="York",
            site_zone="UTC",
            operator=world.person(),
            now=now,
        )
    assert Site.objects.count() == 1


def test_a_programme_whose_last_operator_left_gets_a_new_one_and_keeps_its_sites(
    now: datetime,
) -> None:
    site = found(now)
    Role.objects.filter(kind=RoleKind.OPERATOR).delete()
    newcomer = world.person("next-lighthouse")
    found_programme(
        name="Harbour Lane",
        country="GB",
        site_name="York",
        site_zone="Europe/London",
        operator=newcomer,
        now=now,
    )
    assert Programme.objects.count() == 1
    assert site in Site.objects.all()
    assert rights_of(newcomer, now=now).is_operator


def test_the_database_itself_refuses_a_second_programme() -> None:
    world.programme()
    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.create(name="Another")


def test_before_it_is_founded_there_is_no_country_and_then_there_is(now: datetime) -> None:
    assert home_country() == ""
    found(now)
    assert safety.home_country() == "GB"


def test_the_programme_and_a_site_say_new_things_of_themselves() -> None:
    programme, site = world.programme(), world.site()
    change_programme(programme=programme, welcome="Come in.", visits=5)
    change_site(site=site, name="Leeds and Bradford")
    programme.refresh_from_db()
    site.refresh_from_db()
    assert (programme.welcome, programme.visits, programme.name) == ("Come in.", 5, "Harbour Lane")
    assert site.name == "Leeds and Bradford"


def test_sites_of_one_name_have_addresses_of_their_own() -> None:
    first = open_site(name="Online", country="", time_zone="UTC")
    assert first.slug == "online"
    assert open_site(name="Online", country="", time_zone="UTC").slug == "online-2"


def test_a_coordinator_sees_their_sites_and_an_operator_all(now: datetime) -> None:
    own, other = world.site("Leeds"), world.site("York")
    coordinator = rights_of(world.role(RoleKind.COORDINATOR, site=own), now=now)
    operator = rights_of(world.role(RoleKind.OPERATOR), now=now)
    assert set(sites_run_by(coordinator)) == {own}
    assert set(sites_run_by(operator)) == {own, other}


def test_a_facilitator_may_start_a_group_where_they_lead_one(now: datetime) -> None:
    group = world.group()
    world.site("York")
    who = world.role(RoleKind.FACILITATOR, group=group)
    assert set(sites_open_to(rights_of(who, now=now))) == {group.site}
    assert not sites_open_to(rights_of(world.member(group), now=now))


@pytest.mark.parametrize("count", [1, 3])
def test_a_site_lists_its_groups_with_their_numbers_in_two_queries(
    count: int, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    site = world.site()
    for _ in range(count):
        group = world.group(site=site)
        world.member(group)
        world.member(group, standing="visiting")
        world.member(group, standing="asked")
        world.member(group, until_at=now)
        world.role(RoleKind.FACILITATOR, group=group)
        world.role(RoleKind.GREETER, group=group)
    world.group(site=site, stage=Stage.ENDED)
    with django_assert_num_queries(2):
        rows = site_rows(site, now=now)
        teams = [(len(row.team.facilitators), len(row.team.greeters)) for row in rows]
    assert [(row.belonging, row.asking) for row in rows] == [(2, 1)] * count
    assert teams == [(1, 1)] * count
