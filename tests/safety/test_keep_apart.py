"""Two people who must not meet: written by those responsible, told to neither, and kept by every door."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests import world

from hearthside.accounts import ports
from hearthside.accounts.models import Person
from hearthside.groups.actions import membership
from hearthside.groups.enums import Openness, RoleKind, Stage, Standing
from hearthside.groups.models import Group, Membership
from hearthside.groups.queries.belonging import rules_in_force
from hearthside.safety.actions import apart as actions
from hearthside.safety.models import KeepApart

pytestmark = pytest.mark.django_db


def apart(one: Person, other: Person, *, now: datetime, by: Person | None = None) -> KeepApart:
    return actions.keep_apart(one=one, other=other, because="", by=by or world.person(), now=now)


def visit(group: Group, who: Person, *, now: datetime) -> Membership:
    return membership.visit(
        group=group,
        person=who,
        ground_rules=rules_in_force(group),
        says_it_fits=True,
        now=now,
    )


def test_a_pair_is_one_row_whoever_is_named_first(now: datetime) -> None:
    one, other = world.person(), world.person()
    assert apart(one, other, now=now) == apart(other, one, now=now)
    pair = KeepApart.objects.get()
    assert pair.one_id < pair.other_id
    with pytest.raises(IntegrityError), transaction.atomic():
        KeepApart.objects.create(one=pair.other, other=pair.one, from_at=now)


def test_nobody_is_kept_apart_from_themselves_or_by_themselves(now: datetime) -> None:
    one, other = world.person(), world.person()
    with pytest.raises(actions.OnePerson):
        apart(one, one, now=now)
    with pytest.raises(actions.OwnAffair):
        apart(one, other, now=now, by=other)


@pytest.mark.parametrize("who_sits", [0, 1])
def test_it_bars_both_ways(who_sits: int, now: datetime) -> None:
    pair = [world.agree(world.person()), world.agree(world.person())]
    group = world.group()
    apart(*pair, now=now)
    visit(group, pair[who_sits], now=now)
    with pytest.raises(membership.NotOpen):
        visit(group, pair[1 - who_sits], now=now)
    visit(world.group(), pair[1 - who_sits], now=now)
    visit(group, world.agree(world.person()), now=now)
    assert Membership.objects.count() == 3


@pytest.mark.parametrize("kind", [RoleKind.FACILITATOR, RoleKind.GREETER])
def test_somebody_who_leads_or_greets_there_bars_as_well(kind: RoleKind, now: datetime) -> None:
    group = world.group()
    leader, who = world.role(kind, group=group), world.agree(world.person())
    apart(leader, who, now=now)
    with pytest.raises(membership.NotOpen):
        visit(group, who, now=now)


def test_once_it_has_ended_or_the_other_has_left_the_door_is_open(now: datetime) -> None:
    one, other = world.agree(world.person()), world.agree(world.person())
    group, second = world.group(), world.group()
    pair = apart(one, other, now=now - timedelta(days=3))
    own = visit(group, one, now=now - timedelta(days=2))
    membership.leave(membership=own, now=now - timedelta(days=1))
    visit(group, other, now=now)
    visit(second, one, now=now)
    actions.end(pair=pair, now=now)
    visit(second, other, now=now)
    assert Membership.objects.of(other).count() == 2


def test_somebody_who_asked_is_not_let_in_beside_whom_they_must_not_meet(now: datetime) -> None:
    group = world.group(openness=Openness.CLOSED)
    one, other = world.agree(world.person()), world.agree(world.person())
    requests = [visit(group, who, now=now) for who in (one, other)]
    apart(one, other, now=now)
    membership.admit(membership=requests[0], now=now)
    with pytest.raises(membership.NotOpen):
        membership.admit(membership=requests[1], now=now)
    requests[1].refresh_from_db()
    assert requests[1].standing == Standing.ASKED


def test_whoever_moves_to_a_group_that_is_barred_has_left_nothing(now: datetime) -> None:
    one, other = world.agree(world.person()), world.agree(world.person())
    group = world.group()
    visit(group, one, now=now)
    own = visit(world.group(), other, now=now)
    apart(one, other, now=now)
    with pytest.raises(membership.NotOpen):
        membership.switch(
            leaving=own,
            group=group,
            ground_rules=rules_in_force(group),
            says_it_fits=True,
            now=now,
        )
    own.refresh_from_db()
    assert own.until_at is None


def test_a_barred_door_looks_like_one_that_takes_nobody(
    now: datetime, django_assert_num_queries: object
) -> None:
    one, other = world.agree(world.person()), world.agree(world.person())
    barred, paused = world.group(), world.group(stage=Stage.PAUSED)
    world.member(barred, one)
    world.member(paused, world.person())
    apart(one, other, now=timezone.now())
    for group in (barred, paused):
        rules = rules_in_force(group)
        with (
            django_assert_num_queries(9),  # type: ignore[operator]
            pytest.raises(membership.NotOpen),
        ):
            membership.visit(
                group=group, person=other, ground_rules=rules, says_it_fits=False, now=now
            )
    sent = {"accepts_rules": "on", "ground_rules": str(rules_in_force(barred).pk), "fits": "on"}  # type: ignore[union-attr]
    answer = world.browser(other).post(f"/groups/{barred.slug}/membership/", sent, follow=True)
    text = answer.content.decode()
    assert "This group takes nobody new just now." in text
    assert one.pseudonym not in text


def test_neither_of_the_two_is_shown_it_and_it_goes_with_either_account(now: datetime) -> None:
    one, other = world.person("kestrel"), world.person("heron")
    by = world.person("owl")
    apart(one, other, now=now, by=by)
    for who in (one, other):
        shown = [held for holder in ports.holders().values() for held in holder.held(who)]
        assert not any(held.rows for held in shown if "apart" in held.heading)
        assert "kestrel" not in str(shown) or who == one
        assert "heron" not in str(shown) or who == other
    decided = [held for held in ports.holders()["safety"].held(by) if held.rows]
    assert len(decided) == 1
    assert "kestrel" not in str(decided)
    ports.holders()["safety"].erase(other, now=now)
    assert not KeepApart.objects.exists()


def test_an_end_is_undone_for_ten_minutes(now: datetime) -> None:
    pair = apart(world.person(), world.person(), now=now)
    actions.end(pair=pair, now=now)
    pair.refresh_from_db()
    with pytest.raises(actions.TooLate):
        actions.take_back(pair=pair, now=now + timedelta(minutes=11))
    actions.take_back(pair=pair, now=now + timedelta(minutes=9))
    assert KeepApart.objects.get().until_at is None


def test_an_end_that_was_followed_by_a_new_row_leaves_one_in_force(now: datetime) -> None:
    one, other = world.person(), world.person()
    pair = apart(one, other, now=now)
    actions.end(pair=pair, now=now)
    apart(one, other, now=now + timedelta(minutes=1))
    pair.refresh_from_db()
    actions.take_back(pair=pair, now=now + timedelta(minutes=2))
    assert KeepApart.objects.filter(until_at=None).count() == 1
