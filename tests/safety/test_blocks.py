"""Blocks and mutes: what they change where the site decides, and that nobody can read anything from them."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests import world
from tests.placing import people
from tests.world import NOW

from hearthside.accounts.ports import holders
from hearthside.finder.queries.known import known_of, known_of_many
from hearthside.groups.actions import membership
from hearthside.groups.models import Membership
from hearthside.groups.queries.belonging import rules_in_force
from hearthside.placing.queries.waiting import is_kept_apart
from hearthside.safety.actions import blocks
from hearthside.safety.models import Block
from hearthside.safety.queries.blocks import own_blocks, reaches, veiled_for

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def test_a_block_holds_both_ways_where_the_site_decides() -> None:
    group = world.group()
    owner, other = world.person(), world.member(group)
    assert str(group.pk) not in known_of_many([owner.pk], now=NOW)[owner.pk].excluded
    blocks.block(owner=owner, other=other, now=NOW)
    assert str(group.pk) in known_of_many([owner.pk], now=NOW)[owner.pk].excluded
    assert is_kept_apart(owner, group, now=NOW)
    theirs = world.group()
    world.member(theirs, owner)
    assert str(theirs.pk) in known_of_many([other.pk], now=NOW)[other.pk].excluded
    assert is_kept_apart(other, theirs, now=NOW)
    blocks.end(block=Block.objects.get())
    assert not is_kept_apart(owner, group, now=NOW)
    assert not is_kept_apart(other, theirs, now=NOW)


def test_no_place_is_offered_where_a_blocked_person_sits() -> None:
    site, now = world.site(), timezone.now()
    group = world.group(site=site)
    waits = people.waiting(site, world.person(), "alcohol", since=now - timedelta(days=20))
    assert not is_kept_apart(waits.person, group, now=now)
    blocks.block(owner=world.member(group), other=waits.person, now=now)
    assert is_kept_apart(waits.person, group, now=now)


def test_nothing_that_the_blocked_person_sees_or_may_do_changes() -> None:
    group = world.group()
    owner, other = world.member(group), world.agree(world.person())
    before = known_of(other, now=NOW)
    blocks.block(owner=owner, other=other, now=NOW)
    assert known_of(other, now=NOW) == before
    made = membership.visit(
        group=group, person=other, ground_rules=rules_in_force(group), says_it_fits=True, now=NOW
    )
    assert made.person == other


def test_whoever_blocks_learns_nothing_of_where_the_other_sits() -> None:
    secret = world.group()
    owner, other = world.person(), world.member(secret)
    before = known_of(owner, now=NOW)
    blocks.block(owner=owner, other=other, now=NOW)
    assert known_of(owner, now=NOW) == before
    # They met in a group that both were in; what is left out for it stays left out when the other goes.
    shared = world.group()
    world.member(shared, other)
    world.member(shared, owner, until_at=NOW - A_DAY)
    assert known_of(owner, now=NOW).excluded == {str(shared.pk)}
    Membership.objects.filter(person=other).update(until_at=NOW - timedelta(hours=1))
    assert known_of(owner, now=NOW).excluded == {str(shared.pk)}


def test_a_group_that_the_other_came_to_later_is_not_left_out() -> None:
    group = world.group()
    owner = world.member(group, until_at=NOW - 10 * A_DAY)
    other = world.member(group, from_at=NOW - 5 * A_DAY)
    blocks.block(owner=owner, other=other, now=NOW)
    assert known_of(owner, now=NOW).excluded == frozenset()


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_search_asks_the_same_of_everybody_whomever_they_blocked(
    count: int, django_assert_num_queries: Any
) -> None:
    owner = world.person()
    for _ in range(count):
        blocks.block(owner=owner, other=world.member(world.group()), now=NOW)
    with django_assert_num_queries(7):
        known_of(owner, now=NOW)


def test_a_mute_is_about_words_only_and_ends() -> None:
    group = world.group()
    owner, other = world.person(), world.member(group)
    blocks.mute(owner=owner, other=other, until_at=NOW + A_DAY, now=NOW)
    assert not is_kept_apart(owner, group, now=NOW)
    assert reaches(other, owner, now=NOW)
    people_here = [owner.pk, other.pk]
    assert dict(veiled_for(people_here, now=NOW)) == {owner.pk: {other.pk}}
    assert dict(veiled_for(people_here, now=NOW + A_DAY)) == {}
    # A shorter mute takes nothing from a longer one.
    blocks.mute(owner=owner, other=other, until_at=NOW + timedelta(hours=1), now=NOW)
    assert own_blocks(owner, now=NOW).muted[0].until_at == NOW + A_DAY
    assert blocks.forget_ended(now=NOW + A_DAY) == 1


def test_what_a_blocked_person_writes_reaches_nobody_and_the_other_way_it_does() -> None:
    owner, other = world.person(), world.person()
    blocks.block(owner=owner, other=other, now=NOW)
    assert not reaches(other, owner, now=NOW)
    assert reaches(owner, other, now=NOW)


def test_a_list_is_never_longer_than_a_person_could_mean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "MOST", 2)
    owner = world.person()
    first = world.person()
    for other in (first, world.person()):
        blocks.block(owner=owner, other=other, now=NOW)
    with pytest.raises(blocks.TooMany):
        blocks.block(owner=owner, other=world.person(), now=NOW)
    assert blocks.block(owner=owner, other=first, now=NOW).other == first
    with pytest.raises(blocks.Yourself):
        blocks.block(owner=owner, other=owner, now=NOW)


def test_only_somebody_one_met_is_found_and_the_answer_is_the_same_for_nobody() -> None:
    group = world.group()
    browser = world.browser(world.member(group))
    world.member(group, world.person("kestrel"))
    world.person("heron")
    told = "You have met nobody here who goes by that pseudonym."
    for name in ("heron", "nobody-such"):
        page = browser.post("/me/people/", {"pseudonym": name, "kind": "block"}).content.decode()
        assert told in page
        assert page.count(name) == 1
    browser.post("/me/people/", {"pseudonym": "Kestrel", "kind": "block"})
    shown = browser.get("/me/people/").content.decode()
    assert "kestrel" in shown
    made = Block.objects.get()
    assert world.browser(made.other).post(f"/me/people/{made.pk}/end/").status_code == 404
    browser.post(f"/me/people/{made.pk}/end/")
    assert not Block.objects.exists()


def test_the_blocked_person_finds_nothing_of_it_in_their_data() -> None:
    owner, other = world.person("wren"), world.person("heron")
    blocks.block(owner=owner, other=other, now=NOW)
    holder = holders()["blocks"]
    assert "heron" in str(holder.held(owner)[0].rows)
    assert not holder.held(other)[0].rows
    holder.erase(other, now=NOW)
    assert not Block.objects.exists()
