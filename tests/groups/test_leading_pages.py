"""The pages of those who lead: set up, stages, ground rules."""

from typing import Any

import pytest
from django.urls import reverse

from hearthside.accounts.models import Person
from hearthside.groups.actions.experiences import add
from hearthside.groups.enums import RoleKind, Stage
from hearthside.groups.models import Experience, Group, Role
from hearthside.groups.queries.belonging import rules_in_force
from tests import world
from tests.groups.counting import own_queries

pytestmark = pytest.mark.django_db

LEADING = ("group_edit", "group_stage", "group_people", "ground_rules_edit")


def filled(**fields: Any) -> dict[str, Any]:
    """The form as a browser sends it when only the name was typed."""
    return {
        "name": "Living with a stoma",
        "format": "in_person",
        "openness": "open",
        "course": "drop_in",
        "gender": "any",
        "size_min": "3",
        "size_max": "12",
        "age_from": "18",
        **fields,
    }


def coordinator(group: Group) -> Person:
    return world.role(RoleKind.COORDINATOR, site=group.site)


@pytest.mark.parametrize("name", LEADING)
def test_pages_for_leaders_are_not_there_for_anyone_else(name: str) -> None:
    group = world.group()
    address = reverse(name, args=[group.slug])
    strangers = (
        world.person(),
        world.member(group),
        world.role(RoleKind.GREETER, group=group),
        world.role(RoleKind.FACILITATOR, group=world.group()),
        world.role(RoleKind.COORDINATOR, site=world.site("York")),
    )
    for who in strangers:
        assert world.browser(who).get(address).status_code == 404
        assert world.browser(who).post(address, filled()).status_code == 404
    answer = world.browser().get(address)
    assert answer["Location"].startswith(reverse("account_login"))
    for who in (world.role(RoleKind.FACILITATOR, group=group), coordinator(group)):
        assert world.browser(who).get(address).status_code == 200


def test_nobody_without_a_role_starts_a_group() -> None:
    world.site()
    browser = world.browser(world.person())
    assert browser.get(reverse("group_new")).status_code == 404
    assert browser.post(reverse("group_new"), filled()).status_code == 404
    assert not Group.objects.exists()


def test_a_facilitator_starts_a_group_with_a_name_and_leads_it() -> None:
    group = world.group()
    who = world.role(RoleKind.FACILITATOR, group=group)
    browser = world.browser(who)
    html = browser.get(reverse("group_new")).content.decode()
    assert 'name="leader"' not in html
    answer = browser.post(reverse("group_new"), filled(site=group.site.pk, next="done"))
    made = Group.objects.get(stage=Stage.DRAFT)
    assert answer["Location"] == reverse("group_stage", args=[made.slug])
    assert Role.objects.get(group=made).person == who
    html = browser.get(answer["Location"]).content.decode()
    assert "Say in a sentence or two who it is for." in html


def test_a_facilitator_starts_no_group_at_a_site_where_they_lead_none() -> None:
    who = world.role(RoleKind.FACILITATOR, group=world.group())
    answer = world.browser(who).post(reverse("group_new"), filled(site=world.site("York").pk))
    assert answer.status_code == 200
    assert Group.objects.count() == 1


def test_a_coordinator_sets_up_a_group_for_somebody_else_and_opens_it() -> None:
    site = world.site()
    leader = world.person("Otter")
    browser = world.browser(world.role(RoleKind.COORDINATOR, site=site))
    stoma = add(label="Stoma", language="en")
    browser.post(
        reverse("group_new"),
        filled(
            site=site.pk,
            leader="otter",
            summary="For people who live with a stoma.",
            languages=["en", "cy"],
            access=["step_free"],
            address="1 Harbour Lane",
            locality="Leeds",
            is_venue_hidden="on",
            experiences=[stoma.pk],
            own_words_0="Bag for life",
        ),
    )
    group = Group.objects.get()
    assert Role.objects.get(group=group).person == leader
    assert (group.languages, group.access, group.is_venue_hidden) == (
        ["en", "cy"],
        ["step_free"],
        True,
    )
    assert {one.label("en") for one in group.experiences.all()} == {"Stoma", "Bag for life"}
    stage = reverse("group_stage", args=[group.slug])
    assert "Open the group" in browser.get(stage).content.decode()
    browser.post(stage, {"stage": "open"})
    assert world.browser().get(group.get_absolute_url()).status_code == 200


def test_a_form_with_a_mistake_keeps_everything_that_was_typed() -> None:
    site = world.site()
    stoma = add(label="Stoma", language="en")
    browser = world.browser(world.role(RoleKind.COORDINATOR, site=site))
    answer = browser.post(
        reverse("group_new"),
        filled(
            site=site.pk,
            leader="nobody-of-that-name",
            summary="For people who knit.",
            experiences=[stoma.pk],
            own_words_1="Knitting",
        ),
    )
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Nobody here goes by that pseudonym" in html
    assert "For people who knit." in html
    assert "Knitting" in html
    assert f'value="{stoma.pk}" checked' in html
    assert not Group.objects.exists()


def test_a_facilitator_does_not_open_a_new_group_alone() -> None:
    group = world.group(stage=Stage.DRAFT)
    browser = world.browser(world.role(RoleKind.FACILITATOR, group=group))
    stage = reverse("group_stage", args=[group.slug])
    assert "Your coordinator looks at new groups" in browser.get(stage).content.decode()
    assert browser.post(stage, {"stage": "open"}).status_code == 404
    assert browser.post(stage, {"stage": "ended"}).status_code == 404
    group.refresh_from_db()
    assert group.stage == Stage.DRAFT


def test_a_facilitator_pauses_and_reopens_their_group() -> None:
    group = world.group()
    browser = world.browser(world.role(RoleKind.FACILITATOR, group=group))
    stage = reverse("group_stage", args=[group.slug])
    browser.post(stage, {"stage": "paused"})
    assert world.browser().get(group.get_absolute_url()).status_code == 404
    browser.post(stage, {"stage": "open"})
    assert world.browser().get(group.get_absolute_url()).status_code == 200


def test_a_group_that_lacks_something_does_not_open_and_the_page_says_what() -> None:
    group = world.group(stage=Stage.DRAFT, summary="")
    browser = world.browser(coordinator(group))
    html = browser.post(
        reverse("group_stage", args=[group.slug]), {"stage": "open"}, follow=True
    ).content.decode()
    assert "A few things are still missing" in html
    assert "Say who leads it." in html
    assert f"{reverse('group_edit', args=[group.slug])}#id_summary" in html


def test_an_open_groups_page_is_not_emptied_by_mistake() -> None:
    group = world.group()
    browser = world.browser(world.role(RoleKind.FACILITATOR, group=group))
    answer = browser.post(
        reverse("group_edit", args=[group.slug]), filled(summary="", languages=["en"])
    )
    assert answer.status_code == 200
    assert "Say in a sentence or two who it is for." in answer.content.decode()
    group.refresh_from_db()
    assert group.summary


def test_changing_a_page_changes_it_for_everyone() -> None:
    group = world.group(languages=["en", "bfi"])
    browser = world.browser(world.role(RoleKind.FACILITATOR, group=group))
    html = browser.get(reverse("group_edit", args=[group.slug])).content.decode()
    assert "British Sign Language" in html
    answer = browser.post(
        reverse("group_edit", args=[group.slug]),
        filled(summary="For anyone.", languages=["bfi"], address="2 Quay Street"),
    )
    assert answer["Location"] == group.get_absolute_url()
    html = world.browser().get(group.get_absolute_url()).content.decode()
    assert "For anyone." in html
    assert "2 Quay Street" in html


def test_new_ground_rules_make_a_new_version_and_the_same_do_not() -> None:
    group = world.group()
    browser = world.browser(world.role(RoleKind.FACILITATOR, group=group))
    address = reverse("ground_rules_edit", args=[group.slug])
    html = browser.post(address, {"text": "What is said here stays here.\r\n"}, follow=True)
    assert "Nothing has changed" in html.content.decode()
    browser.post(address, {"text": "## Be kind\r\nAlways."})
    rules = rules_in_force(group)
    assert rules is not None
    assert (rules.version, rules.text) == (2, "## Be kind\nAlways.")


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_takes_the_same_queries_however_many_words_there_are(count: int) -> None:
    group = world.group()
    for number in range(count):
        group.experiences.add(add(label=f"Stoma {number}", language="en"))
    browser = world.browser(coordinator(group))
    # The group and a copy to write into, each with its words; the vocabulary with its names.
    assert own_queries(browser, reverse("group_edit", args=[group.slug])) == 8
    assert Experience.objects.count() == count
