"""Offers and answers at the same moment: real threads on a real database."""

from datetime import timedelta

import pytest

from hearthside.finder.actions import wishes
from hearthside.groups.models import Group, Membership
from hearthside.notices.enums import Kind
from hearthside.notices.models import Letter
from hearthside.placing.actions import accepting, invitations
from hearthside.placing.actions.refusals import GroupIsFull, PlaceIsGone
from hearthside.placing.holdings import PlacingHoldings
from hearthside.placing.models import Invitation, Proposal, Request, Run
from hearthside.placing.queries.waiting import places_left
from tests import world
from tests.meetings.test_seats_raced import at_once
from tests.placing.people import apart, offered, say_yes, waiting
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def inside(group: Group) -> int:
    return Membership.objects.belonging(now=NOW + timedelta(minutes=1)).filter(group=group).count()


def test_of_two_people_the_last_place_is_offered_to_one() -> None:
    group = world.group(size_max=3)
    world.member(group)
    world.member(group)
    people = [waiting(group.site) for _ in range(2)]
    results = at_once(*(lambda one=one: offered(group, one) for one in people))
    assert [type(each) for each in results].count(GroupIsFull) == 1
    assert Invitation.objects.standing(now=NOW).filter(group=group).count() == 1
    assert places_left(group, now=NOW) == 0


def test_ten_people_race_for_three_places() -> None:
    group = world.group(size_max=3)
    people = [waiting(group.site) for _ in range(10)]
    results = at_once(*(lambda one=one: offered(group, one) for one in people))
    assert [type(each) for each in results].count(GroupIsFull) == 7
    assert Letter.objects.filter(kind=Kind.PLACE).count() == 3


def test_a_yes_tapped_five_times_is_one_yes() -> None:
    group = world.group()
    made = offered(group)
    results = at_once(*[lambda: say_yes(made)] * 5)
    assert not [each for each in results if isinstance(each, Exception)]
    assert inside(group) == 1


def test_of_a_yes_and_a_withdrawal_at_the_same_moment_one_wins() -> None:
    for _ in range(4):
        made = offered(world.group())
        at_once(
            lambda made=made: say_yes(made),  # type: ignore[misc]
            lambda made=made: invitations.withdraw(invitation=made, now=NOW),  # type: ignore[misc]
        )
        made.refresh_from_db()
        is_in = inside(made.group) == 1
        assert is_in == made.is_accepted() == (made.withdrawn_at is None)
        assert Request.objects.get(pk=made.request_id).is_open() != is_in


def test_of_a_yes_and_a_no_from_two_tabs_one_wins() -> None:
    for _ in range(4):
        made = offered(world.group())
        at_once(
            lambda made=made: say_yes(made),  # type: ignore[misc]
            lambda made=made: invitations.decline(invitation=made, now=NOW),  # type: ignore[misc]
        )
        made.refresh_from_db()
        assert made.is_accepted() != made.is_declined()
        assert (inside(made.group) == 1) == made.is_accepted()


def test_two_who_must_not_meet_and_say_yes_at_once_do_not_both_come_in() -> None:
    for _ in range(4):
        group = world.group()
        offers = [offered(group), offered(group)]
        # Written after both were offered a place: the check at the yes is the last one.
        apart(offers[0].request.person, offers[1].request.person)
        results = at_once(*(lambda one=one: say_yes(one) for one in offers))
        assert inside(group) <= 1
        assert [type(each) for each in results].count(PlaceIsGone) >= 1


def test_a_yes_at_the_moment_of_expiry_is_a_yes_or_nothing() -> None:
    made = offered(world.group())
    at_once(
        lambda: say_yes(made, now=made.expires_at - timedelta(seconds=1)),
        lambda: invitations.expire_due(now=made.expires_at),
    )
    made.refresh_from_db()
    assert made.is_accepted() == (made.withdrawn_at is None)


def test_of_an_offer_and_a_search_forgotten_at_the_same_moment_no_place_stays_kept() -> None:
    for _ in range(4):
        group = world.group()
        request = waiting(group.site)
        at_once(
            lambda: offered(group, request),  # noqa: B023
            lambda: wishes.forget(person=request.person, now=NOW),  # noqa: B023
        )
        assert not Invitation.objects.standing(now=NOW).filter(group=group).exists()


def test_whoever_erases_everything_while_places_are_offered_spoils_no_answer() -> None:
    for _ in range(4):
        group = world.group()
        request, run = waiting(group.site), Run.objects.create(site=group.site, asked_at=NOW)
        Proposal.objects.create(run=run, request=request, group=group, fit=900)
        chosen = list(run.proposals.values_list("pk", flat=True))
        by = world.person()
        results = at_once(
            lambda: accepting.accept(run=run, chosen=chosen, by=by, now=NOW),  # noqa: B023
            lambda: PlacingHoldings().erase(request.person, now=NOW),  # noqa: B023
        )
        assert not [each for each in results if isinstance(each, Exception)]
        assert not Invitation.objects.standing(now=NOW).filter(group=group).exists()
