"""Setting up a group, opening, pausing and ending it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from hearthside.accounts.models import Person
from hearthside.groups import ports
from hearthside.groups.actions import groups
from hearthside.groups.actions.experiences import add
from hearthside.groups.actions.ground_rules import write_version
from hearthside.groups.enums import Format, RoleKind, Stage
from hearthside.groups.models import Experience, Group, Membership, Role, StageChange
from hearthside.groups.queries.belonging import rules_in_force
from hearthside.groups.queries.groups import free_slug, gaps_before_opening, team_of
from hearthside.groups.queries.words import default_ground_rules, language_name
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def wound_up() -> Iterator[list[Group]]:
    """Groups whose plans were called off."""
    seen: list[Group] = []
    kept = dict(ports._enders)

    def wind_up(*, group: Group, by: Person, now: datetime) -> None:
        seen.append(group)

    ports.register_ender("seen", wind_up)
    yield seen
    ports._enders.clear()
    ports._enders.update(kept)


def draft(*, now: datetime, leader: Person | None = None, **details: Any) -> Group:
    who = leader or world.person()
    filled = {"name": "Living with a stoma", "format": Format.IN_PERSON, **details}
    return groups.open_draft(site=world.site(), leader=who, by=who, now=now, **filled)


def test_a_name_is_enough_for_a_draft_and_good_words_are_already_there(now: datetime) -> None:
    made = draft(now=now, languages=["en"])
    assert made.stage == Stage.DRAFT
    assert made.slug == "living-with-a-stoma"
    assert len(made.first_visit_lines()) == 3
    assert made.what_happens
    rules = rules_in_force(made)
    assert rules is not None
    assert rules.text == default_ground_rules("en")


def test_a_group_that_speaks_spanish_starts_with_spanish_words(now: datetime) -> None:
    made = draft(now=now, languages=["es", "en"])
    rules = rules_in_force(made)
    assert rules is not None
    assert rules.text == default_ground_rules("es")
    assert made.what_happens != draft(now=now, languages=["en"]).what_happens


@pytest.mark.parametrize("way", Format.values)
def test_every_format_has_words_to_start_with(way: str, now: datetime) -> None:
    assert draft(now=now, format=way).first_visit_lines()


def test_own_words_are_not_overwritten_by_the_defaults(now: datetime) -> None:
    assert draft(now=now, what_happens="We knit.").what_happens == "We knit."


def test_whoever_starts_a_group_leads_it(now: datetime) -> None:
    who = world.person()
    made = draft(now=now, leader=who)
    assert [role.person for role in team_of(made, now=now).facilitators] == [who]


def test_two_groups_of_one_name_have_two_addresses(now: datetime) -> None:
    slugs = {draft(now=now).slug for _ in range(3)}
    assert slugs == {"living-with-a-stoma", "living-with-a-stoma-2", "living-with-a-stoma-3"}


@pytest.mark.parametrize("name", ["New", "新しい", "!!", "a" * 300])
def test_every_name_makes_an_address_that_leads_somewhere(name: str) -> None:
    slug = free_slug(Group, name)
    assert slug
    assert slug != "new"
    assert len(slug) <= 80


def test_own_words_find_what_the_vocabulary_has_or_join_it_for_review(now: datetime) -> None:
    known = add(label="Stoma", language="en")
    made = draft(now=now, own_words=["stoma", "Bag for life"], languages=["en"])
    proposed = Experience.objects.to_review().get()
    assert proposed.label("en") == "Bag for life"
    assert proposed.proposed_at == now
    assert set(made.experiences.all()) == {known, proposed}


def test_a_change_leaves_alone_what_it_does_not_name(now: datetime) -> None:
    made = draft(now=now, own_words=["Stoma"], venue="The Old Library")
    groups.change(
        group=made, by=world.person(), now=now, summary="For people who live with a stoma."
    )
    made.refresh_from_db()
    assert made.venue == "The Old Library"
    assert made.experiences.count() == 1
    assert made.slug == "living-with-a-stoma"


def test_an_empty_draft_is_told_everything_that_is_missing(now: datetime) -> None:
    made = draft(now=now)
    Role.objects.all().delete()
    made.ground_rules.all().delete()
    with pytest.raises(groups.NotReady) as refused:
        groups.open_group(group=made, by=world.person(), now=now)
    assert set(refused.value.gaps) == {
        "summary", "languages", "address", "ground_rules", "facilitator",
    }  # fmt: skip
    made.refresh_from_db()
    assert made.stage == Stage.DRAFT


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"format": "in_person", "venue": "", "address": ""}, {"address"}),
        ({"format": "in_person", "is_venue_hidden": True, "locality": ""}, {"locality"}),
        ({"format": "in_person", "is_venue_hidden": True, "locality": "Leeds"}, set()),
        ({"format": "phone"}, {"phone"}),
        ({"format": "phone", "phone": "0113 496 0000"}, set()),
        ({"format": "online"}, set()),
        ({"format": "link"}, {"link"}),
        ({"format": "link", "link": "https://meet.example.org/x"}, set()),
        ({"format": "link", "joining_notes": "We mail you the link."}, set()),
        ({"format": "hybrid", "address": "", "venue": ""}, {"address", "link"}),
    ],
)
def test_each_format_needs_its_own_way_to_join(
    fields: dict[str, Any], missing: set[str], now: datetime
) -> None:
    group = world.group(**fields)
    world.role(RoleKind.FACILITATOR, group=group)
    assert set(gaps_before_opening(group, now=now)) == missing


def test_a_complete_draft_opens_and_who_opened_it_is_kept(now: datetime) -> None:
    group = world.group(stage=Stage.DRAFT, opened_at=None)
    world.role(RoleKind.FACILITATOR, group=group)
    coordinator = world.role(RoleKind.COORDINATOR, site=group.site)
    groups.open_group(group=group, by=coordinator, now=now)
    group.refresh_from_db()
    assert group.is_findable()
    assert group.opened_at == now
    change = StageChange.objects.get()
    assert (change.stage, change.by, change.at) == (Stage.OPEN, coordinator, now)


def test_a_facilitator_whose_role_has_ended_does_not_count(now: datetime) -> None:
    group = world.group(stage=Stage.DRAFT)
    world.role(RoleKind.FACILITATOR, group=group, until_at=now)
    assert "facilitator" in gaps_before_opening(group, now=now)


def test_an_open_group_cannot_be_changed_into_one_that_nobody_could_join() -> None:
    group = world.group()
    group.address = group.venue = ""
    with pytest.raises(ValidationError) as refused:
        group.full_clean()
    assert set(refused.value.message_dict) == {"address"}


def test_a_break_hides_a_group_and_keeps_its_people(now: datetime) -> None:
    group = world.group()
    who = world.member(group)
    groups.pause(group=group, by=world.person(), now=now)
    assert not Group.objects.findable().exists()
    assert Membership.objects.of(who).belonging(now=now).exists()
    with pytest.raises(groups.WrongStage):
        groups.pause(group=group, by=world.person(), now=now)


def test_an_ended_group_has_no_people_no_team_and_no_plans(
    now: datetime, wound_up: list[Group]
) -> None:
    group = world.group()
    world.member(group)
    world.role(RoleKind.FACILITATOR, group=group)
    groups.end(group=group, by=world.role(RoleKind.OPERATOR), now=now)
    assert not Membership.objects.in_force(now=now).exists()
    assert not team_of(group, now=now).facilitators
    assert wound_up == [group]
    for act in (groups.end, groups.open_group, groups.pause):
        with pytest.raises(groups.WrongStage):
            act(group=group, by=world.person(), now=now)


def test_ground_rules_written_before_opening_are_the_ones_in_force(now: datetime) -> None:
    made = draft(now=now)
    write_version(group=made, text="Be kind.", by=world.person(), now=now)
    rules = rules_in_force(made)
    assert rules is not None
    assert rules.version == 2


@pytest.mark.parametrize(
    ("code", "name"),
    [("es", "español"), ("bfi", "British Sign Language"), ("xx-unknown", "xx-unknown")],
)
def test_languages_are_called_by_their_own_names(code: str, name: str) -> None:
    assert language_name(code) == name


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("+44 113 496 0000", "+441134960000"),
        ("(0113) 496-0000, code 12", "01134960000"),
        ("ask", ""),
    ],
)
def test_a_number_is_dialled_without_its_spaces(written: str, dialled: str) -> None:
    assert Group(phone=written).phone_digits() == dialled
