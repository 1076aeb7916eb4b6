"""One run of the placement, from asking to its end. It proposes; nothing changes until people accept it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.db import IntegrityError, transaction

from hearthside.accounts.models import Person
from hearthside.groups.models import Site
from hearthside.placing import reports
from hearthside.placing.actions import storing
from hearthside.placing.actions.launching import launch
from hearthside.placing.choices import Choices
from hearthside.placing.enums import Stand
from hearthside.placing.models import Run
from hearthside.placing.queries import standing
from hearthside.placing.queries.trials import Outcome

UNFINISHED: Final = (Stand.WAITING, Stand.RUNNING)
KEPT: Final = 20
KEPT_FOR: Final = timedelta(days=90)


@transaction.atomic
def ask(*, site: Site, choices: Choices, by: Person | None, now: datetime) -> Run:
    """Let a run be worked on in the background. A site has one at a time: the one at work comes back."""
    at_work = _at_work(site, now)
    if at_work is not None:
        return at_work
    run = _made(site, choices, by, now)
    go_on()
    return run


@transaction.atomic
def ask_here(*, site: Site, choices: Choices, now: datetime) -> Run | None:
    """A run that the caller works on itself; None while another one is at work, of whichever site."""
    if _at_work(site, now) or Run.objects.filter(stand__in=UNFINISHED).exists():
        return None
    return _made(site, choices, None, now)


def begin(*, run: Run, now: datetime) -> bool:
    """Take the run to work; False where somebody else has, it is over, or another is worked on."""
    beat = {"step": "loading", "beat_at": now.isoformat()}
    waiting = Run.objects.filter(pk=run.pk, stand=Stand.WAITING)
    try:
        with transaction.atomic():
            return bool(waiting.update(stand=Stand.RUNNING, begun_at=now, progress=beat))
    except IntegrityError:
        return False


def go_on() -> None:
    """Let the run that has waited longest begin, unless one is worked on: there is one at a time, over all sites."""
    if Run.objects.filter(stand=Stand.RUNNING).exists():
        return
    for run in Run.objects.filter(stand=Stand.WAITING).order_by("asked_at", "pk")[:1]:
        transaction.on_commit(partial(launch.enqueue, run_id=str(run.pk)))


def report(*, run: Run, progress: Mapping[str, Any], now: datetime) -> bool:
    """Say how far the run is, and that it lives; True if somebody has asked it to stop."""
    alive = Run.objects.filter(pk=run.pk, stand=Stand.RUNNING)
    is_there = alive.update(progress={**progress, "beat_at": now.isoformat()})
    queued = {"step": "queued", "beat_at": now.isoformat()}
    Run.objects.filter(stand=Stand.WAITING).update(progress=queued)
    return not is_there or alive.filter(stop_asked_at__isnull=False).exists()


def stop(*, run: Run, now: datetime) -> None:
    """Ask a run to end with the best it has found."""
    at_work = Run.objects.filter(pk=run.pk, stand__in=UNFINISHED, stop_asked_at=None)
    at_work.update(stop_asked_at=now)


@transaction.atomic
def finish(*, run: Run, outcome: Outcome, now: datetime) -> Run:
    """Keep what the run found: a proposal for everybody who waits, and its sums."""
    run = Run.objects.select_for_update().get(pk=run.pk)
    run.openings.all().delete()
    run.proposals.all().delete()
    storing.keep(run=run, outcome=outcome)
    run.result = {**reports.sums(outcome), "seen": standing.seen(run.site, now=now)}
    run.stand, run.finished_at = Stand.DONE, now
    run.save(update_fields=["result", "stand", "finished_at"])
    return run


def fail(*, run: Run, because: Mapping[str, Any], now: datetime) -> None:
    """End a run that could not be finished. `because` says why in codes: `code`, and clashes if any."""
    Run.objects.filter(pk=run.pk, stand__in=UNFINISHED).update(
        stand=Stand.FAILED, finished_at=now, result={**because}
    )


def bury(*, now: datetime) -> int:
    """Mark runs whose process has died as failed, so that they can be asked for again; how many."""
    dead = [run for run in Run.objects.filter(stand__in=UNFINISHED) if standing.is_dead(run, now)]
    for run in dead:
        fail(run=run, because={"code": "died"}, now=now)
    return len(dead)


def _at_work(site: Site, now: datetime) -> Run | None:
    bury(now=now)
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    return Run.objects.filter(site=site, stand__in=UNFINISHED).first()


def _made(site: Site, choices: Choices, by: Person | None, now: datetime) -> Run:
    _forget_old(site, now)
    return Run.objects.create(site=site, by=by, asked_at=now, settings=choices.packed())


def _forget_old(site: Site, now: datetime) -> None:
    """Runs hold what was found out about people: the last few are enough."""
    every = Run.objects.filter(site=site).exclude(stand__in=UNFINISHED)
    kept = list(every.values_list("pk", flat=True)[:KEPT])
    every.exclude(pk__in=kept).delete()
    every.filter(asked_at__lt=now - KEPT_FOR).delete()
