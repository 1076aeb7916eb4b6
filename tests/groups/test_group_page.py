"""The public page of a group, and its ground rules."""

from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from hearthside.groups import ports
from hearthside.groups.actions.experiences import add
from hearthside.groups.actions.ground_rules import write_version
from hearthside.groups.enums import Openness, RoleKind, Stage, Standing
from hearthside.groups.models import Acceptance, Group
from hearthside.groups.queries.belonging import rules_in_force
from tests import world
from tests.groups.counting import own_queries

pytestmark = pytest.mark.django_db

HIDDEN: dict[str, Any] = {
    "format": "hybrid",
    "is_venue_hidden": True,
    "venue": "The Old Library",
    "address": "1 Harbour Lane",
    "locality": "Leeds",
    "link": "https://meet.example.org/secret-room",
    "joining_notes": "Ring the red bell.",
}
SECRETS = ("The Old Library", "1 Harbour Lane", "secret-room", "red bell")


def page(group: Group, who: Any = None) -> str:
    return world.browser(who).get(group.get_absolute_url()).content.decode()


def test_anyone_reads_who_it_is_for_what_will_happen_and_the_ground_rules() -> None:
    group = world.group(
        first_visit="We say hello.\nWe listen.\nWe go home.", what_happens="We talk."
    )
    world.role(RoleKind.GREETER, world.person("otter"), group=group)
    html = page(group)
    for words in (
        group.summary,
        "We say hello.",
        "We talk.",
        "otter",
        "What is said here stays here.",
        "Visit this group",
        "Listening is fine",
    ):
        assert words in html


def test_a_closed_group_is_asked() -> None:
    html = page(world.group(openness=Openness.CLOSED))
    assert "Ask to join" in html
    assert "Visit this group" not in html


def test_a_private_address_and_link_are_in_no_strangers_page() -> None:
    group = world.group(**HIDDEN)
    strangers = (
        None,
        world.person(),
        world.member(group, standing=Standing.ASKED),
        world.member(group, until_at=world.NOW.replace(year=2025)),
        world.member(world.group()),
    )
    for who in strangers:
        html = page(group, who)
        assert "Leeds" in html
        for secret in SECRETS:
            assert secret not in html


def test_those_who_belong_or_lead_read_a_private_address_and_link() -> None:
    group = world.group(**HIDDEN)
    for who in (
        world.member(group),
        world.member(group, standing=Standing.VISITING),
        world.role(RoleKind.FACILITATOR, group=group),
    ):
        html = page(group, who)
        for secret in SECRETS:
            assert secret in html


def test_an_address_that_is_not_private_is_there_for_all() -> None:
    html = page(world.group(**{**HIDDEN, "is_venue_hidden": False}))
    for secret in SECRETS:
        assert secret in html


def test_words_of_a_group_are_never_markup() -> None:
    group = world.group("<b>Bold</b>", summary="<script>x</script>", what_happens="<img src=x>")
    html = page(group)
    assert "<b>Bold" not in html
    assert "<script>x" not in html
    assert "<img src=x>" not in html


def test_panels_of_the_floors_above_are_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.utils.html import format_html

    panel = {"when": lambda _request, group: format_html("<p>When {} meets</p>", group.name)}
    monkeypatch.setattr(ports, "_panels", panel)
    assert "<p>When Stoma meets</p>" in page(world.group("Stoma"))


def test_a_draft_is_not_there_for_the_public_and_a_preview_for_its_leader() -> None:
    group = world.group(stage=Stage.DRAFT)
    leader = world.role(RoleKind.FACILITATOR, group=group)
    assert world.browser().get(group.get_absolute_url()).status_code == 404
    assert world.browser(world.person()).get(group.get_absolute_url()).status_code == 404
    assert "This is how it will look" in page(group, leader)


def test_new_ground_rules_are_shown_beside_the_old_and_accepted(now: datetime) -> None:
    group = world.group()
    who = world.member(group)
    rules = rules_in_force(group)
    assert rules is not None
    Acceptance.objects.create(person=who, ground_rules=rules, accepted_at=now)
    new = write_version(group=group, text="What is said here stays with us.", by=None, now=now)
    browser = world.browser(who)
    address = reverse("ground_rules", args=[group.slug])
    assert address in page(group, who)
    html = browser.get(address).content.decode()
    assert "<del>here.</del>" in html
    assert "<ins>with us.</ins>" in html
    browser.post(address, {"ground_rules": str(new.pk), "accepts_rules": "on"})
    assert Acceptance.objects.filter(person=who, ground_rules=new).exists()
    assert "You have accepted these." in browser.get(address).content.decode()


def test_posting_the_key_of_older_ground_rules_accepts_nothing(now: datetime) -> None:
    group = world.group()
    old, who = rules_in_force(group), world.member(group)
    assert old is not None
    write_version(group=group, text="New words.", by=None, now=now)
    world.browser(who).post(
        reverse("ground_rules", args=[group.slug]),
        {"ground_rules": str(old.pk), "accepts_rules": "on"},
    )
    assert not Acceptance.objects.exists()


def test_somebody_who_does_not_belong_accepts_nothing() -> None:
    group = world.group()
    rules = rules_in_force(group)
    assert rules is not None
    world.browser(world.person()).post(
        reverse("ground_rules", args=[group.slug]),
        {"ground_rules": str(rules.pk), "accepts_rules": "on"},
    )
    assert not Acceptance.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_a_groups_page_takes_the_same_queries_whatever_is_on_it(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "_panels", {})
    group = world.group()
    for number in range(count):
        group.experiences.add(add(label=f"Stoma {number}", language="en"))
        world.role(RoleKind.GREETER, group=group)
        world.role(RoleKind.FACILITATOR, group=group)
    who = world.member(group)
    # The group, its experiences and their names, the ground rules, the team.
    assert own_queries(world.browser(), group.get_absolute_url()) == 5
    # And for a member, the membership, and whether they accepted the ground rules.
    assert own_queries(world.browser(who), group.get_absolute_url()) == 7
