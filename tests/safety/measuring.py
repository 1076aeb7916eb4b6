"""Shorthands of the tests of measures: what is decided about somebody, with words that a test need not care about."""

from datetime import datetime, timedelta
from typing import Any

from tests.world import NOW

from hearthside.accounts.models import Person
from hearthside.groups.models import Group
from hearthside.safety.actions import measures as actions
from hearthside.safety.actions.measures import Grounds
from hearthside.safety.enums import MeasureKind, MeasureReason
from hearthside.safety.models import Measure

GROUNDS = Grounds(MeasureReason.UNKIND, told="Some words hurt others.", note="Wren told me.")


def hold(
    person: Person, group: Group, *, by: Person, days: float = 7, now: datetime = NOW
) -> Measure:
    return _decide(MeasureKind.HOLD, person, group.pk, by=by, days=days, now=now)


def restrict(
    person: Person, group: Group, *, by: Person, days: float = 7, now: datetime = NOW
) -> Measure:
    return _decide(MeasureKind.RESTRICT, person, group.pk, by=by, days=days, now=now)


def suspend(person: Person, *, by: Person, days: float = 30, now: datetime = NOW) -> Measure:
    return _decide(MeasureKind.SUSPEND, person, None, by=by, days=days, now=now)


def _decide(
    kind: MeasureKind, person: Person, group: Any, *, by: Person, days: float, now: datetime
) -> Measure:
    return actions.decide(
        kind=kind, person=person, group=group, grounds=GROUNDS,
        until_at=now + timedelta(days=days), by=by, now=now,
    )  # fmt: skip
