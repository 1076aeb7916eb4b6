"""Letters about training, what is held of it, and the lists and pages that show it."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from hearthside.accounts import ports
from hearthside.accounts.models import Person
from hearthside.groups.actions import training_letters
from hearthside.groups.actions import training_signing as signing
from hearthside.groups.enums import (
    RoleKind,
)
from hearthside.groups.models import Group, ModuleWork, Observation, SignOff, Vetting
from hearthside.groups.queries.training import progress_of, years_before
from hearthside.notices.models import Letter
from tests import world
from tests.groups import training
from tests.groups.counting import own_queries
from tests.meetings.people import reachable

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Group:
    return world.group()


@pytest.fixture
def coordinator(group: Group) -> Person:
    return world.role(RoleKind.COORDINATOR, site=group.site)


def test_renewal_is_told_60_and_14_days_ahead_once_each_and_its_end_to_the_coordinator(
    group: Group, coordinator: Person, now: datetime
) -> None:
    who = training.named(group)
    for person in (who, coordinator):
        reachable(person)
    end = now + timedelta(days=700)
    training.signed(who, now, until_at=end)
    for days, count in ((61, 0), (60, 1), (40, 1), (14, 2), (1, 2)):
        for _twice in range(2):
            training_letters.remind(now=end - timedelta(days=days))
        assert Letter.objects.filter(person=who, about__startswith="renewal").count() == count, days
    assert not Letter.objects.filter(person=coordinator).exists()
    for _twice in range(2):
        training_letters.remind(now=end + timedelta(hours=1))
    assert Letter.objects.filter(about__startswith="lapsed").count() == 2
    letter = Letter.objects.get(person=coordinator)
    assert who.pseudonym not in letter.subject + letter.text


def test_who_is_named_and_not_trained_is_told_how_it_goes_on(
    group: Group, coordinator: Person
) -> None:
    who = reachable(world.person("otter"))
    training.gate_on(timezone.now())
    world.browser(coordinator).post(
        reverse("group_people", args=[group.slug]), {"person": "otter", "kind": "facilitator"}
    )
    assert "/training/" in Letter.objects.get(person=who).text
    page = world.browser(coordinator).get(reverse("group_people", args=[group.slug]))
    assert "In training" in page.content.decode()


def test_all_of_it_is_shown_to_the_person_and_goes_with_them(
    group: Group, coordinator: Person, now: datetime
) -> None:
    who = training.complete(training.named(group), coordinator, now)
    signing.sign(person=who, by=coordinator, now=now)
    holder = ports.holders()["facilitating"]
    assert [len(part.rows) for part in holder.held(who)[:3]] == [7, 3, 0]
    assert len(holder.held(coordinator)[2].rows) == 3
    holder.erase(who, now=now)
    for model in (ModuleWork, Observation, Vetting, SignOff):
        assert not model._default_manager.filter(person=who).exists()


def test_two_years_before_a_leap_day_is_a_day() -> None:
    assert years_before(date(2028, 2, 29), 2) == date(2026, 2, 28)
    assert years_before(date(2028, 2, 29), -2) == date(2030, 2, 28)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_many(count: int, now: datetime) -> None:
    site = world.site()
    for _ in range(count):
        who = training.named(world.group(site=site))
        training.complete(who, world.person(), now)
        training.signed(who, now)
    reader = world.role(RoleKind.COORDINATOR, site=site)
    # The gate, roles, modules, who may lead, sessions, vetting, sign-offs.
    assert own_queries(world.browser(reader), reverse("facilitators")) == 7


def test_ones_own_way_takes_five_queries(
    group: Group, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    who = training.complete(training.named(group), world.person(), now)
    with django_assert_num_queries(5):
        progress_of(who, language="en", now=now)
