"""Working on one run of the placement: its progress written down every second, its end kept or its failure told."""

import os
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone

from hearthside.placing import reports
from hearthside.placing.actions import runs
from hearthside.placing.choices import Choices
from hearthside.placing.models import Run
from hearthside.placing.queries import engine, trials

NICE: Final = 10
BEAT: Final = 1.0


@dataclass
class Pulse:
    """What the engine last said, passed on every second from a thread of its own, and the wish to stop."""

    run: Run
    also: engine.Watch | None = None
    said: Mapping[str, Any] = field(default_factory=lambda: {"step": "loading"})
    wants_stop: bool = False
    over: threading.Event = field(default_factory=threading.Event)

    def hear(self, progress: engine.Progress) -> None:
        self.said = plain(progress)
        if self.also is not None:
            self.also(progress)

    def beat(self) -> None:
        """Until it is over: say that the run lives. A busy database is tried again a second later."""
        while not self.over.wait(BEAT):
            with suppress(DatabaseError):
                self.wants_stop = runs.report(run=self.run, progress=self.said, now=timezone.now())
        connection.close()


def plain(progress: engine.Progress) -> dict[str, Any]:
    """How far a run is, as JSON can hold it."""
    share = progress.value / progress.bound if progress.bound else 0.0
    return {
        "step": progress.step,
        "value": progress.value,
        "bound": progress.bound,
        "share": min(share, 1.0),
        "seconds": round(progress.seconds, 1),
    }


def carry_out_called(run_id: str) -> bool:
    """Work on a run that waits, giving way to everything else here; False where there is none."""
    run = Run.objects.select_related("site").filter(pk=run_id).first()
    with suppress(OSError):
        os.nice(NICE)
    return run is not None and carry_out(run)


def carry_out(run: Run, also: engine.Watch | None = None) -> bool:
    """Work on a run; False where somebody else does, or another run is at work. `also` is told how far it is, as it goes."""
    if not runs.begin(run=run, now=timezone.now()):
        return False
    try:
        _carry_out(run, also)
    finally:
        runs.go_on()
    return True


def _carry_out(run: Run, also: engine.Watch | None) -> None:
    pulse = Pulse(run, also)
    beating = threading.Thread(target=pulse.beat, name="pulse", daemon=True)
    beating.start()
    try:
        outcome = _worked_out(run, pulse)
        _end(pulse, beating)
        runs.finish(run=run, outcome=outcome, now=timezone.now())
    except engine.Contradiction as reason:
        because = {"code": "clash", "clashes": reports.clashes(reason.clashes)}
        _end(pulse, beating)
        runs.fail(run=run, because=because, now=timezone.now())
    except BaseException:
        _end(pulse, beating)
        runs.fail(run=run, because={"code": "error"}, now=timezone.now())
        raise


def _worked_out(run: Run, pulse: Pulse) -> trials.Outcome:
    engine.ready()
    pulse.said = {"step": "reading"}
    return trials.work_out(
        run.site,
        Choices.unpacked(run.settings),
        now=timezone.now(),
        on_progress=pulse.hear,
        should_stop=lambda: pulse.wants_stop,
    )


def _end(pulse: Pulse, beating: threading.Thread) -> None:
    """No beat may overwrite what comes after it."""
    pulse.over.set()
    beating.join()
