"""The process of a run: started beside the worker, and gone when it has ended."""

import os
import time
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hearthside.placing.actions import runs
from hearthside.placing.actions.launching import launch
from hearthside.placing.choices import Choices
from hearthside.placing.queries import standing
from hearthside.placing.queries.standing import UNBEGUN_FOR
from hearthside.project.placing import carry_out
from tests import world
from tests.world import NOW

PATIENCE = 120.0


def test_a_process_that_has_ended_is_not_left_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HEARTHSIDE_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.sqlite3'}")
    number = launch.func(run_id=str(uuid4()))
    deadline = time.monotonic() + PATIENCE
    while is_there(number):
        assert time.monotonic() < deadline, "the process is still there"
        time.sleep(0.1)


def is_there(number: int) -> bool:
    """True also for a process that has ended and that nobody has waited for."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.django_db
def test_over_all_sites_one_run_is_worked_on_at_a_time_and_the_others_wait_for_their_turn() -> None:
    first, second = (
        runs.ask(site=world.site(name), choices=Choices(), by=None, now=NOW)
        for name in ("Leeds", "York")
    )
    assert runs.begin(run=first, now=NOW)
    assert not runs.begin(run=second, now=NOW)
    later = NOW + UNBEGUN_FOR + timedelta(minutes=1)
    runs.report(run=first, progress={"step": "improving"}, now=later)
    assert runs.bury(now=later) == 0
    second.refresh_from_db()
    assert "Another run" in standing.pace_of(second, now=later).step
    runs.fail(run=first, because={"code": "error"}, now=later)
    assert runs.begin(run=second, now=later)


@pytest.mark.django_db(transaction=True)
def test_the_end_of_a_run_lets_the_next_one_begin() -> None:
    first, second = (
        runs.ask(site=world.site(name), choices=Choices(), by=None, now=timezone.now())
        for name in ("Leeds", "York")
    )
    DBTaskResult.objects.all().delete()
    assert carry_out(first)
    asked = DBTaskResult.objects.get(task_path__endswith="launch")
    assert asked.args_kwargs["kwargs"] == {"run_id": str(second.pk)}
