"""What groups holds about a person: shown to them, and erased."""

from datetime import datetime

import pytest

from hearthside.accounts import ports
from hearthside.groups.actions.ground_rules import accept, write_version
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Acceptance, Experience, Membership, Role
from hearthside.groups.queries.belonging import rules_in_force
from tests import world

pytestmark = pytest.mark.django_db


def test_a_person_sees_every_membership_acceptance_and_role(now: datetime) -> None:
    group = world.group("Living with a stoma")
    rules, who = rules_in_force(group), world.member(group)
    assert rules is not None
    accept(ground_rules=rules, person=who, now=now)
    world.role(RoleKind.GREETER, who, group=group)
    world.member(world.group("Somebody else's"), world.person())
    held = ports.holders()["groups"].held(who)
    shown = [str(row) for part in held for row in part.rows]
    assert [len(part.rows) for part in held] == [1, 1, 1, 0]
    assert all("Living with a stoma" in row for row in shown)


def test_a_person_sees_what_they_wrote_and_decided_for_groups(now: datetime) -> None:
    group, who = world.group(), world.person("Rowan")
    write_version(group=group, text="Phones stay in pockets.", by=who, now=now)
    world.role(RoleKind.GREETER, group=group, given_by=who)
    decided = ports.holders()["groups"].held(who)[-1]
    assert [row["What"] for row in decided.rows] == [
        "Ground rules, version 2",
        "A role given: Greeter",
    ]


def test_erasing_removes_all_of_it_and_nothing_of_others(now: datetime) -> None:
    group = world.group()
    rules, who, other = rules_in_force(group), world.member(group), world.member(group)
    assert rules is not None
    for person in (who, other):
        accept(ground_rules=rules, person=person, now=now)
        world.role(RoleKind.GREETER, person, group=group)
    world.role(RoleKind.COORDINATOR, who, until_at=now)
    ports.holders()["groups"].erase(who, now=now)
    for model in (Membership, Acceptance, Role):
        assert [row.person for row in model._default_manager.all()] == [other]


def test_what_somebody_wrote_for_a_group_stays_without_their_name(now: datetime) -> None:
    from hearthside.groups.actions.experiences import propose
    from hearthside.groups.actions.ground_rules import write_version

    who, group = world.person(), world.group()
    propose(words="Bag for life", language="en", by=who, now=now)
    write_version(group=group, text="Be kind.", by=who, now=now)
    ports.holders()["groups"].erase(who, now=now)
    who.delete()
    assert Experience.objects.get().proposed_by is None
    rules = rules_in_force(group)
    assert rules is not None
    assert rules.written_by is None
