"""Two people who must not meet, at one door in the same moment: real threads on a real database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests import world
from tests.world import NOW

from hearthside.accounts.models import Person
from hearthside.groups.actions import membership
from hearthside.groups.enums import Openness, Standing
from hearthside.groups.models import Group, Membership
from hearthside.groups.queries.belonging import rules_in_force
from hearthside.safety.actions import apart as actions

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 5


def at_once(*acts: Callable[[], object]) -> list[bool]:
    """Whether each act was let in, all begun at the same moment, each on its own connection."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> bool:
        try:
            start.wait(timeout=30)
            act()
        except membership.NotOpen:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def coming(group: Group, who: Person) -> Callable[[], object]:
    rules = rules_in_force(group)
    return lambda: membership.visit(
        group=group, person=who, ground_rules=rules, says_it_fits=True, now=NOW
    )


def admitting(asked: Membership) -> Callable[[], object]:
    return lambda: membership.admit(membership=asked, now=NOW)


def two_apart() -> tuple[Person, Person]:
    one, other = world.agree(world.person()), world.agree(world.person())
    actions.keep_apart(one=one, other=other, because="", by=world.person(), now=NOW)
    return one, other


def test_of_two_who_come_in_the_same_moment_one_gets_in() -> None:
    for _ in range(TRIES):
        group, pair = world.group(), two_apart()
        assert sorted(at_once(*(coming(group, who) for who in pair))) == [False, True]
        assert Membership.objects.filter(group=group).count() == 1


def test_of_two_who_are_let_in_in_the_same_moment_one_is() -> None:
    for _ in range(TRIES):
        group = world.group(openness=Openness.CLOSED)
        asked = [
            Membership.objects.create(group=group, person=who, standing=Standing.ASKED, from_at=NOW)
            for who in two_apart()
        ]
        assert sorted(at_once(*map(admitting, asked))) == [False, True]
        assert Membership.objects.belonging(now=NOW).filter(group=group).count() == 1
