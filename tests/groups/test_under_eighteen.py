"""A programme admits people under 18, or does not; and what a group for them has to be."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from hearthside.accounts import ports
from hearthside.accounts.models import Person
from hearthside.groups.actions import groups as actions
from hearthside.groups.actions import roles, training_gate
from hearthside.groups.actions import under_eighteen as mode
from hearthside.groups.actions.groups import GroupDetails
from hearthside.groups.actions.membership import NotOpen, visit
from hearthside.groups.ages import Ages
from hearthside.groups.enums import RoleKind, Stage
from hearthside.groups.models import Group, Programme, Role, UnderEighteen
from hearthside.groups.queries.belonging import hard_rules, rules_in_force
from hearthside.groups.queries.groups import gaps_before_opening
from hearthside.groups.queries.under_eighteen import (
    Setting,
    admits_minors,
    age_refusals,
    children_lead,
    young_groups,
    youngest,
)
from hearthside.project import checks
from tests import world
from tests.groups import training, young

pytestmark = pytest.mark.django_db


def refused(wanted: Setting, group: Group | None = None) -> set[str]:
    return {field for field, _words in age_refusals(wanted, group=group)}


def test_a_programme_is_for_adults_until_somebody_says_otherwise(now: datetime) -> None:
    world.programme()
    assert (admits_minors(), youngest(), children_lead()) == (False, 18, None)
    lead = young.admitted(now)
    assert (admits_minors(), youngest(), children_lead()) == (True, 13, lead)


def test_it_is_not_turned_on_without_somebody_who_leads_safety(now: datetime) -> None:
    training.gate_on(now)
    operator = world.role(RoleKind.OPERATOR)
    former = world.role(RoleKind.SAFETY_LEAD, until_at=now - timedelta(days=1))
    for lead in (None, operator, former):
        with pytest.raises(mode.NoSafetyLead):
            mode.admit(lead=lead, by=operator, now=now)
    assert not UnderEighteen.objects.exists()


@pytest.mark.parametrize("ahead", [None, timedelta(days=3)])
def test_it_is_not_turned_on_while_untrained_people_lead(
    now: datetime, ahead: timedelta | None
) -> None:
    training.gate_on(now, training_from=now + ahead if ahead else None)
    lead = world.role(RoleKind.SAFETY_LEAD)
    with pytest.raises(mode.TrainingIsNotAsked):
        mode.admit(lead=lead, by=lead, now=now)


def test_while_it_is_on_training_stays_asked_for(now: datetime) -> None:
    young.admitted(now)
    programme = Programme.objects.get()
    for from_at in (None, now + timedelta(hours=1)):
        with pytest.raises(training_gate.ChildrenAreAdmitted):
            training_gate.set_gate(programme=programme, from_at=from_at, years=2, now=now)
    training_gate.set_gate(programme=programme, from_at=now, years=3, now=now)
    assert Programme.objects.get().training_years == 3


def test_another_lead_takes_over_and_both_stretches_stay_on_record(now: datetime) -> None:
    first = young.admitted(now)
    other = world.role(RoleKind.SAFETY_LEAD)
    mode.admit(lead=first, by=first, now=now + timedelta(hours=1))
    assert UnderEighteen.objects.count() == 1
    later = now + timedelta(days=1)
    mode.admit(lead=other, by=first, now=later)
    held = UnderEighteen.objects.order_by("from_at").values_list("lead", "until_at", "ended_by")
    assert list(held) == [(first.pk, later, first.pk), (other.pk, None, None)]


def test_the_database_keeps_one_open_stretch(now: datetime) -> None:
    lead = young.admitted(now)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnderEighteen.objects.create(from_at=now, lead=lead)


def test_it_is_not_turned_off_while_groups_for_young_people_are_there(now: datetime) -> None:
    lead = young.admitted(now)
    for stage in (Stage.DRAFT, Stage.OPEN, Stage.PAUSED):
        group = young.group(stage.value, stage=stage)
        with pytest.raises(mode.YoungGroupsRemain) as caught:
            mode.stop_admitting(by=lead, now=now)
        assert caught.value.groups == [group]
        Group.objects.update(stage=Stage.ENDED)
    world.group("For adults")
    mode.stop_admitting(by=lead, now=now)
    assert not admits_minors()


def test_whoever_answers_for_children_does_not_step_down_before_somebody_else_is_named(
    now: datetime,
) -> None:
    lead = young.admitted(now)
    role = Role.objects.get(person=lead)
    with pytest.raises(roles.AnswersForChildren):
        roles.end_role(role=role, by=lead, now=now)
    other = world.role(RoleKind.SAFETY_LEAD)
    mode.admit(lead=other, by=other, now=now)
    roles.end_role(role=role, by=lead, now=now)
    role.refresh_from_db()
    assert role.until_at == now


def test_with_the_account_of_whoever_answers_groups_for_children_are_hidden(now: datetime) -> None:
    lead, group, adults = young.admitted(now), young.group(), world.group("For adults")
    assert set(Group.objects.findable()) == {group, adults}
    for holder in ports.holders().values():
        holder.erase(lead, now=now)
    lead.delete()
    assert list(Group.objects.findable()) == [adults]
    with pytest.raises(NotOpen):
        _visits(group, world.agree(world.person()), now)


def test_a_person_is_shown_that_they_answer_for_children(now: datetime) -> None:
    lead = young.admitted(now)
    rows = [str(row) for part in ports.holders()["groups"].held(lead) for row in part.rows]
    assert any("You answer for the safety of people under 18" in row for row in rows)


def _visits(group: Group, who: Person, now: datetime) -> None:
    visit(group=group, person=who, ground_rules=rules_in_force(group), says_it_fits=True, now=now)


def test_a_group_for_children_of_an_older_version_is_hidden_and_joined_by_nobody(
    now: datetime,
) -> None:
    group, who = young.group(), world.agree(world.person())
    assert group.is_findable()
    assert group not in Group.objects.findable()
    with pytest.raises(NotOpen):
        _visits(group, who, now)
    young.admitted(now)
    assert group in Group.objects.findable()
    _visits(group, who, now)


def test_while_it_is_off_no_group_is_for_anyone_under_18(now: datetime) -> None:
    leader = world.person()
    site = world.site()
    asked: list[GroupDetails] = [
        {"age_from": 16},
        {"age_from": 0, "age_until": 17},
        {"age_from": 14, "age_until": 17},
    ]
    for ages in asked:
        details = GroupDetails(name="Teens", format="online")
        details.update(ages)
        with pytest.raises(actions.AgesNotAllowed) as caught:
            actions.open_draft(site=site, leader=leader, by=leader, now=now, **details)
        assert "for adults" in caught.value.gaps["age_from"]
    assert not Group.objects.exists()


def test_while_it_is_on_a_group_keeps_to_the_rule(now: datetime) -> None:
    young.admitted(now)
    assert refused(Setting(Ages(14, 17), "online")) == set()
    assert refused(Setting(Ages(13, 25), "in_person")) == set()
    assert refused(Setting(Ages(14, 60), "online")) == {"age_until"}
    assert refused(Setting(Ages(14, None), "online")) == {"age_until"}
    assert refused(Setting(Ages(9, 17), "online")) == {"age_from"}
    assert refused(Setting(Ages(0, 17), "online")) == {"age_from"}
    assert refused(Setting(Ages(18, 60), "link", "https://example.org")) == set()


def test_a_group_for_young_people_is_nowhere_where_others_could_write_to_them_alone(
    now: datetime,
) -> None:
    young.admitted(now)
    for kind in ("link", "hybrid"):
        assert refused(Setting(Ages(14, 17), kind)) == {"format"}
    assert refused(Setting(Ages(14, 17), "online", "https://example.org")) == {"link"}


def test_a_group_from_a_list_is_led_elsewhere_and_so_never_for_young_people(now: datetime) -> None:
    young.admitted(now)
    assert refused(Setting(Ages(14, 17), "online", source="A list")) == {"age_from"}


@pytest.mark.parametrize(
    ("before", "after"), [((18, None), (14, 25)), ((14, 25), (18, None)), ((0, None), (14, 17))]
)
def test_ages_do_not_change_over_18_while_people_belong(
    now: datetime, before: tuple[int, int | None], after: tuple[int, int | None]
) -> None:
    young.admitted(now)
    group = young.group(age_from=before[0], age_until=before[1])
    who = world.member(group)
    wanted: GroupDetails = {"age_from": after[0], "age_until": after[1]}
    with pytest.raises(actions.AgesNotAllowed):
        actions.change(group=Group.objects.get(), by=who, now=now, **wanted)
    assert Group.objects.get().ages == Ages(*before)
    who.memberships.update(until_at=now)
    actions.change(group=Group.objects.get(), by=who, now=now, **wanted)
    assert Group.objects.get().ages == Ages(*after)


def test_a_group_mixed_before_there_was_a_rule_can_become_one_for_adults(now: datetime) -> None:
    group = world.group(age_from=16)
    who = world.member(group)
    actions.change(group=group, by=who, now=now, age_from=18)
    assert not Group.objects.get().is_young()


def test_the_check_names_groups_that_nobody_finds(now: datetime) -> None:
    world.group("For adults")
    young.group("Paused", stage=Stage.PAUSED)
    assert not [each for each in checks.findings() if "Nobody finds" in each.words]
    young.group("Under one roof")
    [found] = [each for each in checks.findings() if "Nobody finds" in each.words]
    assert "Nobody finds these groups: Under one roof." in found.words
    young.admitted(now)
    assert not [each for each in checks.findings() if "Nobody finds" in each.words]


def test_a_group_for_young_people_opens_only_with_somebody_trained(now: datetime) -> None:
    lead = young.admitted(now)
    group = young.group(stage=Stage.DRAFT)
    assert "facilitator" in gaps_before_opening(group, now=now)
    facilitator = training.named(group)
    assert "trained and signed" in gaps_before_opening(group, now=now)["facilitator"]
    with pytest.raises(actions.NotReady):
        actions.open_group(group=group, by=lead, now=now)
    training.signed(facilitator, now, by=lead)
    actions.open_group(group=group, by=lead, now=now)
    assert list(young_groups()) == [group]


def test_whoever_joins_says_their_age_also_where_a_group_names_none(now: datetime) -> None:
    young.admitted(now)
    assert hard_rules(young.group()) == ["I am 14 to 17 years old."]
    assert hard_rules(world.group(age_from=0, age_until=60)) == ["I am 18 to 60 years old."]
