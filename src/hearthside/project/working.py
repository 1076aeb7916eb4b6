"""The worker process: runs queued tasks, and a clock that queues what is due again and again."""

import logging
import os
import platform
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import close_old_connections
from django.db.utils import DatabaseError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from hearthside.accounts import tasks as accounts
from hearthside.groups import tasks as groups
from hearthside.meetings import tasks as meetings
from hearthside.notices import tasks as notices
from hearthside.placing import tasks as placing
from hearthside.rooms import tasks as rooms
from hearthside.safety import tasks as safety

logger = logging.getLogger(__name__)

# A task still "running" after this long belonged to a worker that died. Every task may be run twice.
LOST_AFTER = timedelta(minutes=15)
KEEP_RESULTS = timedelta(days=2)


@dataclass(frozen=True)
class Chime:
    """A task that is queued every so many seconds."""

    task: Any
    seconds: int


CHIMES = (
    Chime(notices.send_due, 15),
    Chime(meetings.remind, 60),
    Chime(meetings.find_leads, 60),
    Chime(safety.escalate, 30),
    Chime(safety.erase_expired, 60 * 60),
    Chime(rooms.close_overdue, 60),
    Chime(meetings.plan_all, 6 * 60 * 60),
    Chime(accounts.tidy, 60 * 60),
    Chime(placing.look_after_waiting, 10 * 60),
    Chime(placing.bury_lost_runs, 60),
    Chime(rooms.erase_expired, 60 * 60),
    Chime(groups.look_after_facilitators, 60 * 60),
    Chime(safety.forget_what_is_over, 6 * 60 * 60),
    Chime(safety.look_after_cases, 60 * 60),
    Chime(safety.look_after_people, 10 * 60),
    Chime(safety.remind_of_lines, 6 * 60 * 60),
)


def work(*, parent: int) -> None:
    """Run tasks until told to stop, or until the process `parent` (unless 0) is no longer our parent."""
    name = f"{platform.node()}-{os.getpid()}"
    reclaim_own()
    worker = Worker(
        queue_names=["*"],
        interval=0.5,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name[:64],
        excluded_queue_names=[],
    )
    worker.configure_signals()
    threading.Thread(target=_clock, args=(parent,), name="clock", daemon=True).start()
    worker.run()


def chime(*, elapsed: dict[int, float], now_seconds: float) -> None:
    """Queue what is due by `elapsed` (index of chime -> when it last rang) and is not queued yet."""
    for index, due in enumerate(CHIMES):
        if now_seconds - elapsed.get(index, float("-inf")) < due.seconds:
            continue
        elapsed[index] = now_seconds
        waiting = DBTaskResult.objects.filter(
            task_path=due.task.module_path, status=TaskResultStatus.READY
        )
        if not waiting.exists():
            due.task.enqueue()


def reclaim_own() -> int:
    """Queue again what an earlier worker on this machine was killed in; returns how many."""
    running = DBTaskResult.objects.running()
    return _requeue([task.pk for task in running if _is_of_this_machine(task.worker_ids)])


def reclaim_lost(*, now: datetime) -> int:
    """Queue again what has been running for so long that its worker must be dead; returns how many."""
    lost = DBTaskResult.objects.running().filter(started_at__lt=now - LOST_AFTER)
    return _requeue(list(lost.values_list("pk", flat=True)))


def _requeue(keys: list[Any]) -> int:
    running = DBTaskResult.objects.running().filter(pk__in=keys)
    return running.update(status=TaskResultStatus.READY, started_at=None)


def _is_of_this_machine(worker_ids: list[str]) -> bool:
    return bool(worker_ids) and worker_ids[-1].rpartition("-")[0] == platform.node()


def _clock(parent: int) -> None:
    elapsed: dict[int, float] = {}
    while True:
        if parent and os.getppid() != parent:
            # The web process was killed: background work alone would go on unseen and hold the database.
            os._exit(0)
        try:
            close_old_connections()
            chime(elapsed=elapsed, now_seconds=time.monotonic())
            reclaim_lost(now=timezone.now())
            DBTaskResult.objects.finished().filter(
                finished_at__lt=timezone.now() - KEEP_RESULTS
            ).delete()
        except DatabaseError:
            logger.exception("The clock could not reach the database; it tries again.")
        time.sleep(5)
