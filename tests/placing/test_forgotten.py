"""What stays, and what the pages say, once somebody has forgotten what they look for or the ground has moved."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person
from hearthside.finder.actions import wishes
from hearthside.finder.enums import Felt
from hearthside.finder.models import Impression, Wish
from hearthside.groups.models import Group
from hearthside.placing.actions import decisions, invitations, requests, runs
from hearthside.placing.enums import Verdict
from hearthside.placing.holdings import stop_waiting
from hearthside.placing.models import Proposal, Request, Run
from hearthside.placing.queries import diffs, trials, waiting
from tests import world
from tests.placing import desk, people
from tests.world import NOW

pytestmark = pytest.mark.django_db


def page(person: Person, name: str, key: object) -> str:
    answer = world.browser(person).get(reverse(name, args=[key]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_pages_of_a_yes_and_of_the_waiting_stay_after_the_search_is_forgotten() -> None:
    now = timezone.now()
    made = people.offered(people.a_group(), now=now)
    people.say_yes(made, now=now)
    person = made.request.person
    wishes.forget(person=person, now=now)
    assert "You are welcome there" in page(person, "invitation", made.pk)
    assert "You have found a group" in page(person, "place_request", made.request_id)


def test_a_yes_undone_after_the_search_is_forgotten_keeps_no_place_and_says_so() -> None:
    now = timezone.now()
    made = people.offered(people.a_group(), now=now)
    people.say_yes(made, now=now)
    person = made.request.person
    wishes.forget(person=person, now=now)
    browser = world.browser(person)
    undone = browser.post(reverse("invitation_undo", args=[made.pk]), follow=True)
    said = undone.content.decode()
    assert "This place is not kept for you any more." in said
    assert "You are still waiting" not in said
    made.refresh_from_db()
    assert made.withdrawn_at is not None
    assert not Request.objects.open().of(person).exists()


def test_with_the_search_goes_what_was_worked_out_from_it_and_the_no_stays() -> None:
    desk.words()
    site = world.site()
    group, other = desk.group(site), desk.group(site, "Other")
    request = desk.waits(site)
    desk.run_at(site)
    decisions.decide(request=request, group=other, verdict=Verdict.PIN, by=world.person(), now=NOW)
    made = people.offered(group, request)
    assert made.reasons
    invitations.decline(invitation=made, because="time", now=NOW)
    assert Proposal.objects.filter(request=request).exists()
    wishes.forget(person=request.person, now=NOW)
    made.refresh_from_db()
    assert (made.reasons, made.because, made.answer) == ([], "", "declined")
    assert not Proposal.objects.filter(request=request).exists()
    assert not request.decisions.exists()
    assert waiting.never_again(request.person) == {group.pk}


def test_a_year_after_the_waiting_only_the_groups_somebody_said_no_to_are_left() -> None:
    site = world.site()
    group = people.a_group(site=site)
    no, yes, fresh = (people.waiting(site) for _ in range(3))
    invitations.decline(invitation=people.offered(group, no), now=NOW)
    people.say_yes(people.offered(group, yes))
    for request, days in ((no, 400), (yes, 400), (fresh, 300)):
        Request.objects.filter(pk=request.pk).update(
            until_at=NOW - timedelta(days=days), ended="withdrawn"
        )
    assert requests.forget_old(now=NOW) == 1
    assert set(Request.objects.all()) == {no, fresh}
    assert waiting.never_again(no.person) == {group.pk}
    assert requests.forget_old(now=NOW) == 0


def test_the_privacy_page_says_what_becomes_of_a_forgotten_search(client: Client) -> None:
    said = client.get(reverse("privacy")).content.decode()
    assert "What stays is where you waited" in said
    assert "A year after you stopped waiting only those groups are left." in said


def test_whoever_takes_back_the_consent_leaves_no_trace_of_waiting() -> None:
    request = people.waiting(world.site())
    stop_waiting(request.person, purpose=Purpose.HEALTH, now=NOW)
    assert not Request.objects.of(request.person).exists()
    assert Wish.objects.filter(person=request.person).exists()


def test_a_group_that_was_not_for_somebody_is_not_proposed_to_them_and_nobody_reads_why() -> None:
    desk.words()
    site = world.site()
    group = desk.group(site)
    request = desk.waits(site)
    felt_so(request, group)
    proposal = desk.run_at(site).proposals.get(request=request)
    assert proposal.group is None
    assert "tried" not in str([proposal.reasons, proposal.why_not])
    assert str(group.pk) not in str(proposal.why_not)


def test_a_chosen_group_that_cannot_be_is_told_alike_whatever_the_cause() -> None:
    desk.words()
    site = world.site()
    full, fine = (desk.group(site, name, size_max=4) for name in ("Full", "Fine"))
    late, felt = desk.waits(site), desk.waits(site)
    felt_so(felt, fine)
    for request, group in ((late, full), (felt, fine)):
        decisions.decide(
            request=request, group=group, verdict=Verdict.PIN, by=world.person(), now=NOW
        )
    told = diffs.diff_of(desk.run_at(site), now=NOW).waiting
    assert {one.kept_out for one in told} == {"Full", "Fine"}
    assert not [line for one in told for line in one.between if one.kept_out in line]


def test_a_group_that_is_gone_when_a_run_ends_costs_nobody_the_run() -> None:
    desk.words()
    site = world.site()
    group = desk.group(site)
    request = desk.waits(site)
    run = Run.objects.create(site=site, asked_at=NOW, settings=desk.QUICK.packed())
    assert runs.begin(run=run, now=NOW)
    outcome = trials.work_out(site, desk.QUICK, now=NOW)
    assert outcome.placed == {str(request.pk): str(group.pk)}
    group.delete()
    runs.finish(run=run, outcome=outcome, now=NOW)
    assert run.proposals.get().group is None


def felt_so(request: Request, group: Group) -> None:
    """The person was there, and it was not for them."""
    meeting = world.meeting(group, starts_at=NOW - timedelta(days=9))
    Impression.objects.create(
        person=request.person, meeting=meeting, group=group, felt=Felt.NOT_FOR_ME, at=NOW
    )
