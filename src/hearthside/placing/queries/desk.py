"""The page of a site's waiting list: who waits, what clashes, what was decided, which runs there were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from typing import Any, Final

from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.finder.enums import IAm
from hearthside.finder.queries.readback import chips_of_search
from hearthside.finder.queries.wishes import search_of
from hearthside.finder.search import Search
from hearthside.groups.models import Group, Site
from hearthside.placing.clashes import clash_words
from hearthside.placing.enums import Stand
from hearthside.placing.models import Decision, Invitation, Request, Run
from hearthside.placing.queries import engine, people, standing
from hearthside.placing.queries.diffs import Label, labels

PER_PAGE: Final = 10
USUAL: Final = Search()


@dataclass(frozen=True)
class Row:
    """Somebody who waits: for how long, what they look for in words, and the offer they have, if any."""

    request: Request
    weeks: int
    chips: Sequence[str]
    invitation: Invitation | None

    @property
    def person(self) -> Person:
        return self.request.person


@dataclass(frozen=True)
class Desk:
    """Everything on the page; `rows` are one page of those `waiting`. `found` is the newest run that is done, `at_work` one that is not over."""

    rows: Sequence[Row]
    glance: "Glance"
    page: int
    pages: int
    decisions: Sequence[Decision]
    runs: Sequence[Run]
    found: Run | None
    at_work: Run | None
    stale: Sequence[str]


@dataclass(frozen=True)
class Glance:
    """How many wait at a site, and since when."""

    waiting: int
    offered: int
    longest: Request | None
    weeks: int


def glance_at(site: Site, *, now: datetime) -> Glance:
    """The two numbers of a site's panel, in three queries."""
    waiting = people.requests_at(site)
    longest = waiting.first()
    weeks = people.weeks_waited(longest, now=now) if longest else 0
    return Glance(waiting.count(), people.unanswered(site, now=now).count(), longest, weeks)


def desk_of(site: Site, *, now: datetime, page: int = 1) -> Desk:
    """The page, in a fixed number of queries."""
    runs = standing.runs_at(site)
    live = [
        run
        for run in runs
        if run.stand in (Stand.WAITING, Stand.RUNNING) and not standing.is_dead(run, now)
    ]
    found = standing.last_done(site)
    decided = Decision.objects.filter(request__in=people.requests_at(site))
    return Desk(
        rows=rows_of(site, now=now, page=page),
        glance=(glance := glance_at(site, now=now)),
        page=page,
        pages=max(ceil(glance.waiting / PER_PAGE), 1),
        decisions=list(decided.select_related("request__person", "group", "by").order_by("-at")),
        runs=runs,
        found=found,
        at_work=live[0] if live else None,
        stale=standing.changes(found, now=now) if found else [],
    )


def rows_of(site: Site, *, now: datetime, page: int = 1) -> list[Row]:
    """One page of who waits, longest first; what they look for is said without their own words."""
    offers = {one.request_id: one for one in people.unanswered(site, now=now)}
    label = labels()
    return [
        Row(
            request=one,
            weeks=people.weeks_waited(one, now=now),
            chips=_chips(one, label),
            invitation=offers.get(one.pk),
        )
        for one in people.requests_at(site)[(page - 1) * PER_PAGE : page * PER_PAGE]
    ]


def clashes_in(told: Sequence[Mapping[str, Any]]) -> list[str]:
    """What a run kept of its clashes, in words."""
    keys = {key for one in told for key in one["ids"]}
    names = {
        str(key): name for key, name in Group.objects.filter(pk__in=keys).values_list("pk", "name")
    }
    words = (
        clash_words(
            engine.Clash(one["code"], one["people"], tuple(one["ids"]), one["params"]),
            lambda key: names.get(key, ""),
        )
        for one in told
    )
    return [one for one in words if one]


def _chips(request: Request, label: Label) -> list[str]:
    """What somebody looks for, as others say it of them; the town that all here come from goes unsaid."""
    search = search_of(request.sought)
    is_usual = search.km == USUAL.km and search.place.casefold() == request.site.name.casefold()
    told = replace(search, i_am=(), age=None)
    chips = chips_of_search(told, near="" if is_usual else search.place, label=label)
    words = [*(chip.words for chip in chips), *(str(IAm(one).label) for one in search.i_am)]
    return words if search.age is None else [*words, _("%d years old") % search.age]
