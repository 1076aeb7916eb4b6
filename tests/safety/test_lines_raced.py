"""Crisis lines checked in the same moment: real threads on a real database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests import world
from tests.world import NOW

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.safety import helplines
from hearthside.safety.actions import lines
from hearthside.safety.enums import How
from hearthside.safety.forms.lines import LineForm
from hearthside.safety.helplines import Helpline
from hearthside.safety.ledger import Outcome
from hearthside.safety.models import Line, Verification
from hearthside.safety.queries.lines_desk import entry_of

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 5
SAMARITANS = helplines.for_country("GB").lines[0]


def at_once(*acts: Callable[[], object]) -> None:
    """All begun at the same moment, each on its own connection; the first error is raised."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=30)
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(run, acts))


def saying(who: Person, line: Helpline = SAMARITANS) -> Callable[[], object]:
    return lambda: lines.verify(line=line, outcome=Outcome.RIGHT, how=How.READ, by=who, now=NOW)


def test_one_person_who_taps_twice_at_once_is_still_one_person() -> None:
    world.site()
    for _ in range(TRIES):
        Verification.objects.all().delete()
        who = world.role(RoleKind.SAFETY_LEAD)
        at_once(saying(who), saying(who))
        assert Verification.objects.filter(until_at=None).count() == 1
        entry = entry_of(SAMARITANS.facts, now=NOW)
        assert entry is not None
        assert not entry.standing.is_verified


def test_two_people_who_tap_at_once_verify_the_line() -> None:
    world.site()
    for _ in range(TRIES):
        Verification.objects.all().delete()
        pair = [world.role(RoleKind.SAFETY_LEAD) for _ in range(2)]
        at_once(*map(saying, pair))
        entry = entry_of(SAMARITANS.facts, now=NOW)
        assert entry is not None
        assert entry.standing.is_verified


def test_what_is_taken_back_while_another_agrees_is_either_there_or_not() -> None:
    world.site()
    for _ in range(TRIES):
        one, two = (world.role(RoleKind.SAFETY_LEAD) for _ in range(2))
        values = {**LineForm.of(SAMARITANS), "number": "116 124", "languages": "en"}
        row = lines.correct(
            line=SAMARITANS, thread=SAMARITANS.facts, values=values, by=one, now=NOW
        )

        def back(row: Line = row, one: Person = one) -> None:
            try:
                lines.take_back_writing(row=row, by=one, now=NOW)
            except lines.TooLate:
                return

        at_once(back, saying(two, row.helpline()))
        row.refresh_from_db()
        assert (row.until_at is None) == (row.confirmed_at is not None)
        Line.objects.all().delete()
        Verification.objects.all().delete()
