"""Accepting many proposals: step by step in the background, seen while it goes on, and nothing doubled when it dies."""

import os
import signal
import time
from collections import Counter
from datetime import timedelta
from multiprocessing import get_context
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hearthside.groups.models import Group, Site
from hearthside.notices.models import Letter
from hearthside.placing import inviting
from hearthside.placing.actions import accepting
from hearthside.placing.models import Invitation, Proposal, Run
from hearthside.placing.queries import standing
from hearthside.placing.tasks import bury_lost_runs
from tests import world
from tests.placing import desk
from tests.world import NOW

pytestmark = pytest.mark.django_db


def proposed(site: Site, count: int) -> Run:
    """A run that proposes one group with room for so many."""
    group = desk.group(site, size_max=4 + count)
    run = Run.objects.create(site=site, asked_at=NOW, stand="done", result=DONE)
    Proposal.objects.bulk_create(
        Proposal(run=run, request=desk.waits(site), group=group, fit=800) for _ in range(count)
    )
    return run


DONE = {
    "waiting": 25, "placed": 25, "worst": 800, "share": 1.0, "seconds": 1.0, "is_optimal": True,
    "was_stopped": False, "clashes": [], "kept_out": {},
}  # fmt: skip


def chosen(run: Run) -> set[UUID]:
    return set(run.proposals.values_list("pk", flat=True))


def steps_asked_for() -> int:
    return DBTaskResult.objects.filter(task_path__endswith="go_on_inviting").count()


def test_the_first_few_are_invited_at_once_and_the_others_step_by_step_each_once(
    site: Site, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    monkeypatch.setattr(accepting, "AT_ONCE", 3)
    monkeypatch.setattr(inviting, "STEP", 2)
    run, by = proposed(site, 6), world.person()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        done = inviting.accept(run=run, chosen=chosen(run), by=by, now=NOW)
    assert (len(done.invited), done.to_come) == (3, 3)
    assert steps_asked_for() == 1
    assert standing.inviting(run) == standing.Inviting(done=3, all=6)
    assert [inviting.go_on_inviting.func(run_id=str(run.pk)) for _ in range(3)] == [1, 0, 0]
    assert Invitation.objects.filter(by=by).count() == Letter.objects.count() == 6
    assert standing.inviting(run) is None


def test_who_asks_twice_invites_nobody_twice(site: Site) -> None:
    run, by = proposed(site, 2), world.person()
    for _ in range(2):
        done = accepting.accept(run=run, chosen=chosen(run), by=by, now=NOW)
    assert {one.code for one in done.refused} == {"offered"}
    assert Invitation.objects.count() == Letter.objects.count() == 2


def test_taking_it_back_ends_what_has_not_been_offered_yet(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accepting, "AT_ONCE", 1)
    run = proposed(site, 3)
    accepting.accept(run=run, chosen=chosen(run), by=world.person(), now=NOW)
    assert accepting.undo(run=run, now=NOW) == 1
    assert inviting.go_on_inviting.func(run_id=str(run.pk)) == 0
    assert Invitation.objects.count() == 1


def test_where_a_worker_died_the_clock_goes_on_and_only_then(
    site: Site, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    monkeypatch.setattr(accepting, "AT_ONCE", 1)
    run, now = proposed(site, 3), timezone.now()
    accepting.accept(run=run, chosen=chosen(run), by=world.person(), now=now)
    bury_lost_runs.func()
    assert steps_asked_for() == 0
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert inviting.resume(now=now + timedelta(minutes=1)) == 1
    assert steps_asked_for() == 1


def test_the_page_says_how_far_it_is_and_turns_when_all_are_invited(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accepting, "AT_ONCE", 1)
    run, browser = proposed(site, 3), desk.coordinator(site)
    address = reverse("placing_run", args=[run.pk])
    accepted = {"proposals": [str(key) for key in chosen(run)]}
    page = browser.post(reverse("placing_accept", args=[run.pk]), accepted, follow=True)
    assert "1 of 3 so far." in page.content.decode()
    assert "is being invited" in page.content.decode()
    part = browser.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "1 of 3 so far." in part
    assert "<html" not in part
    inviting.go_on_inviting.func(run_id=str(run.pk))
    assert browser.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_thousands_of_ticks_are_one_form_that_is_taken(site: Site) -> None:
    run = proposed(site, 1)
    ticks = [str(key) for key in chosen(run)] + [str(uuid4()) for _ in range(3_000)]
    address = reverse("placing_accept", args=[run.pk])
    # Ticks that this run does not know refuse the whole form; that there are many does not.
    assert desk.coordinator(site).post(address, {"proposals": ticks}).status_code == 302


def step(name: str, run_id: str) -> None:
    """In a process of its own: invite until it is killed."""
    connections["default"].settings_dict["NAME"] = name
    connections["default"].close()
    while inviting.go_on_inviting.func(run_id=run_id):
        pass


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(os.name != "posix", reason="kills a process")
def test_killed_in_the_middle_and_gone_on_everybody_is_invited_once_and_written_to_once() -> None:
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("another process cannot see this database")
    desk.words()
    run = proposed(world.site(), 25)
    now = timezone.now()
    run.proposals.update(accepted_at=now, accepted_by=world.person())
    name = str(connection.settings_dict["NAME"])
    for _ in range(3):
        # Two processes on one connection would end it for both.
        connections.close_all()
        process = get_context("fork").Process(target=step, args=(name, str(run.pk)))
        process.start()
        before, deadline = Invitation.objects.count(), time.monotonic() + 60
        while Invitation.objects.count() < before + 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    assert 0 < run.proposals.to_offer().count() < 25
    while inviting.go_on_inviting.func(run_id=str(run.pk)):
        pass
    assert set(Counter(Invitation.objects.values_list("request", flat=True)).values()) == {1}
    assert Invitation.objects.count() == Letter.objects.count() == 25
    assert not Group.objects.get().invitations.filter(proposal=None).exists()
