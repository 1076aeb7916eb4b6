"""A run: asked for, worked on beside everything else, stopped, finished, failed, and asked for again."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group, Site
from hearthside.placing.actions import accepting, decisions, runs
from hearthside.placing.choices import Choices
from hearthside.placing.enums import Stand, Verdict
from hearthside.placing.models import Load, Run
from hearthside.placing.queries import standing, trials
from hearthside.placing.queries.engine import Progress
from hearthside.project import placing
from tests import world
from tests.placing import desk, people
from tests.world import NOW

pytestmark = pytest.mark.django_db


def asked(site: Site, **fields: object) -> Run:
    return Run.objects.create(**{"site": site, "asked_at": NOW, **fields})


def test_asking_starts_a_process_beside_the_worker_and_twice_is_once(
    site: Site, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        run = runs.ask(site=site, choices=desk.QUICK, by=world.person(), now=NOW)
        again = runs.ask(site=site, choices=Choices(floor=500), by=world.person(), now=NOW)
    assert run == again
    task = DBTaskResult.objects.get(task_path__endswith="launch")
    assert task.args_kwargs["kwargs"] == {"run_id": str(run.pk)}


def test_a_run_is_taken_to_work_once(site: Site) -> None:
    run = asked(site)
    assert runs.begin(run=run, now=NOW)
    assert not runs.begin(run=run, now=NOW)


def test_a_run_says_how_far_it_is_and_hears_that_it_should_stop(site: Site) -> None:
    run = asked(site)
    runs.begin(run=run, now=NOW)
    told = placing.plain(Progress(1.25, 993, 1000, "improving"))
    assert not runs.report(run=run, progress=told, now=NOW)
    runs.stop(run=run, now=NOW)
    assert runs.report(run=run, progress=told, now=NOW)
    run.refresh_from_db()
    pace = standing.pace_of(run, now=NOW + timedelta(seconds=3))
    assert (pace.percent, pace.seconds, pace.is_stopping) == ("99.3", 3, True)


@pytest.mark.parametrize(("share", "said"), [(0.99399, "99.3"), (1.0, "100"), (0.9999, "99.9")])
def test_what_is_proven_is_never_rounded_up(share: float, said: str) -> None:
    assert standing.floored(share) == said


def test_a_run_whose_process_died_is_failed_and_may_be_asked_for_again(site: Site) -> None:
    run = asked(site)
    runs.begin(run=run, now=NOW)
    alive, dead = NOW + timedelta(seconds=20), NOW + timedelta(minutes=2)
    assert runs.bury(now=alive) == 0
    again = runs.ask(site=site, choices=desk.QUICK, by=world.person(), now=dead)
    assert again != run
    run.refresh_from_db()
    assert (run.stand, run.result["code"]) == (Stand.FAILED, "died")


def test_a_run_that_was_never_begun_is_not_waited_for_for_ever(site: Site) -> None:
    run = asked(site)
    assert not standing.is_dead(run, NOW + timedelta(minutes=4))
    assert standing.is_dead(run, NOW + timedelta(minutes=6))


def test_a_finished_run_proposes_the_best_and_changes_nothing(site: Site, group: Group) -> None:
    requests = [desk.waits(site, weeks=number) for number in range(6)]
    run = desk.run_at(site)
    placed = run.proposals.filter(group=group)
    # Four seats are free for six people.
    assert placed.count() == 4
    assert run.result["placed"] == 4
    assert run.result["value"] <= run.result["bound"]
    assert run.proposals.count() == 6
    assert group.memberships.count() == 4
    assert not group.invitations.exists()
    assert all(one.is_open() for one in requests)
    # Who has waited longest comes first, all else alike.
    assert set(placed.values_list("request", flat=True)) == {one.pk for one in requests[2:]}


def test_nobody_is_placed_where_they_would_be_the_only_one(site: Site) -> None:
    group = desk.group(site, "Any addiction", "alcohol", "addiction")
    alone = desk.waits(site, "gambling")
    run = desk.run_at(site)
    assert not run.proposals.get(request=alone).group
    desk.waits(site, "gambling")
    assert desk.run_at(site).proposals.get(request=alone).group == group


def test_a_floor_keeps_out_who_fits_badly_and_its_price_is_told(site: Site, group: Group) -> None:
    desk.waits(site)
    run = desk.run_at(site, choices=Choices(seconds=30, floor=1000))
    assert run.result["placed"] == 0
    assert [one["code"] for one in run.result["clashes"]] == ["floor"]
    prices = {one["floor"]: one["placed"] for one in run.result["prices"]}
    assert (prices[0], prices[1000]) == (1, 0)


def test_those_who_wait_alike_make_a_group_that_could_open(site: Site) -> None:
    # The world's group is about something else.
    desk.group(site)
    requests = [desk.waits(site, "grief-parent", search={"ways": ("online",)}) for _ in range(5)]
    run = desk.run_at(site)
    opening = run.openings.get()
    assert (opening.experience.slug, opening.people, opening.way) == ("grief-parent", 5, "online")
    assert set(opening.proposal_set.values_list("request", flat=True)) == {
        one.pk for one in requests
    }
    closed = desk.run_at(site, choices=Choices(seconds=30, may_open=False))
    assert not closed.openings.exists()


def test_the_same_run_twice_says_the_same(site: Site, group: Group) -> None:
    for number in range(7):
        desk.waits(site, weeks=number % 3)
    first, second = desk.run_at(site), desk.run_at(site)
    where = [dict(run.proposals.values_list("request", "group")) for run in (first, second)]
    assert where[0] == where[1]


def test_a_run_that_is_old_says_what_has_changed_since(site: Site, group: Group) -> None:
    first, second = desk.waits(site), desk.waits(site)
    run = desk.run_at(site)
    assert standing.changes(run, now=NOW) == []
    desk.waits(site)
    first.until_at = NOW
    first.save()
    second.sought.changed_at = NOW + timedelta(hours=1)
    second.sought.save()
    world.member(group)
    decisions.decide(request=second, group=group, verdict=Verdict.PIN, by=world.person(), now=NOW)
    assert standing.changes(run, now=NOW) == [
        "1 more person waits now.",
        "1 person waits no more.",
        "1 person has changed what they look for.",
        "1 group has another number of free places.",
        "You have decided something since.",
    ]


def test_what_came_of_a_run_itself_does_not_make_it_old(site: Site, group: Group) -> None:
    yes, offered = desk.waits(site), desk.waits(site)
    run = desk.run_at(site)
    chosen = set(run.proposals.values_list("pk", flat=True))
    accepting.accept(run=run, chosen=chosen, by=world.person(), now=NOW)
    people.say_yes(yes.invitations.get())
    assert offered.invitations.exists()
    assert standing.changes(run, now=NOW) == []


def test_only_the_last_runs_are_kept(site: Site) -> None:
    for number in range(runs.KEPT + 3):
        asked(site, stand=Stand.DONE, asked_at=NOW - timedelta(days=number))
    runs.ask(site=site, choices=desk.QUICK, by=None, now=NOW + timedelta(seconds=1))
    assert Run.objects.filter(site=site).count() == runs.KEPT + 1


@pytest.mark.django_db(transaction=True)
def test_a_run_is_worked_on_to_its_end_and_its_life_is_seen_meanwhile() -> None:
    desk.words()
    site = world.site()
    desk.group(site, "Thursday, sober", "alcohol")
    now = timezone.now()
    world.meeting(site.groups.get(), starts_at=now + timedelta(days=2))
    desk.waits(site)
    run = runs.ask_here(site=site, choices=desk.QUICK, now=now)
    assert run is not None
    heard: list[Progress] = []
    assert placing.carry_out(run, heard.append)
    assert not placing.carry_out(run)
    run.refresh_from_db()
    assert run.stand == Stand.DONE
    assert run.result["waiting"] == 1
    assert heard
    assert run.progress["beat_at"]


@pytest.mark.django_db(transaction=True)
def test_decisions_that_exclude_each_other_end_a_run_with_the_rules_that_clash() -> None:
    desk.words()
    site = world.site()
    group = desk.group(site, sitting=4)
    world.meeting(group, starts_at=timezone.now() + timedelta(days=2))
    lead = world.role(RoleKind.FACILITATOR, group=group)
    Load.objects.create(person=lead, people_max=4, at=NOW)
    request = desk.waits(site)
    decisions.decide(request=request, group=group, verdict=Verdict.PIN, by=lead, now=NOW)
    run = runs.ask_here(site=site, choices=desk.QUICK, now=timezone.now())
    assert run is not None
    placing.carry_out(run)
    page = desk.coordinator(site).get(reverse("placing_run", args=[run.pk])).content.decode()
    assert "one facilitator would look after 5 people; 4 is their limit" in page


def test_a_run_that_is_stopped_keeps_the_best_so_far(site: Site, group: Group) -> None:
    for _ in range(5):
        desk.waits(site)
    outcome = trials.work_out(site, desk.QUICK, now=NOW, should_stop=lambda: True)
    assert outcome.placement.value <= outcome.placement.bound
    assert len(outcome.placed) <= 4


def test_the_page_of_a_run_at_work_shows_how_far_it_is_and_turns_when_it_is_done(
    site: Site, group: Group
) -> None:
    run = asked(site, asked_at=timezone.now())
    runs.begin(run=run, now=timezone.now())
    told = placing.plain(Progress(4.2, 900, 1000, "improving"))
    runs.report(run=run, progress=told, now=timezone.now())
    browser = desk.coordinator(site)
    address = reverse("placing_run", args=[run.pk])
    page = browser.get(address).content.decode()
    assert "At least 90 % of the best possible" in page
    assert "Stop, and keep the best so far" in page
    part = browser.get(address, headers={"HX-Request": "true"})
    assert b"At least 90 %" in part.content
    assert b"<html" not in part.content
    browser.post(reverse("placing_stop", args=[run.pk]))
    assert "Stopping" in browser.get(address).content.decode()
    Run.objects.filter(pk=run.pk).update(stand=Stand.FAILED, result={"code": "error"})
    assert browser.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "nobody was told" in browser.get(address).content.decode()


def test_a_run_is_asked_for_on_the_page_and_what_is_wrong_is_said(site: Site) -> None:
    browser = desk.coordinator(site)
    address = reverse("placing", args=[site.slug])
    wrong = browser.post(address, {"floor": "12", "seconds": "60", "wait_points": "4"})
    assert wrong.status_code == 200
    assert not Run.objects.exists()
    told = {"floor": "450", "seconds": "20", "wait_points": "0", "may_open": "on"}
    answer = browser.post(address, told)
    run = Run.objects.get()
    assert answer["Location"] == reverse("placing_run", args=[run.pk])
    assert Choices.unpacked(run.settings) == Choices(450, 20, 0, may_open=True)
    again = browser.post(reverse("placing_again", args=[run.pk]))
    assert again["Location"] == answer["Location"]


def test_runs_and_waiting_lists_are_for_those_who_coordinate_the_site(site: Site) -> None:
    group = desk.group(site)
    desk.waits(site)
    run = desk.run_at(site)
    strangers: list[Client] = [
        desk.coordinator(world.site("York")),
        world.browser(world.role(RoleKind.FACILITATOR, group=group)),
        world.browser(world.member(group)),
    ]
    for browser in strangers:
        for name in ("placing", "placing_fairness", "placing_loads"):
            assert browser.get(reverse(name, args=[site.slug])).status_code == 404
        assert browser.get(reverse("placing_run", args=[run.pk])).status_code == 404
        for name in ("placing_stop", "placing_again", "placing_accept", "placing_undo"):
            assert browser.post(reverse(name, args=[run.pk])).status_code == 404
