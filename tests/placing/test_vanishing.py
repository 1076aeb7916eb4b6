"""What ends when a search is forgotten, places that are never given twice, and what coordinators never read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hearthside.finder.actions import wishes
from hearthside.finder.enums import Felt
from hearthside.finder.models import Impression
from hearthside.groups.actions import membership as joining
from hearthside.groups.models import Membership
from hearthside.groups.queries.belonging import membership_of
from hearthside.notices.models import Letter
from hearthside.placing.actions import accepting, invitations, requests, runs
from hearthside.placing.actions.refusals import TooLateToUndo
from hearthside.placing.models import Invitation, Request, Run
from hearthside.placing.queries import trials
from hearthside.placing.queries.waiting import never_again
from tests import world
from tests.placing import desk, people
from tests.world import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=5)


@pytest.mark.django_db(transaction=True)
def test_a_run_is_finished_though_somebody_forgot_their_search_while_it_worked() -> None:
    desk.words()
    site = world.site()
    desk.group(site)
    waiting = [desk.waits(site) for _ in range(4)]
    run = Run.objects.create(site=site, asked_at=NOW, settings=desk.QUICK.packed())
    assert runs.begin(run=run, now=NOW)
    outcome = trials.work_out(site, desk.QUICK, now=NOW)
    wishes.forget(person=waiting[0].person, now=NOW)
    runs.finish(run=run, outcome=outcome, now=NOW)
    assert run.proposals.count() == 3


def test_a_forgotten_search_calls_off_the_letter_about_its_place() -> None:
    now = timezone.now()
    person = people.offered(people.a_group(), now=now).request.person
    wishes.forget(person=person, now=now)
    assert not _letters_to_go()


def test_the_waiting_goes_on_only_with_a_search_and_as_its_person_asks() -> None:
    now = timezone.now()
    request = people.waiting(world.site())
    word = wishes.forget(person=request.person, now=now)
    with pytest.raises(TooLateToUndo):
        requests.take_back(request=request, now=now)
    back = wishes.take_back(person=request.person, word=word, now=now)
    assert not Request.objects.open().of(request.person).exists()
    requests.take_back(request=request, now=now)
    assert Request.objects.open().get(wish=back) == request


def test_a_no_is_kept_though_the_search_is_forgotten() -> None:
    made = people.offered(people.a_group())
    person = made.request.person
    invitations.decline(invitation=made, now=NOW)
    wishes.forget(person=person, now=NOW)
    assert never_again(person) == {made.group_id}


def test_a_yes_undone_after_the_place_went_to_another_keeps_no_place_beyond_the_last() -> None:
    group = people.full_but_one()
    first = people.offered(group)
    people.say_yes(first)
    own = membership_of(first.request.person, group, now=NOW + timedelta(minutes=1))
    assert own is not None
    joining.leave(membership=own, now=NOW + timedelta(minutes=2))
    people.say_yes(
        people.offered(group, now=NOW + timedelta(minutes=3)), now=NOW + timedelta(minutes=4)
    )
    first.refresh_from_db()
    invitations.take_back_yes(invitation=first, now=LATER)
    first.refresh_from_db()
    if first.stands(now=LATER):
        people.say_yes(first, now=LATER)
    soon = LATER + timedelta(minutes=1)
    assert Membership.objects.belonging(now=soon).filter(group=group).count() <= group.size_max


def test_a_yes_undone_by_somebody_who_has_another_offer_keeps_no_second_place() -> None:
    first = people.offered(people.a_group())
    people.say_yes(first)
    again = people.waiting(first.group.site, first.request.person)
    people.offered(world.group(site=first.group.site), again)
    first.refresh_from_db()
    invitations.take_back_yes(invitation=first, now=LATER)
    standing = Invitation.objects.standing(now=LATER).of(first.request.person)
    assert standing.count() == 1


def test_a_coordinator_reads_the_same_refusal_for_kept_apart_as_for_a_group_that_takes_nobody() -> (
    None
):
    desk.words()
    site = world.site()
    group = desk.group(site)
    inside = world.member(group)
    waiting = [desk.waits(site) for _ in range(3)]
    run = desk.run_at(site)
    proposals = list(run.proposals.filter(group=group, request__in=waiting))
    one, other = proposals[:2]
    people.apart(inside, one.request.person)
    by = world.person()
    apart = accepting.accept(run=run, chosen=[one.pk], by=by, now=NOW).refused
    type(group).objects.filter(pk=group.pk).update(stage="paused")
    paused = accepting.accept(run=run, chosen=[other.pk], by=by, now=NOW).refused
    assert [each.code for each in apart] == [each.code for each in paused] == ["gone"]


def test_how_a_visit_felt_moves_no_number_that_a_coordinator_reads() -> None:
    desk.words()
    site = world.site()
    group = desk.group(site)
    request = [desk.waits(site) for _number in range(3)].pop()
    before = desk.run_at(site).proposals.get(request=request).fit
    meeting = group.meetings.get()
    Impression.objects.create(
        person=request.person, meeting=meeting, group=group, felt=Felt.RIGHT, at=NOW
    )
    assert desk.run_at(site).proposals.get(request=request).fit == before


def _letters_to_go() -> list[str]:
    """What still waits to be sent."""
    fields = {one.name for one in Letter._meta.get_fields()}
    rows = Letter.objects.filter(sent_at=None)
    ended = next((one for one in ("called_off_at", "dropped_at", "ended_at") if one in fields), "")
    return list((rows.filter(**{ended: None}) if ended else rows).values_list("subject", flat=True))
