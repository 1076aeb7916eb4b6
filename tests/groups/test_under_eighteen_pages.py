"""The page on which people under 18 are admitted, and what forms and pages say of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind, Stage
from hearthside.groups.models import Group, Programme, Role, UnderEighteen
from tests import world
from tests.groups import training, young
from tests.groups.test_leading_pages import filled

pytestmark = pytest.mark.django_db
PAGE = "/programme/under-18/"


@pytest.fixture
def operator() -> Person:
    world.site()
    training.gate_on(timezone.now())
    return world.role(RoleKind.OPERATOR)


def send(browser: Client, address: str, told: dict[str, Any]) -> str:
    return browser.post(address, told, follow=True).content.decode()


def test_only_who_runs_the_programme_finds_the_page(operator: Person) -> None:
    site = world.site()
    for who in (world.person(), world.role(RoleKind.COORDINATOR, site=site)):
        assert world.browser(who).get(PAGE).status_code == 404
        assert world.browser(who).post(PAGE, {}).status_code == 404
    html = world.browser(operator).get("/programme/").content.decode()
    assert f'href="{PAGE}"' in html
    assert "We do not check it, and we ask no parent" in world.browser(operator).get(PAGE).content.decode()  # fmt: skip


def test_it_stays_off_until_a_safety_lead_is_named(operator: Person) -> None:
    browser = world.browser(operator)
    assert "Nobody is named as safety lead yet" in browser.get(PAGE).content.decode()
    assert "Without a name, it stays off" in send(browser, PAGE, {"admits": "on"})
    send(browser, PAGE, {"admits": "on", "lead": str(operator.pk)})
    assert not UnderEighteen.objects.exists()
    lead = world.role(RoleKind.SAFETY_LEAD)
    html = send(browser, PAGE, {"admits": "on", "lead": str(lead.pk)})
    assert "Saved." in html
    assert f"{lead.pseudonym} answers for their safety" in html


def test_it_stays_off_while_untrained_people_lead(operator: Person) -> None:
    Programme.objects.update(training_from=None)
    lead = world.role(RoleKind.SAFETY_LEAD)
    html = send(world.browser(operator), PAGE, {"admits": "on", "lead": str(lead.pk)})
    assert "First ask that only trained people lead" in html
    assert not UnderEighteen.objects.exists()


def test_turning_it_off_names_the_groups_that_are_in_the_way(operator: Person) -> None:
    young.admitted(timezone.now())
    group = young.group("Under one roof")
    browser = world.browser(operator)
    html = send(browser, PAGE, {})
    assert "End these groups first: Under one roof." in html
    assert f'href="{reverse("group_stage", args=[group.slug])}"' in html
    assert UnderEighteen.objects.filter(until_at=None).exists()
    Group.objects.update(stage=Stage.ENDED)
    assert "Saved." in send(browser, PAGE, {})
    assert not UnderEighteen.objects.filter(until_at=None).exists()


def test_the_gate_of_training_is_not_opened_while_children_are_admitted(operator: Person) -> None:
    young.admitted(timezone.now())
    told = {"from_day": "", "years": "2", "groups": "3", "meetings": "3"}
    html = send(world.browser(operator), reverse("training_gate"), told)
    assert "We admit people under 18, so only trained people lead" in html
    assert Programme.objects.get().training_from is not None


def test_whoever_answers_for_children_is_told_why_the_role_stays(operator: Person) -> None:
    lead = young.admitted(timezone.now())
    address = reverse("role_end", args=[Role.objects.get(person=lead).pk])
    html = send(world.browser(operator), address, {})
    assert "They answer for the safety of people under 18" in html
    assert Role.objects.get(person=lead).until_at is None


def test_the_form_of_a_group_refuses_children_and_loses_nothing(operator: Person) -> None:
    told = filled(site=world.site().pk, leader=operator.pseudonym, age_from="14", age_until="17",
                  summary="For people who are young and ill.")  # fmt: skip
    html = send(world.browser(operator), reverse("group_new"), told)
    assert "Our programme is for adults: a group is from 18 up." in html
    assert "For people who are young and ill." in html
    assert not Group.objects.exists()


def test_the_form_says_why_ages_may_not_be_mixed_and_takes_what_keeps_to_the_rule(
    operator: Person,
) -> None:
    young.admitted(timezone.now())
    browser = world.browser(operator)
    told = filled(site=world.site().pk, leader=operator.pseudonym, age_from="14", age_until="60")
    html = send(browser, reverse("group_new"), told)
    assert "it ends at 25 at the latest" in html
    assert not Group.objects.exists()
    browser.post(reverse("group_new"), {**told, "age_until": "17"})
    assert Group.objects.get().is_young()


def test_a_group_with_people_is_not_made_one_for_children_by_its_form(operator: Person) -> None:
    young.admitted(timezone.now())
    group = world.group()
    world.member(group)
    told = filled(age_from="14", age_until="17", summary="x", venue="The Old Library",
                  address="1 Harbour Lane", languages=["en"])  # fmt: skip
    html = send(world.browser(operator), reverse("group_edit", args=[group.slug]), told)
    assert "Children and adults may not be mixed by a change of age" in html
    assert not Group.objects.get(pk=group.pk).is_young()


def test_the_operators_screens_leave_ages_alone(operator: Person) -> None:
    operator.is_staff = operator.is_superuser = True
    operator.save()
    group = young.group()
    html = world.browser(operator).get(reverse("admin:groups_group_change", args=[group.pk]))
    for field in ("age_from", "age_until", "format", "link"):
        assert f'name="{field}"' not in html.content.decode()


def test_the_page_on_safety_says_who_answers_and_what_is_not_checked(client: Client) -> None:
    world.site()
    html = client.get("/safeguarding/").content.decode()
    assert "Our groups are for adults, from 18 up, also where a group names no age" in html
    assert "We ask, and we do not check papers" in html
    lead = young.admitted(timezone.now() - timedelta(hours=1))
    html = client.get("/safeguarding/").content.decode()
    assert "One safety lead answers for their safety" in html
    assert lead.pseudonym not in html
    html = world.browser(world.person()).get("/safeguarding/").content.decode()
    assert f"{lead.pseudonym} answers for their safety" in html
    assert "We ask, and we do not check papers" in html


def test_those_who_lead_young_people_are_not_written_to_between_meetings() -> None:
    groups = young.group(), world.group(format="online")
    young.admitted(timezone.now())
    pages = []
    for group in groups:
        world.role(RoleKind.FACILITATOR, group=group)
        answer = world.browser(world.member(group)).get(group.get_absolute_url())
        pages.append(answer.content.decode())
    assert "do not write with members between meetings" in pages[0]
    assert "not between meetings" not in pages[0]
    assert "not between meetings" in pages[1]


def test_a_groups_page_says_from_which_age_it_is_also_where_it_names_none() -> None:
    for ages, words in (
        ((0, None), "18 or older"),
        ((0, 40), "Ages 18 to 40"),
        ((20, None), "20 or older"),
    ):
        group = world.group(age_from=ages[0], age_until=ages[1])
        assert words in Client().get(group.get_absolute_url()).content.decode()
