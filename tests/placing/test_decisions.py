"""A coordinator's word, and accepting: who is invited, who cannot be any more, and taking it back."""

import pytest
from django.contrib.messages import get_messages
from django.db.models import F
from django.test import Client
from django.urls import reverse

from hearthside.groups.enums import Stage
from hearthside.groups.models import Group, Site
from hearthside.notices.models import Letter
from hearthside.placing.actions import accepting, decisions
from hearthside.placing.enums import Verdict
from hearthside.placing.models import Decision, Invitation, Request, Run
from hearthside.placing.wording import refused_words
from tests import world
from tests.placing import desk, people
from tests.world import NOW

pytestmark = pytest.mark.django_db


def accept(run: Run, *requests: Request) -> accepting.Accepted:
    rows = run.proposals.filter(request__in=requests) if requests else run.proposals.all()
    chosen = set(rows.values_list("pk", flat=True))
    return accepting.accept(run=run, chosen=chosen, by=world.person(), now=NOW)


def post(browser: Client, name: str, key: object, **told: object) -> list[str]:
    answer = browser.post(reverse(name, args=[key]), told)
    return [str(one) for one in get_messages(answer.wsgi_request)]


def test_accepting_invites_everybody_and_places_nobody(site: Site, group: Group) -> None:
    requests = [desk.waits(site) for _number in range(3)]
    run = desk.run_at(site)
    done = accept(run)
    assert len(done.invited) == 3
    assert not done.refused
    assert {one.request for one in Invitation.objects.all()} == set(requests)
    assert all(one.proposal is not None and one.reasons for one in Invitation.objects.all())
    assert group.memberships.count() == 4
    assert Letter.objects.count() == 3


def test_only_those_ticked_are_invited(site: Site, group: Group) -> None:
    first, second = desk.waits(site), desk.waits(site)
    accept(desk.run_at(site), first)
    assert first.invitations.exists()
    assert not second.invitations.exists()


def test_who_cannot_be_invited_any_more_is_named_with_the_reason_and_holds_up_nobody(
    site: Site, group: Group
) -> None:
    gone, barred, fine = (desk.waits(site) for _number in range(3))
    run = desk.run_at(site)
    Request.objects.filter(pk=gone.pk).update(until_at=NOW, ended="withdrawn")
    decisions.decide(
        request=barred, group=group, verdict=Verdict.FORBID, by=world.person(), now=NOW
    )
    done = accept(run)
    assert [one.request for one in done.invited] == [fine]
    because = {one.proposal.request: refused_words(one.code) for one in done.refused}
    assert because == {
        gone: "They do not wait any more.",
        barred: "You said not this group for them after the run.",
    }


def test_a_group_that_filled_up_since_takes_only_as_many_as_it_has_places(
    site: Site, group: Group
) -> None:
    for _number in range(4):
        desk.waits(site)
    run = desk.run_at(site)
    for _number in range(3):
        world.member(group)
    done = accept(run)
    assert len(done.invited) == 1
    assert {refused_words(one.code) for one in done.refused} == {
        "This place cannot be offered any more. The next run looks again."
    }


def test_somebody_kept_apart_since_the_run_is_refused_in_words_that_tell_nothing(
    site: Site, group: Group
) -> None:
    request, foe = desk.waits(site), people.agreeing()
    run = desk.run_at(site)
    world.member(group, foe)
    people.apart(request.person, foe)
    assert [refused_words(one.code) for one in accept(run).refused] == [
        "This place cannot be offered any more. The next run looks again."
    ]


def test_a_paused_group_takes_nobody(site: Site, group: Group) -> None:
    desk.waits(site)
    run = desk.run_at(site)
    Group.objects.update(stage=Stage.PAUSED)
    assert len(accept(run).refused) == 1


def test_taking_it_back_leaves_those_who_answered_alone(site: Site, group: Group) -> None:
    first, second = desk.waits(site), desk.waits(site)
    run = desk.run_at(site)
    accept(run)
    yes = first.invitations.get()
    people.say_yes(yes)
    other = desk.waits(site)
    beside = people.offered(group, other)
    assert accepting.undo(run=run, now=NOW) == 1
    assert second.invitations.get().withdrawn_at == NOW
    yes.refresh_from_db()
    beside.refresh_from_db()
    assert yes.is_accepted()
    assert beside.withdrawn_at is None
    assert accepting.undo(run=run, now=NOW) == 0


def test_on_the_page_those_ticked_are_invited_and_it_can_be_undone(
    site: Site, group: Group
) -> None:
    for name in ("blue-fern", "quiet-otter"):
        desk.waits(site, who=world.person(name))
    run, browser = desk.run_at(site), desk.coordinator(site)
    assert post(browser, "placing_accept", run.pk) == ["Nobody was ticked, so nobody is invited."]
    gone = run.proposals.get(request__person__pseudonym="blue-fern")
    Request.objects.filter(pk=gone.request_id).update(until_at=NOW, ended="withdrawn")
    ticked = [str(key) for key in run.proposals.values_list("pk", flat=True)]
    said = post(browser, "placing_accept", run.pk, proposals=ticked)
    assert said[-1] == "1 person is invited. The place is kept for a week."
    page = browser.get(reverse("placing_run", args=[run.pk])).content.decode()
    assert "They do not wait any more." in page
    assert "Take back the invitations of this run" in page
    assert post(browser, "placing_undo", run.pk)[-1].startswith("1 invitation is taken back.")
    assert not Invitation.objects.filter(withdrawn_at=None).exists()
    page = browser.get(reverse("placing_run", args=[run.pk])).content.decode()
    assert "Its invitations were taken back" in page
    assert "nobody has been told" not in page


def test_the_key_of_another_runs_proposal_invites_nobody(site: Site, group: Group) -> None:
    desk.waits(site)
    run, other = desk.run_at(site), desk.run_at(site)
    foreign = str(other.proposals.get().pk)
    post(desk.coordinator(site), "placing_accept", run.pk, proposals=[foreign])
    assert not Invitation.objects.exists()


def test_a_word_is_given_and_taken_back_on_the_page_and_the_next_run_keeps_to_it(
    site: Site, group: Group
) -> None:
    other = desk.group(site, "Another evening")
    request = desk.waits(site)
    run, browser = desk.run_at(site), desk.coordinator(site)
    proposed = run.proposals.get().group
    assert proposed is not None
    instead = other if proposed == group else group
    told = {"decide": f"pin:{request.pk}:{instead.pk}", "run": str(run.pk)}
    answer = browser.post(reverse("placing_decide", args=[site.slug]), told)
    assert answer["Location"].startswith(reverse("placing_run", args=[run.pk]))
    assert desk.run_at(site).proposals.get().group == instead
    page = browser.get(reverse("placing", args=[site.slug])).content.decode()
    assert "This group, please" in page
    post(browser, "placing_decide", site.slug, decide=f":{request.pk}:{instead.pk}")
    assert not Decision.objects.exists()
    assert desk.run_at(site).proposals.get().group == proposed


def test_somebody_is_pinned_to_one_group_the_newest(site: Site, group: Group) -> None:
    other, request = desk.group(site, "Another"), desk.waits(site)
    for where in (group, other):
        decisions.decide(
            request=request, group=where, verdict=Verdict.PIN, by=world.person(), now=NOW
        )
    assert Decision.objects.get().group == other


def test_a_pin_that_cannot_be_kept_is_said_in_words_that_tell_nothing(site: Site) -> None:
    full = desk.group(site, size_max=4, sitting=4)
    request = desk.waits(site, who=world.person("blue-fern"))
    decisions.decide(request=request, group=full, verdict=Verdict.PIN, by=world.person(), now=NOW)
    run = desk.run_at(site)
    page = desk.coordinator(site).get(reverse("placing_run", args=[run.pk])).content.decode()
    assert "This place cannot be offered at present. The next run looks again." in page


@pytest.mark.parametrize("decide", ["", "pin", "pin:1:2", "marry:{}:{}"])
def test_a_choice_that_does_not_exist_changes_nothing(
    site: Site, group: Group, decide: str
) -> None:
    request = desk.waits(site)
    post(
        desk.coordinator(site),
        "placing_decide",
        site.slug,
        decide=decide.format(request.pk, group.pk),
    )
    assert not Decision.objects.exists()


def test_people_and_groups_of_another_site_cannot_be_decided_about(
    site: Site, group: Group
) -> None:
    york = world.site("York")
    away, near = desk.waits(york), desk.waits(site)
    there = desk.group(york)
    browser = desk.coordinator(site)
    address = reverse("placing_decide", args=[site.slug])
    for request, where in ((away, group), (near, there)):
        told = {"decide": f"pin:{request.pk}:{where.pk}"}
        assert browser.post(address, told).status_code == 404
    assert not Decision.objects.exists()
    assert Request.objects.filter(from_at__lt=F("wish__kept_at")).count() == 2
