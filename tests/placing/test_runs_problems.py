"""What the engine is asked: who waits, who sits where, and every rule between them."""

from datetime import timedelta

import pytest

from hearthside.groups.enums import RoleKind, Stage, Standing
from hearthside.groups.models import Group, Membership, Site
from hearthside.placing.actions import decisions, invitations
from hearthside.placing.choices import Choices
from hearthside.placing.enums import Verdict
from hearthside.placing.models import Load, Request, Together
from hearthside.placing.queries.engine import Member
from tests import world
from tests.finder.town import experience
from tests.placing import desk, people
from tests.world import NOW

pytestmark = pytest.mark.django_db


def member(site: Site, name: object) -> Member:
    return {one.id: one for one in desk.case_at(site).problem.members}[str(name)]


def seated(site: Site) -> list[Member]:
    return [one for one in desk.case_at(site).problem.members if one.sits_in]


def test_everybody_who_waits_here_is_in_it_with_how_well_each_group_fits(site: Site) -> None:
    group = desk.group(site)
    desk.group(site, "Losing somebody", "grief")
    elsewhere = desk.waits(world.site("York"), weeks=3)
    request = desk.waits(site, weeks=3)
    one = member(site, request.pk)
    assert list(one.fits) == [str(group.pk)]
    assert 1 <= one.fits[str(group.pk)] <= 1000
    assert (one.weeks, one.is_new, one.experience) == (3, False, "alcohol")
    assert str(elsewhere.pk) not in desk.case_at(site).requests


def test_the_engine_knows_nobody_by_name(site: Site) -> None:
    group = desk.group(site, sitting=0)
    world.member(group, world.person("quiet-otter"))
    desk.waits(site, who=world.person("blue-fern"))
    said = repr(desk.case_at(site).problem)
    assert "quiet-otter" not in said
    assert "blue-fern" not in said


def test_who_sits_in_a_group_or_is_offered_a_place_keeps_a_seat_and_is_never_moved(
    site: Site,
) -> None:
    group = desk.group(site, sitting=2)
    world.member(group, standing=Standing.ASKED)
    invited = desk.waits(site)
    people.offered(group, invited)
    found = seated(site)
    assert len(found) == 3
    assert not any(one.may_move for one in found)
    assert str(invited.pk) not in desk.case_at(site).requests


def test_who_came_less_than_eight_weeks_ago_counts_as_new(site: Site) -> None:
    group = desk.group(site, sitting=0)
    world.member(group, from_at=NOW - timedelta(weeks=7))
    world.member(group, from_at=NOW - timedelta(weeks=9))
    world.member(group, standing=Standing.VISITING)
    assert sorted(one.is_new for one in seated(site)) == [False, True, True]


def test_who_sits_and_never_told_us_lives_with_what_the_group_is_about(site: Site) -> None:
    group = desk.group(site, "Both", "alcohol", "gambling", sitting=3)
    told = people.agreeing()
    people.wish(told, "grief-mother")
    world.member(group, told)
    lived = sorted(one.experience for one in seated(site))
    # A finer word counts as what stands above it; the silent are spread two by two.
    assert lived == ["alcohol", "alcohol", "gambling", "grief-parent"]


def test_a_branch_named_as_such_stays_a_branch(site: Site) -> None:
    desk.group(site, "Any addiction", "addiction")
    assert member(site, desk.waits(site, "addiction").pk).experience == "addiction"


def test_only_open_groups_of_the_site_are_in_it(site: Site) -> None:
    group = desk.group(site)
    desk.group(site, "Not yet", stage=Stage.DRAFT)
    desk.group(world.site("York"), "Far away")
    assert set(desk.case_at(site).groups) == {str(group.pk)}


def test_a_no_of_the_person_and_a_coordinators_word_take_a_group_away(site: Site) -> None:
    refused, forbidden = desk.group(site, "One"), desk.group(site, "Two")
    request = desk.waits(site)
    invitation = people.offered(refused, request)
    invitations.decline(invitation=invitation, now=NOW)
    decisions.decide(
        request=request, group=forbidden, verdict=Verdict.FORBID, by=world.person(), now=NOW
    )
    assert desk.case_at(site).problem.forbidden == {
        (str(request.pk), str(refused.pk)),
        (str(request.pk), str(forbidden.pk)),
    }


@pytest.mark.parametrize("where", ["sits", "leads", "is offered a place"])
def test_a_group_where_somebody_is_whom_they_must_not_meet_is_as_if_it_never_fitted(
    site: Site, where: str
) -> None:
    group, other = desk.group(site, "One"), desk.group(site, "Two")
    request = desk.waits(site)
    foe = people.agreeing()
    if where == "sits":
        world.member(group, foe)
    elif where == "leads":
        world.role(RoleKind.FACILITATOR, foe, group=group)
    else:
        people.offered(group, desk.waits(site, who=foe))
    assert str(group.pk) in member(site, request.pk).fits
    people.apart(request.person, foe)
    assert list(member(site, request.pk).fits) == [str(other.pk)]
    assert (str(request.pk), str(group.pk)) not in desk.case_at(site).problem.forbidden


def test_two_who_wait_and_must_not_meet_are_kept_apart_and_never_together(site: Site) -> None:
    desk.group(site)
    one, other = desk.waits(site), desk.waits(site)
    Together.objects.create(
        asked_by=one.person, other=other.person, code="a b", asked_at=NOW, agreed_at=NOW
    )
    pair = tuple(sorted((str(one.pk), str(other.pk))))
    assert desk.case_at(site).problem.together == (pair,)
    people.apart(one.person, other.person)
    problem = desk.case_at(site).problem
    assert problem.together == ()
    assert problem.apart == (pair,)


def test_a_pair_counts_only_once_both_have_said_so(site: Site) -> None:
    one, _other = desk.waits(site), desk.waits(site)
    Together.objects.create(asked_by=one.person, code="a", asked_at=NOW)
    assert desk.case_at(site).problem.together == ()


def pin(request: Request, group: Group, *, minute: int = 0) -> None:
    at = NOW + timedelta(minutes=minute)
    decisions.decide(request=request, group=group, verdict=Verdict.PIN, by=world.person(), now=at)


def test_a_pin_is_kept_where_it_fits_and_never_against_a_rule(site: Site) -> None:
    group, grief = desk.group(site, size_max=6, sitting=5), desk.group(site, "Grief", "grief")
    fits, late, misfit = desk.waits(site), desk.waits(site), desk.waits(site)
    for minute, one in enumerate((fits, late)):
        pin(one, group, minute=minute)
    pin(misfit, grief)
    case = desk.case_at(site)
    # One seat is left, and grief is nothing that they look for.
    assert case.problem.pinned == {str(fits.pk): str(group.pk)}
    assert set(case.kept_out) == {str(late.pk), str(misfit.pk)}


def test_two_who_must_not_meet_are_not_pinned_to_one_group(site: Site) -> None:
    group = desk.group(site)
    one, other = desk.waits(site), desk.waits(site)
    people.apart(one.person, other.person)
    pin(one, group)
    pin(other, group, minute=1)
    assert list(desk.case_at(site).problem.pinned) == [str(one.pk)]


def test_a_facilitators_limit_counts_all_their_groups_also_elsewhere(site: Site) -> None:
    group = desk.group(site)
    lead = world.role(RoleKind.FACILITATOR, group=group)
    away = desk.group(world.site("York"), sitting=3)
    world.role(RoleKind.FACILITATOR, lead, group=away)
    assert desk.case_at(site).problem.facilitators == ()
    Load.objects.create(person=lead, people_max=12, at=NOW)
    problem = desk.case_at(site).problem
    assert [(one.id, one.people_max) for one in problem.facilitators] == [(str(lead.pk), 9)]
    assert problem.groups[0].facilitator == str(lead.pk)


def test_of_two_who_lead_together_the_tighter_limit_counts(site: Site) -> None:
    group = desk.group(site)
    for most in (30, 10):
        lead = world.role(RoleKind.FACILITATOR, group=group)
        Load.objects.create(person=lead, people_max=most, at=NOW)
    problem = desk.case_at(site).problem
    assert [one.people_max for one in problem.facilitators] == [10]


def test_what_the_coordinator_chose_becomes_rules(site: Site) -> None:
    desk.group(site)
    case = desk.case_at(site, choices=Choices(floor=450, wait_points=7, may_open=False))
    rules = case.problem.rules
    assert (rules.floor, rules.wait_points, rules.opened_max) == (450, 7, 0)
    assert desk.case_at(site).problem.rules.opened_max is None


def test_somebody_who_has_left_makes_room(site: Site) -> None:
    group = desk.group(site, sitting=2)
    Membership.objects.filter(group=group).update(until_at=NOW - timedelta(days=1))
    case = desk.case_at(site)
    assert not case.problem.members
    assert not case.problem.groups[0].is_running


def test_a_new_word_in_the_vocabulary_needs_no_restart(site: Site) -> None:
    experience("debt", "Debt")
    group = desk.group(site, "Money", "debt")
    assert list(member(site, desk.waits(site, "debt").pk).fits) == [str(group.pk)]
