"""Coming into a group, staying, and leaving."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from hearthside.accounts.actions import consents
from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person
from hearthside.groups import ports
from hearthside.groups.actions import ground_rules, membership
from hearthside.groups.enums import GenderRule, Openness, RoleKind, Stage, Standing
from hearthside.groups.models import Acceptance, Group, Membership
from hearthside.groups.queries.belonging import hard_rules, place_of, rules_in_force
from hearthside.notices.models import Letter
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def visits() -> Iterator[dict[Person, int]]:
    """How many meetings each person has been to, as the floor above would count them."""
    counted: dict[Person, int] = {}
    kept = dict(ports._visit_counters)
    ports._visit_counters.clear()
    ports.register_visits("counted", lambda person, _group: counted.get(person, 0))
    yield counted
    ports._visit_counters.clear()
    ports._visit_counters.update(kept)


@pytest.fixture
def released() -> Iterator[list[tuple[Person, Group]]]:
    """Who gave back seats in which group."""
    seen: list[tuple[Person, Group]] = []
    kept = dict(ports._leavers)

    def release(*, person: Person, group: Group, now: datetime) -> None:
        seen.append((person, group))

    ports.register_leaver("seen", release)
    yield seen
    ports._leavers.clear()
    ports._leavers.update(kept)


def visit(group: Group, who: Person, *, now: datetime, **fields: Any) -> Membership:
    defaults = {"ground_rules": rules_in_force(group), "says_it_fits": True}
    return membership.visit(group=group, person=who, now=now, **{**defaults, **fields})


def reachable(who: Person) -> Person:
    """Somebody with a confirmed address who wants letters."""
    who.email = f"{who.pseudonym}@example.org"
    who.save()
    EmailAddress.objects.create(user=who, email=who.email, verified=True, primary=True)
    return world.agree(who, Purpose.REMINDERS)


def test_a_newcomer_visits_an_open_group_as_a_listener(now: datetime) -> None:
    made = visit(world.group(), world.agree(world.person()), now=now)
    assert made.standing == Standing.VISITING
    assert made.is_listening_only
    assert made.from_at == now


def test_visiting_accepts_the_ground_rules_in_force(now: datetime) -> None:
    group, who = world.group(), world.agree(world.person())
    visit(group, who, now=now)
    assert Acceptance.objects.get(person=who).ground_rules == rules_in_force(group)
    assert place_of(who, group, now=now).to_accept is None


def test_nobody_joins_on_an_older_version_of_the_ground_rules(now: datetime) -> None:
    group, who = world.group(), world.agree(world.person())
    read = rules_in_force(group)
    ground_rules.write_version(group=group, text="New words.", by=None, now=now)
    with pytest.raises(ground_rules.RulesHaveChanged):
        visit(group, who, now=now, ground_rules=read)
    assert not Membership.objects.exists()
    assert not Acceptance.objects.exists()


def test_nobody_joins_with_the_ground_rules_of_another_group(now: datetime) -> None:
    group, other = world.group(), world.group()
    with pytest.raises(ground_rules.RulesHaveChanged):
        visit(group, world.agree(world.person()), now=now, ground_rules=rules_in_force(other))


def test_nobody_joins_without_agreeing_that_it_is_kept(now: datetime) -> None:
    with pytest.raises(membership.NeedsConsent):
        visit(world.group(), world.person(), now=now)
    assert not Membership.objects.exists()


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.PAUSED, Stage.ENDED])
def test_a_group_that_is_not_open_takes_nobody_new(stage: Stage, now: datetime) -> None:
    with pytest.raises(membership.NotOpen):
        visit(world.group(stage=stage), world.agree(world.person()), now=now)


def test_a_group_for_certain_people_asks_for_ones_word(now: datetime) -> None:
    group = world.group(gender=GenderRule.WOMEN, age_from=18, age_until=30)
    who = world.agree(world.person())
    with pytest.raises(membership.DoesNotFit):
        visit(group, who, now=now, says_it_fits=False)
    assert visit(group, who, now=now).standing == Standing.VISITING


def test_what_somebody_says_of_their_age_and_gender_is_kept_nowhere(now: datetime) -> None:
    group = world.group(gender=GenderRule.WOMEN, age_until=30)
    made = visit(group, world.agree(world.person()), now=now)
    kept = {field.name for field in Membership._meta.get_fields()}
    assert kept == {
        "id", "group", "person", "from_at", "until_at", "standing", "is_listening_only",
    }  # fmt: skip
    assert made.person.__class__ is Person


def test_hard_rules_are_said_in_plain_sentences() -> None:
    group = world.group(gender=GenderRule.WOMEN, age_from=18, age_until=30)
    assert hard_rules(group) == [
        "I am 18 to 30 years old.",
        "This group is for women, and that includes me.",
    ]
    assert hard_rules(world.group(age_from=0)) == ["I am 18 or older."]


def test_visiting_twice_is_one_membership(now: datetime) -> None:
    group, who = world.group(), world.agree(world.person())
    assert visit(group, who, now=now) == visit(group, who, now=now + timedelta(minutes=1))
    assert Membership.objects.count() == 1


def test_at_a_closed_group_somebody_asks_and_its_facilitator_is_told(now: datetime) -> None:
    group = world.group(openness=Openness.CLOSED)
    leader = reachable(world.role(RoleKind.FACILITATOR, group=group))
    made = visit(group, world.agree(world.person("kestrel")), now=now)
    assert made.standing == Standing.ASKED
    letter = Letter.objects.get()
    assert letter.person == leader
    assert f"/groups/{group.slug}/people/" in letter.text
    # A letter may be read by somebody else in the house.
    assert group.name not in letter.subject + letter.text
    assert "kestrel" not in letter.subject + letter.text


def test_somebody_who_asks_does_not_belong_yet(now: datetime) -> None:
    group = world.group(openness=Openness.CLOSED)
    who = world.agree(world.person())
    visit(group, who, now=now)
    place = place_of(who, group, now=now)
    assert place.is_asking
    assert not place.belongs
    assert not Membership.objects.belonging(now=now).exists()


def test_whoever_is_let_in_visits_and_is_told(now: datetime) -> None:
    group = world.group(openness=Openness.CLOSED)
    who = reachable(world.agree(world.person()))
    asked = visit(group, who, now=now)
    membership.admit(membership=asked, now=now)
    assert place_of(who, group, now=now).is_visiting
    assert "look forward" in Letter.objects.get(person=who).text


def test_whoever_is_turned_down_reads_it_kindly_and_nothing_is_kept(now: datetime) -> None:
    group = world.group(openness=Openness.CLOSED)
    who = reachable(world.agree(world.person()))
    membership.decline(membership=visit(group, who, now=now), now=now)
    assert not Membership.objects.exists()
    assert "says nothing about you" in Letter.objects.get(person=who).text


def test_a_request_is_answered_once(now: datetime) -> None:
    asked = visit(world.group(openness=Openness.CLOSED), world.agree(world.person()), now=now)
    membership.admit(membership=asked, now=now)
    with pytest.raises(membership.NobodyAsks):
        membership.admit(membership=asked, now=now)
    with pytest.raises(membership.NobodyAsks):
        membership.decline(membership=asked, now=now)
    assert Membership.objects.get().standing == Standing.VISITING


def test_after_three_visits_somebody_is_asked_to_stay_and_still_belongs(
    now: datetime, visits: dict[Person, int]
) -> None:
    group = world.group()
    who = world.member(group, standing=Standing.VISITING)
    for count, is_asked in ((0, False), (2, False), (3, True), (9, True)):
        visits[who] = count
        place = place_of(who, group, now=now)
        assert place.is_asked_to_stay is is_asked
        assert place.belongs


def test_the_programme_says_how_many_visits_there_are(
    now: datetime, visits: dict[Person, int]
) -> None:
    group = world.group()
    programme = world.programme()
    programme.visits = 5
    programme.save()
    who = world.member(group, standing=Standing.VISITING)
    visits[who] = 4
    assert place_of(who, group, now=now).visits_left == 1


def test_a_visitor_stays_with_one_tap_and_is_not_asked_again(
    now: datetime, visits: dict[Person, int]
) -> None:
    group = world.group()
    who = world.member(group, standing=Standing.VISITING)
    visits[who] = 3
    membership.become_member(membership=Membership.objects.get(person=who))
    place = place_of(who, group, now=now)
    assert place.is_member
    assert not place.is_asked_to_stay


def test_somebody_who_only_asks_cannot_make_themselves_a_member(now: datetime) -> None:
    asked = visit(world.group(openness=Openness.CLOSED), world.agree(world.person()), now=now)
    membership.become_member(membership=asked)
    asked.refresh_from_db()
    assert asked.standing == Standing.ASKED


def test_leaving_ends_the_membership_gives_seats_back_and_tells_nobody(
    now: datetime, released: list[tuple[Person, Group]]
) -> None:
    group = world.group()
    reachable(world.role(RoleKind.FACILITATOR, group=group))
    who = reachable(world.member(group))
    membership.leave(membership=Membership.objects.get(person=who), now=now)
    assert not place_of(who, group, now=now).belongs
    assert released == [(who, group)]
    assert not Letter.objects.exists()


def test_a_request_taken_back_leaves_no_trace(now: datetime) -> None:
    asked = visit(world.group(openness=Openness.CLOSED), world.agree(world.person()), now=now)
    membership.leave(membership=asked, now=now)
    assert not Membership.objects.exists()


def test_a_member_who_comes_back_is_a_member_again(now: datetime) -> None:
    group = world.group()
    who = world.agree(world.member(group))
    membership.leave(membership=Membership.objects.get(person=who), now=now)
    later = now + timedelta(days=100)
    assert visit(group, who, now=later).standing == Standing.MEMBER


def test_a_member_of_a_closed_group_who_left_asks_again(now: datetime) -> None:
    group = world.group(openness=Openness.CLOSED)
    who = world.agree(world.member(group))
    membership.leave(membership=Membership.objects.get(person=who), now=now)
    assert visit(group, who, now=now + timedelta(days=1)).standing == Standing.ASKED


def test_switching_leaves_one_group_and_visits_the_other(now: datetime) -> None:
    old, new = world.group(), world.group()
    who = world.agree(world.member(old))
    membership.switch(
        leaving=Membership.objects.get(person=who),
        group=new,
        ground_rules=rules_in_force(new),
        says_it_fits=True,
        now=now,
    )
    assert not place_of(who, old, now=now).belongs
    assert place_of(who, new, now=now).is_visiting


def test_a_switch_that_fails_has_left_nothing(now: datetime) -> None:
    old, new = world.group(), world.group(stage=Stage.PAUSED)
    who = world.agree(world.member(old))
    with pytest.raises(membership.NotOpen):
        membership.switch(
            leaving=Membership.objects.get(person=who),
            group=new,
            ground_rules=rules_in_force(new),
            says_it_fits=True,
            now=now,
        )
    assert place_of(who, old, now=now).is_member


def test_taking_back_the_consent_ends_every_membership(now: datetime) -> None:
    group = world.group()
    who = world.agree(world.member(group))
    world.member(world.group(), who)
    consents.withdraw(person=who, purpose=Purpose.REMINDERS, now=now)
    assert Membership.objects.in_force(now=now).count() == 2
    consents.withdraw(person=who, purpose=Purpose.HEALTH, now=now)
    assert not Membership.objects.in_force(now=now).exists()
