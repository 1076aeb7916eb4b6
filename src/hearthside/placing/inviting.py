"""Inviting many: the first few at once, the others step by step in the worker, so that nothing else waits long."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from hearthside.accounts.models import Person
from hearthside.placing.actions import accepting
from hearthside.placing.actions.accepting import Accepted
from hearthside.placing.models import Run

# Letters and reminders wait no longer than one step takes.
STEP: Final = 25


def accept(*, run: Run, chosen: Collection[UUID], by: Person, now: datetime) -> Accepted:
    """Accept what a coordinator chose, and let the worker go on where it is much."""
    done = accepting.accept(run=run, chosen=chosen, by=by, now=now)
    if done.to_come:
        _ask_for_a_step(run)
    return done


@task()
def go_on_inviting(*, run_id: str) -> int:
    """The next step; it asks for the one after it. How many are left."""
    run = Run.objects.filter(pk=run_id).first()
    if run is None:
        return 0
    left = accepting.carry_on(run=run, now=timezone.now(), most=STEP).to_come
    if left:
        _ask_for_a_step(run)
    return left


def resume(*, now: datetime) -> int:
    """Go on where a worker died; how many runs."""
    lost = accepting.left_off(now=now)
    for run in lost:
        _ask_for_a_step(run)
    return len(lost)


def _ask_for_a_step(run: Run) -> None:
    transaction.on_commit(partial(go_on_inviting.enqueue, run_id=str(run.pk)))
