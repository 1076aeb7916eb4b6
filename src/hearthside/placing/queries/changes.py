"""What would open more groups to somebody who waits: one change at a time, each counted over all groups."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearthside.finder.enums import Part
from hearthside.finder.queries.asked import Asking, seeker_of
from hearthside.finder.queries.inventory import Catalogue
from hearthside.finder.queries.reach import Ranked
from hearthside.finder.queries.wider import Wider, wider
from hearthside.finder.sealed import sealed
from hearthside.finder.search import SPANS
from peerkit.matching import Free, Index, Seeker

SHOWN: Final = 4
TIMES_SHOWN: Final = 2


@dataclass(frozen=True)
class Change:
    """One change in words with how many more groups fit then; `word` is the changed search, sealed."""

    words: str
    count: int
    word: str

    @property
    def said(self) -> str:
        """The whole sentence, as "If you can also come online: 5 more groups fit"."""
        more = ngettext(
            "%(change)s: %(count)d more group fits",
            "%(change)s: %(count)d more groups fit",
            self.count,
        )
        return more % {"change": self.words, "count": self.count}


def changes_for(
    asking: Asking, found: Ranked, groups: Catalogue, *, now: datetime
) -> Sequence[Change]:
    """The few changes that open most, most first; other hours are named one by one. No query."""
    times = list(_times(asking, found.total, groups.index))
    # "At other times" says less than the times themselves.
    rest = [
        one
        for one in wider(found, asking, groups.words)
        if one.search.free or not asking.search.free
    ]
    best = sorted([*times, *rest], key=lambda one: -one.count)[:SHOWN]
    return [Change(one.words, one.count, sealed(one.search, now=now)) for one in best]


def _times(asking: Asking, total: int, index: Index) -> Iterator[Wider]:
    """The parts of the week that would open most, of those when the person is not free."""
    if not asking.search.free:
        return
    seeker = seeker_of(asking)
    counted = [
        (_count_with(seeker, span, index, asking.now) - total, part, span)
        for part, hours in SPANS.items()
        for span in (Free(day, *hours) for day in range(len(WEEKDAYS)))
        if span not in seeker.free
    ]
    for count, part, span in sorted(counted, key=lambda one: (-one[0], one[2]))[:TIMES_SHOWN]:
        if count > 0:
            search = replace(asking.search, free=(*asking.search.free, span))
            yield Wider(_when(part, span), count, search)


def _count_with(seeker: Seeker, span: Free, index: Index, now: datetime) -> int:
    freer = replace(seeker, free=(*seeker.free, span))
    return index.rank(freer, now=now, most=0, nearest=0).total


def _when(part: Part, span: Free) -> str:
    said = {
        Part.MORNING: _("If you can also come on %s mornings"),
        Part.AFTERNOON: _("If you can also come on %s afternoons"),
        Part.EVENING: _("If you can also come on %s evenings"),
    }
    return said[part] % WEEKDAYS[span.weekday]
