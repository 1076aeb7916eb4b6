"""Who waits how long, and who is offered a place: by experience, language, age and site, told only for many.

Threat: a table with small cells tells what one person lives with. So a number below 10 is never shown,
nor one that could be worked out from those beside it: see `told`.

Threat: whoever reads the panel before and after one person came, went or was invited learns by subtraction
what that one is counted under, and how long they waited. So all figures are as of the start of the week,
people are told in fives, waits in whole weeks and shares in tenths.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil, floor
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from hearthside.groups.models import Site
from hearthside.groups.queries.words import language_name
from hearthside.placing.enums import Ended
from hearthside.placing.models import Invitation, Request
from hearthside.placing.queries.diffs import labels
from hearthside.placing.queries.people import tree_of_experiences

LEAST: Final = 10
PEOPLE_IN: Final = 5
TENTHS: Final = 10
BACK: Final = timedelta(days=365)
BANDS: Final = ((0, 17), (18, 25), (26, 40), (41, 60), (61, 120))
UNSAID: Final = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One request as the panel counts it: whole weeks from asking to a place, or to the start of this week."""

    weeks: float
    was_invited: bool
    experience: str
    language: str
    age: str
    site: str


@dataclass(frozen=True, slots=True)
class Cell:
    """People who have one thing in common; `key` names it, "" is "not said".

    `offered` counts those who were offered a place; it never leaves this module. `invited` is their
    share: None where they, or those who were not, are fewer than 10, or could be worked out.
    """

    key: str
    people: int
    median: float
    ninety: float
    offered: int
    is_share_told: bool

    @property
    def invited(self) -> float | None:
        return self.offered / self.people if self.is_share_told else None

    @property
    def people_told(self) -> int:
        """Rounded to fives."""
        return in_fives(self.people)

    @property
    def median_told(self) -> int:
        """Half of them waited less than so many weeks."""
        return floor(self.median) + 1

    @property
    def ninety_told(self) -> int:
        """Nine of ten waited less than so many weeks."""
        return floor(self.ninety) + 1

    @property
    def percent_told(self) -> int | None:
        """The share that was offered a place, rounded to tenths."""
        return None if self.invited is None else round(self.invited * TENTHS) * 100 // TENTHS


@dataclass(frozen=True, slots=True)
class Part:
    """One way to divide everybody. `hidden` people are in groups too small to be told of by themselves.

    `hidden` is 0 where nobody is hidden; `is_told` is False where no cell can be shown.
    """

    name: str
    cells: Sequence[Cell]
    hidden: int

    @property
    def is_told(self) -> bool:
        return bool(self.cells)


@dataclass(frozen=True, slots=True)
class Panel:
    """Everybody together (None when they are too few), and each way to divide them."""

    as_of: datetime
    everybody: Cell | None
    parts: Sequence[Part]


def panel_of(site: Site, sites: Collection[Site], *, now: datetime) -> Panel:
    """The panel of a site as of the start of the week; by site it compares `sites`, those that the reader looks after."""
    as_of = week_start(site, now=now)
    every = cases(sites, as_of=as_of)
    own = [one for one in every if one.site == site.name]
    return Panel(
        as_of=as_of,
        everybody=cell("", own) if len(own) >= LEAST else None,
        parts=(
            told("experience", own, lambda one: one.experience),
            told("language", own, lambda one: one.language),
            told("age", own, lambda one: one.age),
            *([told("site", every, lambda one: one.site)] if len(sites) > 1 else []),
        ),
    )


def week_start(site: Site, *, now: datetime) -> datetime:
    """Monday, midnight, on the site's clock."""
    here = now.astimezone(ZoneInfo(site.time_zone))
    monday = here - timedelta(days=here.weekday())
    return monday.replace(hour=0, minute=0, second=0, microsecond=0)


def whole_weeks(waited: timedelta) -> int:
    """No figure knows more of anybody's wait than this."""
    return waited // timedelta(weeks=1)


def in_fives(count: int) -> int:
    """The nearest multiple of five."""
    return PEOPLE_IN * round(count / PEOPLE_IN)


def cases(sites: Collection[Site], *, as_of: datetime) -> list[Case]:
    """Everybody who waited at that moment, or was placed in the twelve months before, in three queries."""
    tree = tree_of_experiences()
    rows = Request.objects.filter(site__in=sites, from_at__lte=as_of)
    waited = Q(until_at=None) | Q(until_at__gt=as_of)
    placed = Q(ended=Ended.PLACED, until_at__gt=as_of - BACK)
    wanted = rows.filter(waited | placed).select_related("wish__main", "site", "person")
    offers = Prefetch("invitations", Invitation.objects.filter(at__lte=as_of))
    found = []
    for one in wanted.prefetch_related(offers):
        wish = one.wish
        search = wish.search if wish else {}
        main = wish.main.slug if wish and wish.main else ""
        found.append(
            Case(
                weeks=whole_weeks(min(one.until_at or as_of, as_of) - one.from_at),
                was_invited=bool(one.invitations.all()),
                experience=(main, *tree.ancestors(main))[-1],
                language=next(iter(search.get("languages", ())), one.person.language or UNSAID),
                age=band(search.get("age")),
                site=one.site.name,
            )
        )
    return found


def band(age: int | None) -> str:
    """The age band, as "26-40"; "" for who has not said."""
    bands = (f"{low}-{high}" for low, high in BANDS if age is not None and low <= age <= high)
    return next(bands, UNSAID)


def told(name: str, every: Sequence[Case], key: Callable[[Case], str]) -> Part:
    """One way to divide everybody, with what may not be told taken out.

    A cell below 10 is hidden. The total stands beside the cells, so one hidden cell could be worked out
    from it, and so could the sum of few: the next smallest cells are hidden too, until at least two are
    hidden and 10 people in them. Where that leaves nothing, or everybody is fewer than 10, nothing is told.
    The same goes for the shares that were offered a place, and for those that were not: see `_shares`.
    """
    groups: Mapping[str, list[Case]] = _divided(every, key)
    if len(every) < LEAST:
        return Part(name, (), 0)
    sizes = sorted(groups, key=lambda one: (len(groups[one]), one))
    hidden = [one for one in sizes if len(groups[one]) < LEAST]
    shown = [one for one in sizes if one not in hidden]
    while shown and hidden and _may_be_worked_out([len(groups[one]) for one in hidden]):
        hidden.append(shown.pop(0))
    cells = _shares([cell(one, groups[one]) for one in shown], every, len(hidden))
    cells.sort(key=lambda one: (-one.people, one.key))
    return Part(name, cells, sum(len(groups[one]) for one in hidden) if cells else 0)


def cell(key: str, some: Sequence[Case]) -> Cell:
    """The figures of these people; `some` is not empty. The 90 % are by nearest rank."""
    weeks = sorted(one.weeks for one in some)
    middle = len(weeks) // 2
    invited = sum(one.was_invited for one in some)
    median = weeks[middle] if len(weeks) % 2 else (weeks[middle - 1] + weeks[middle]) / 2
    return Cell(
        key=key,
        people=len(some),
        median=median,
        ninety=weeks[ceil(0.9 * len(weeks)) - 1],
        offered=invited,
        is_share_told=_is_many(invited, len(some)),
    )


def _shares(cells: Sequence[Cell], every: Sequence[Case], beside: int) -> list[Cell]:
    """The cells, with shares taken out until nothing about few is left over from the total.

    What is left over are the cells without a share and the `beside` cells that are hidden altogether:
    none, or at least two, and in them at least 10 who were offered a place and 10 who were not.
    """
    told = sorted((one for one in cells if one.is_share_told), key=_fewest, reverse=True)
    while told:
        left = len(cells) - len(told) + beside
        people = len(every) - sum(one.people for one in told)
        offered = sum(one.was_invited for one in every) - sum(one.offered for one in told)
        if not left or (left > 1 and _is_many(offered, people)):
            break
        told.pop()
    keys = {one.key for one in told}
    return [replace(one, is_share_told=one.key in keys) for one in cells]


def _fewest(one: Cell) -> tuple[int, str]:
    return min(one.offered, one.people - one.offered), one.key


def _is_many(offered: int, people: int) -> bool:
    return min(offered, people - offered) >= LEAST


def _may_be_worked_out(hidden: Sequence[int]) -> bool:
    return len(hidden) < 2 or sum(hidden) < LEAST  # noqa: PLR2004 - one alone is what is left over


def _divided(every: Sequence[Case], key: Callable[[Case], str]) -> dict[str, list[Case]]:
    groups: dict[str, list[Case]] = defaultdict(list)
    for one in every:
        groups[key(one)].append(one)
    return dict(groups)


@dataclass(frozen=True, slots=True)
class Table:
    """One way to divide everybody, with its cells named in the reader's language."""

    heading: str
    rows: Sequence[tuple[str, Cell]]
    hidden: int


def tables_of(panel: Panel) -> list[Table]:
    """The parts of the panel as its page shows them."""
    label = labels()
    headings = {
        "experience": _("By what people live with"),
        "language": _("By language"),
        "age": _("By age"),
        "site": _("By site"),
    }
    names: Mapping[str, Callable[[str], str]] = {
        "experience": label,
        "language": language_name,
        "age": lambda key: key.replace("-", "\u2013"),
        "site": str,
    }
    return [
        Table(
            headings[part.name],
            [(names[part.name](one.key) if one.key else _("not said"), one) for one in part.cells],
            in_fives(part.hidden),
        )
        for part in panel.parts
    ]
