"""The catalogue of this process, as new as the tables.

Reading 100,000 groups takes seconds, so it is done once. From then on one small query before each search
says which groups changed since the last, and only those are read again. What changes with time alone
(a role that ends, who keeps a wish, how many came again) is read in the background, a few groups at a time.
"""

import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Count, DateTimeField, QuerySet, UUIDField, Value

from hearthside.finder.models import Weighting
from hearthside.finder.queries import weights
from hearthside.finder.queries.inventory import Catalogue, everything, read_again
from hearthside.finder.queries.reading.people import returns
from hearthside.finder.queries.vocabulary import Vocabulary, vocabulary
from hearthside.groups.actions.touching import forget_touches
from hearthside.groups.models import ExperienceName, Group, Touch
from hearthside.groups.models.touch import VOCABULARY
from hearthside.kit.prepared import Prepared

# A transaction may tell of a change some time after the moment it calls now.
LATE: Final = timedelta(minutes=1)
# More than these at once, as after an import, are read in the background.
READ_AT_ONCE: Final = 200
# Seconds on the clock of the process, which no change of the time of day moves.
SWEPT_EVERY: Final = 600.0
PAUSE: Final = 0.25
LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)

# Stands for the number of a change of the weights.
WEIGHTS: Final = -1

Change = tuple[UUID, int]


@dataclass
class Kept:
    """What this process holds, and what it has seen of the changes since."""

    catalogue: Catalogue | None = None
    seen: dict[Change, datetime] = field(default_factory=dict)
    looked_at: datetime = LONG_AGO
    swept: float = 0.0
    # How often each group was read again, so that what was read before that is not put over it.
    turns: dict[UUID, int] = field(default_factory=dict)
    # Changed, and not read again yet.
    due: set[UUID] = field(default_factory=set)
    is_busy: bool = False
    # Only a process that goes on for long has to look at everything again.
    is_serving: bool = False
    lock: threading.RLock = field(default_factory=threading.RLock)


kept: Final = Kept()


def _changed_since(values: Mapping[str, Sequence[datetime]]) -> QuerySet[Touch, Any]:
    since = values["since"][0]
    touches = Touch.objects.filter(at__gte=since).values_list("group", "pk", "at")
    groups = Group.objects.filter(changed_at__gte=since).order_by()
    names = (
        ExperienceName.objects.order_by()
        .annotate(key=Value(VOCABULARY, UUIDField()))
        .values("key")
        .annotate(many=Count("pk"), at=Value(LONG_AGO, DateTimeField()))
    )
    weighed = Weighting.objects.filter(at__gte=since).order_by()
    return touches.union(
        groups.values_list("pk", Value(0), "changed_at"),
        names.values_list("key", "many", "at"),
        weighed.values_list("pk", Value(WEIGHTS), "at"),
        all=True,
    )


_CHANGES: Final = Prepared(_changed_since, times=["since"])


def catalogue(*, now: datetime) -> Catalogue:
    """Every group: one small query, and nine more when a group has changed."""
    with kept.lock:
        changes = _changes(now=now)
        words = vocabulary(version=_size(changes), now=now)
        held = kept.catalogue
        if held is None:
            held = _begin(words, now=now)
        else:
            _follow_words(held, words, now=now)
            if any(number == WEIGHTS and (key, number) not in kept.seen for key, number in changes):
                held.index.weights = weights.newest()
            _follow(held, _new(changes), now=now)
        kept.seen, kept.looked_at = changes, now
    if kept.is_serving and time.monotonic() - kept.swept > SWEPT_EVERY:
        _beside(lambda: sweep(now=now))
    return kept.catalogue or held


def is_ready(*, within: float) -> bool:
    """Whether there is an answer within so many seconds: false only while everything is first read beside us."""
    if kept.catalogue is not None or not kept.is_serving:
        return True
    if not kept.lock.acquire(timeout=within):
        return False
    kept.lock.release()
    return True


def serve(*, now: datetime) -> None:
    """Read everything in the background now, so that nobody waits for it, and from then on now and again."""
    kept.is_serving = True
    _beside(lambda: catalogue(now=now))


def forget() -> None:
    """Read everything anew the next time."""
    with kept.lock:
        kept.catalogue, kept.looked_at = None, LONG_AGO
        kept.seen, kept.turns, kept.due = {}, {}, set()


def sweep(*, now: datetime, pause: float = PAUSE) -> None:
    """Read every group again, a few at a time, so that nothing that no row tells of is missed for long."""
    held = kept.catalogue
    if held is None:
        return
    kept.swept = time.monotonic()
    forget_touches(now=now)
    held.index.weights = weights.newest()
    held.returns = returns(now=now)
    keys = sorted({*Group.objects.findable().values_list("pk", flat=True), *_held(held)})
    for some in _cut(keys, READ_AT_ONCE):
        _apply(held, some, now=now)
        time.sleep(pause)


def _begin(words: Vocabulary, *, now: datetime) -> Catalogue:
    held = kept.catalogue = everything(words, now=now)
    kept.swept = time.monotonic()
    return held


def _follow_words(held: Catalogue, words: Vocabulary, *, now: datetime) -> None:
    """New names cost nothing; a new tree asks for a new index, made from what the tables say."""
    if held.words is words:
        return
    if held.words.tree == words.tree:
        held.words = words
    elif len(held) <= READ_AT_ONCE:
        _begin(words, now=now)
    else:
        _beside(lambda: _renew(words, now=now))


def _renew(words: Vocabulary, *, now: datetime) -> None:
    made = everything(words, now=now)
    with kept.lock:
        kept.catalogue, kept.looked_at, kept.seen = made, now, {}


def _follow(held: Catalogue, changed: set[UUID], *, now: datetime) -> None:
    if len(changed) <= READ_AT_ONCE:
        _apply(held, changed, now=now)
    else:
        kept.due |= changed
    if kept.due:
        _beside(lambda: _catch_up(held, now=now))


def _catch_up(held: Catalogue, *, now: datetime) -> None:
    while kept.due:
        with kept.lock:
            some = {kept.due.pop() for _ in range(min(READ_AT_ONCE, len(kept.due)))}
        _apply(held, some, now=now)


def _apply(held: Catalogue, keys: Collection[UUID], *, now: datetime) -> None:
    """Read groups again and put them in the place of what was known of them."""
    turns = {key: kept.turns.get(key, 0) for key in keys}
    found = read_again(keys, held, now=now)
    with kept.lock:
        fresh = {key for key, turn in turns.items() if kept.turns.get(key, 0) == turn}
        gone = {str(key) for key in fresh}
        for one in found:
            if one.offer.id in gone:
                held.take(one)
                gone.discard(one.offer.id)
        for key in gone:
            held.drop(key)
        kept.turns.update((key, turns[key] + 1) for key in fresh)


def _held(held: Catalogue) -> Iterator[UUID]:
    return map(UUID, list(held.facts))


def _new(changes: dict[Change, datetime]) -> set[UUID]:
    """The groups of changes not seen before."""
    new = (change for change, at in changes.items() if kept.seen.get(change) != at)
    return {group for group, number in new if group != VOCABULARY and number != WEIGHTS}


def _changes(*, now: datetime) -> dict[Change, datetime]:
    """What changed lately, by key and number of the change, and when; with the size of the vocabulary."""
    since = min(kept.looked_at if kept.catalogue else now, now) - LATE
    return {(group, number): at for group, number, at in _CHANGES.rows(since=[since])}


def _size(changes: dict[Change, datetime]) -> int:
    return next((number for group, number in changes if group == VOCABULARY), 0)


def _beside(work: Callable[[], object]) -> None:
    """Do it in a thread of its own, one at a time, while requests go on."""

    def run() -> None:
        try:
            work()
        finally:
            kept.is_busy = False
            connection.close()

    with kept.lock:
        if kept.is_busy:
            return
        kept.is_busy = True
    threading.Thread(target=run, name="finder-reading", daemon=True).start()


def _cut(keys: Sequence[UUID], size: int) -> Iterator[Sequence[UUID]]:
    return (keys[at : at + size] for at in range(0, len(keys), size))
