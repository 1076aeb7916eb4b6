"""The ledger of crisis lines: what ships, what the programme wrote over it, and what two people said of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import DatabaseError
from django.db.models import QuerySet

from hearthside.safety import helplines
from hearthside.safety.enums import How
from hearthside.safety.helplines import Helpline
from hearthside.safety.ledger import Checked, Verdict, Version, shown, standing
from hearthside.safety.models import Line, Verification

# Every page shows a country's lines, and they change a few times a year.
KEPT_FOR: Final = timedelta(seconds=30)
# Codes come from cookies: a memory that grows with what visitors make up would fill.
KEPT_MOST: Final = 300


@dataclass(frozen=True)
class Thread:
    """One line through all its versions, the oldest first; `rows` has None for what shipped."""

    key: str
    rows: tuple[tuple[Helpline, Line | None], ...]

    @property
    def newest(self) -> Helpline:
        return self.rows[-1][0]

    @property
    def written(self) -> Line | None:
        """The row of the newest version; None where it is as it shipped."""
        return self.rows[-1][1]

    @property
    def shown(self) -> Helpline | None:
        return shown(
            [Version(line, row is None or bool(row.confirmed_at)) for line, row in self.rows]
        )


_kept: dict[str, tuple[datetime, tuple[Checked, ...]]] = {}


def recent(country: str, *, now: datetime) -> tuple[Checked, ...]:
    """What people see of a country's lines, as it was known half a minute ago at most.

    Also where the database does not answer: then no line counts as checked, and the numbers still stand there.
    """
    kept = _kept.get(country)
    if kept is not None and timedelta() <= now - kept[0] < KEPT_FOR:
        return kept[1]
    try:
        found = lines_of(country, now=now)
    except DatabaseError:
        return tuple(Checked(line, standing((), now=now)) for line in _shipped(country))
    if len(_kept) >= KEPT_MOST:
        _kept.clear()
    _kept[country] = (now, found)
    return found


def forget() -> None:
    """The ledger has changed: the next page reads it anew."""
    _kept.clear()


def lines_of(country: str, *, now: datetime) -> tuple[Checked, ...]:
    """Every line of the country that people see, and how far it is checked; two queries."""
    said = verdicts_in(country, now=now)
    seen = (thread.shown for thread in threads_in(country, now=now))
    once = {line.facts: line for line in seen if line is not None}
    return tuple(
        Checked(line, standing(said.get(facts, ()), now=now)) for facts, line in once.items()
    )


def threads_in(country: str, *, now: datetime) -> list[Thread]:
    """Every line of the country with all that was written over it, those that ship first."""
    written: dict[str, list[Line]] = defaultdict(list)
    rows = Line.objects.filter(country=country).in_force(now=now).select_related("by")
    for row in rows.order_by("from_at", "pk"):
        written[row.thread].append(row)
    return list(_threads(_shipped(country), written))


def verifications(country: str, *, now: datetime) -> QuerySet[Verification]:
    """What people said of the country's lines and did not take back or say anew.

    Threat: a copy of the demonstration becomes a real programme, and made-up people vouch for its lines.
    """
    found = Verification.objects.filter(country=country).in_force(now=now)
    return found if settings.DEMO else found.exclude(how=How.MADE_UP)


def verdicts_in(country: str, *, now: datetime) -> Mapping[str, Sequence[Verdict]]:
    """The same, by the facts that they are about, as the ledger weighs them."""
    by_facts: dict[str, list[Verdict]] = defaultdict(list)
    for row in verifications(country, now=now):
        by_facts[row.facts].append(row.verdict())
    return by_facts


def _shipped(country: str) -> tuple[Helpline, ...]:
    return helplines.for_country(country).every


def _threads(
    shipped: Sequence[Helpline], written: Mapping[str, Sequence[Line]]
) -> Iterator[Thread]:
    for line in shipped:
        yield Thread(line.facts, ((line, None), *_versions(written.get(line.facts, ()))))
    for key in written.keys() - {line.facts for line in shipped}:
        yield Thread(key, tuple(_versions(written[key])))


def _versions(rows: Sequence[Line]) -> Iterator[tuple[Helpline, Line | None]]:
    for row in rows:
        yield row.helpline(), row
