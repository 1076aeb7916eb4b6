"""The way into a group and out of it, page by page."""

from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from hearthside.groups.actions.ground_rules import write_version
from hearthside.groups.enums import GenderRule, Stage, Standing
from hearthside.groups.models import Acceptance, Group, Membership
from hearthside.groups.queries.belonging import rules_in_force
from tests import world
from tests.groups.counting import own_queries

pytestmark = pytest.mark.django_db


def page(group: Group, who: Any = None) -> str:
    return world.browser(who).get(group.get_absolute_url()).content.decode()


def joining(group: Group, **answers: str) -> dict[str, str]:
    rules = rules_in_force(group)
    assert rules is not None
    return {
        "ground_rules": str(rules.pk),
        "accepts_rules": "on",
        "fits": "on",
        "agrees": "on",
        **answers,
    }


def test_somebody_new_is_led_to_sign_up_and_back() -> None:
    way_in = reverse("membership", args=[world.group().slug])
    answer = world.browser().get(way_in)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_signup"))
    assert "next=" + way_in.replace("/", "/") in answer["Location"].replace("%2F", "/")


def test_somebody_who_reads_and_agrees_visits_the_group() -> None:
    group, who = world.group(), world.person()
    browser = world.browser(who)
    way_in = reverse("membership", args=[group.slug])
    html = browser.get(way_in).content.decode()
    assert "What is said here stays here." in html
    assert "18 or older" in html
    answer = browser.post(way_in, joining(group, is_listening_only="on"))
    assert answer["Location"] == group.get_absolute_url()
    made = Membership.objects.get()
    assert (made.person, made.standing, made.is_listening_only) == (who, Standing.VISITING, True)
    assert "Your place in this group" in page(group, who)


@pytest.mark.parametrize("missing", ["accepts_rules", "fits", "agrees"])
def test_without_a_needed_tick_nobody_joins_and_the_form_keeps_the_rest(missing: str) -> None:
    group = world.group(gender=GenderRule.WOMEN)
    answers = joining(group)
    del answers[missing]
    answer = world.browser(world.person()).post(reverse("membership", args=[group.slug]), answers)
    assert answer.status_code == 200
    assert "Please look at this once more" in answer.content.decode()
    assert not Membership.objects.exists()


def test_a_yes_to_an_older_version_of_the_ground_rules_counts_for_nothing(now: datetime) -> None:
    group = world.group()
    answers = joining(group)
    write_version(group=group, text="New words.", by=None, now=now)
    browser = world.browser(world.person())
    answer = browser.post(reverse("membership", args=[group.slug]), answers, follow=True)
    assert "have just changed" in answer.content.decode()
    assert "New words." in answer.content.decode()
    assert not Membership.objects.exists()
    assert not Acceptance.objects.exists()


def test_nobody_posts_themselves_into_a_draft() -> None:
    group = world.group(stage=Stage.DRAFT)
    answer = world.browser(world.person()).post(
        reverse("membership", args=[group.slug]), joining(group)
    )
    assert answer.status_code == 404
    assert not Membership.objects.exists()


def test_another_group_is_left_in_the_same_step() -> None:
    old, new = world.group("Old ways"), world.group()
    who = world.member(old)
    browser = world.browser(who)
    way_in = reverse("membership", args=[new.slug])
    assert "Old ways" in browser.get(way_in).content.decode()
    browser.post(way_in, joining(new, leaving=str(Membership.objects.get(group=old).pk)))
    assert Membership.objects.get(group=old).until_at is not None
    assert Membership.objects.get(group=new).person == who


def test_nobody_makes_somebody_else_leave() -> None:
    old, new = world.group(), world.group()
    victim = world.member(old)
    attacker = world.member(world.group())
    stolen = str(Membership.objects.get(person=victim).pk)
    world.browser(attacker).post(
        reverse("membership", args=[new.slug]), joining(new, leaving=stolen)
    )
    assert Membership.objects.get(person=victim).until_at is None
    assert not Membership.objects.filter(group=new).exists()


def test_leaving_takes_one_tap_and_is_not_asked_why() -> None:
    group = world.group()
    who = world.member(group)
    answer = world.browser(who).post(reverse("membership_end", args=[group.slug]), follow=True)
    assert "Come back any time" in answer.content.decode()
    assert Membership.objects.get().until_at is not None


def test_looking_at_the_leaving_page_leaves_nothing() -> None:
    group = world.group()
    answer = world.browser(world.member(group)).get(reverse("membership_end", args=[group.slug]))
    assert "You do not need a reason" in answer.content.decode()
    assert Membership.objects.get().until_at is None


def test_somebody_who_does_not_belong_has_nothing_to_leave_or_keep() -> None:
    group = world.group()
    browser = world.browser(world.person())
    for name in ("membership_end", "membership_stay", "membership_listening"):
        assert browser.post(reverse(name, args=[group.slug])).status_code == 404


def test_a_visitor_stays_and_says_when_they_are_ready_to_talk() -> None:
    group = world.group()
    browser = world.browser(world.member(group, standing=Standing.VISITING))
    browser.post(reverse("membership_stay", args=[group.slug]))
    browser.post(reverse("membership_listening", args=[group.slug]), {"is_listening_only": "no"})
    made = Membership.objects.get()
    assert (made.standing, made.is_listening_only) == (Standing.MEMBER, False)
    assert "ready to talk" in browser.get(reverse("membership", args=[group.slug])).content.decode()


def test_an_imported_listing_without_ground_rules_has_a_page_and_a_way_in() -> None:
    group = world.group()
    group.ground_rules.all().delete()
    who = world.person()
    assert "Visit this group" in page(group)
    browser = world.browser(who)
    browser.post(reverse("membership", args=[group.slug]), {"fits": "on", "agrees": "on"})
    assert Membership.objects.get().person == who
    assert browser.get(reverse("ground_rules", args=[group.slug])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_way_in_takes_the_same_queries_however_many_groups_somebody_has(count: int) -> None:
    group, who = world.group(), world.person()
    for _ in range(count):
        world.member(world.group(), who)
    way_in = reverse("membership", args=[group.slug])
    # Group, ground rules, own place; consent, other groups (asked whether, then listed), the team.
    assert own_queries(world.browser(who), way_in) == 8


def test_whoever_came_from_a_meeting_is_led_back_to_it_and_nowhere_else() -> None:
    group = world.group()
    way_in = reverse("membership", args=[group.slug])
    meeting = world.meeting(group).get_absolute_url()
    answer = world.browser(world.person()).post(f"{way_in}?next={meeting}", joining(group))
    assert answer["Location"] == meeting
    elsewhere = f"{way_in}?next=https://elsewhere.example/"
    answer = world.browser(world.person()).post(elsewhere, joining(group))
    assert answer["Location"] == group.get_absolute_url()
