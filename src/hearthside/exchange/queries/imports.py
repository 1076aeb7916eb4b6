"""Imports as pages and commands need them."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearthside.exchange.models import Import, ImportRow, RowChange, RowOutcome
from hearthside.exchange.queries.lists import words_of
from hearthside.exchange.queries.schedules import words_of_schedule
from hearthside.groups.enums import Stage
from hearthside.groups.models import Group, Site
from hearthside.groups.queries.programme import sites_run_by
from hearthside.groups.queries.rights import Rights

ROWS_PER_PAGE: Final = 50
# More changes than this are approved in several goes.
CHANGES_AT_ONCE: Final = 200
LABELS: Final = {
    "experiences": gettext_lazy("lived experience"),
    "schedule": gettext_lazy("when it meets"),
}


class NoSuchSite(Exception):
    """No site has that address."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How many rows are of one kind; `value` names it in the page's address."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a group: what it says now, and what the list says, both in words."""

    label: str
    now: str
    proposed: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row on the page: what was found out about it, and what it changes."""

    row: ImportRow
    sentences: list[str]
    differences: list[Difference]
    is_without_date: bool


def imports_of(rights: Rights) -> QuerySet[Import]:
    """The imports into the sites that the person coordinates, newest first, with their counts."""
    mine = Q() if rights.runs_programme else Q(site__in=rights.coordinates)
    return (
        Import.objects.filter(mine)
        .select_related("site", "read_by")
        .annotate(
            row_count=Count("rows", filter=~Q(rows__outcome="")),
            refused_count=Count("rows", filter=Q(rows__change=RowChange.REFUSED)),
        )
        .order_by("-read_at")
    )


def last_applied(source: str) -> Import | None:
    """The newest import of the list that still holds."""
    held = Import.objects.filter(source=source, applied_at__isnull=False, undone_at=None)
    return held.select_related("site").first()


def sites_for(rights: Rights) -> QuerySet[Site]:
    """Where the person may bring a list in."""
    return sites_run_by(rights)


def is_of_another_site(source: str, rights: Rights) -> bool:
    """True if groups of that list stand at a site that the person does not run."""
    listed = Group.objects.filter(source=source)
    return listed.exclude(site__in=sites_for(rights)).exists()


def site_called(slug: str) -> Site:
    """The site at that address. Raises NoSuchSite with the ones there are."""
    site = Site.objects.filter(slug=slug).first()
    if site is None:
        known = ", ".join(Site.objects.values_list("slug", flat=True)) or "—"
        raise NoSuchSite(
            _("There is no site “%(slug)s”. There are: %(known)s.") % {"slug": slug, "known": known}
        )
    return site


def kinds(reading: Import) -> list[Kind]:
    """The rows by how they were read, then by what they change, in one query."""
    rows = reading.rows.order_by().values_list("outcome", "change").annotate(count=Count("pk"))
    counts: Counter[str] = Counter()
    for outcome, change, count in rows:
        # Refused is an outcome and a change: counted once.
        for value in {outcome, change}:
            counts[value] += count
    choices = [*RowOutcome.choices, *(each for each in RowChange.choices if each[0] != "refused")]
    return [Kind(value, str(label), counts[value]) for value, label in choices]


def rows_on_page(
    reading: Import, *, kind: str, number: str, now: datetime
) -> tuple[Page[ImportRow], list[ReadRow]]:
    """One page of the rows of a kind (all, if it names none), in two queries."""
    rows = reading.rows.select_related("group")
    if kind in RowOutcome.values:
        rows = rows.filter(outcome=kind)
    elif kind in RowChange.values:
        rows = rows.filter(change=kind)
    page = Paginator(rows, ROWS_PER_PAGE).get_page(number)
    return page, [read_row(row, now=now) for row in page]


def changes_to_approve(reading: Import, *, now: datetime) -> list[ReadRow]:
    """The changes to groups that are here already and that nobody has approved yet."""
    waiting = reading.rows.waiting().exclude(change=RowChange.NEW).select_related("group")
    return [read_row(row, now=now) for row in waiting[:CHANGES_AT_ONCE]]


def new_to_approve(reading: Import) -> int:
    """How many new groups wait for approval."""
    return reading.rows.waiting().filter(change=RowChange.NEW).count()


def approved(reading: Import, *, has_new: bool, rows: Iterable[ImportRow]) -> set[UUID]:
    """The keys of the rows that somebody said yes to."""
    chosen = {row.pk for row in rows}
    if has_new:
        waiting = reading.rows.waiting().filter(change=RowChange.NEW)
        chosen |= set(waiting.values_list("pk", flat=True))
    return chosen


def sentences_of(reading: Import) -> list[str]:
    """What was mended before any row could be read."""
    return [words_of(note) for note in reading.notes]


def read_row(row: ImportRow, *, now: datetime) -> ReadRow:
    return ReadRow(
        row=row,
        sentences=[words_of(note) for note in row.notes],
        differences=list(_differences(row.difference, now=now)),
        is_without_date=bool(row.proposed.get("name")) and not row.proposed.get("schedule"),
    )


def _differences(difference: Mapping[str, Any], *, now: datetime) -> Iterator[Difference]:
    for name, (before, after) in difference.items():
        label = LABELS.get(name) or Group._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # noqa: SLF001
        yield Difference(str(label), _said(name, before, now=now), _said(name, after, now=now))


def _said(name: str, value: Any, *, now: datetime) -> str:
    if value in (None, "", []):
        return _("nothing")
    if name == "schedule":
        return words_of_schedule(value, now=now)
    if name == "stage":
        return str(Stage(value).label)
    if isinstance(value, list):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value)
