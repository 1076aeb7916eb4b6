"""A run that cannot be kept at its very end."""

import threading

import pytest
from django.db import DatabaseError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hearthside.placing.actions import runs
from hearthside.placing.enums import Stand
from hearthside.placing.queries import standing
from hearthside.project import placing
from tests import world
from tests.placing import desk

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_run_whose_end_cannot_be_kept_has_failed_proposes_nothing_and_lets_the_next_begin(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk.words()
    site, now = world.site(), timezone.now()
    desk.waits(site)
    run = runs.ask_here(site=site, choices=desk.QUICK, now=now)
    assert run is not None
    other = runs.ask(site=world.site("York"), choices=desk.QUICK, by=None, now=now)

    def full(*_told: object, **_named: object) -> None:
        assert run.proposals.exists()
        raise DatabaseError("the disk is full")

    # Halfway through the transaction: the proposals are written already.
    monkeypatch.setattr(standing, "seen", full)
    DBTaskResult.objects.all().delete()
    with pytest.raises(DatabaseError, match="the disk is full"):
        placing.carry_out(run)
    run.refresh_from_db()
    assert (run.stand, run.result) == (Stand.FAILED, {"code": "error"})
    assert run.finished_at is not None
    assert not run.proposals.exists()
    asked_for = DBTaskResult.objects.get(task_path__endswith="launch")
    assert asked_for.args_kwargs["kwargs"] == {"run_id": str(other.pk)}
    assert not [one for one in threading.enumerate() if one.name == "pulse"]
