"""The clock queues what is due once, and what a killed worker left behind is done again."""

import platform
from datetime import datetime, timedelta

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from hearthside.project import working

pytestmark = pytest.mark.django_db


def queued() -> list[str]:
    return sorted(DBTaskResult.objects.values_list("task_path", flat=True))


def test_the_clock_queues_each_task_once_until_it_was_done() -> None:
    elapsed: dict[int, float] = {}
    working.chime(elapsed=elapsed, now_seconds=0)
    first = queued()
    assert len(first) == len(working.CHIMES)
    working.chime(elapsed=elapsed, now_seconds=10_000_000)
    assert queued() == first


def test_the_clock_waits_its_time() -> None:
    elapsed: dict[int, float] = {}
    working.chime(elapsed=elapsed, now_seconds=0)
    DBTaskResult.objects.all().delete()
    shortest = min(chime.seconds for chime in working.CHIMES)
    working.chime(elapsed=elapsed, now_seconds=shortest - 1)
    assert queued() == []
    working.chime(elapsed=elapsed, now_seconds=shortest)
    assert len(queued()) == 1


def left_running(*, worker: str, since: datetime) -> "DBTaskResult[..., None]":
    working.chime(elapsed={}, now_seconds=0)
    task = DBTaskResult.objects.first()
    assert task is not None
    task.status, task.worker_ids, task.started_at = TaskResultStatus.RUNNING, [worker], since
    task.save()
    return task


def test_what_an_earlier_worker_of_this_machine_left_is_done_again(now: datetime) -> None:
    task = left_running(worker=f"{platform.node()}-1", since=now)
    assert working.reclaim_own() == 1
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY


def test_another_machines_running_task_is_left_to_it_until_it_must_be_dead(now: datetime) -> None:
    left_running(worker="elsewhere-1", since=now)
    assert working.reclaim_own() == 0
    assert working.reclaim_lost(now=now + timedelta(minutes=5)) == 0
    assert working.reclaim_lost(now=now + timedelta(minutes=16)) == 1
