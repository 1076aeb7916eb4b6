"""Keep the reading of a list, let it change what was approved, and take a whole import back."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.exchange.actions import listed_groups
from hearthside.exchange.models import Import, ImportRow, RowChange
from hearthside.exchange.queries.proposals import Proposal
from hearthside.groups.actions.experiences import seed_vocabulary
from hearthside.groups.actions.programme import open_site
from hearthside.groups.models import Experience, Site
from hearthside.meetings.actions import planning

AT_ONCE = 500


class Superseded(Exception):
    """A newer reading of the same list exists, so this one would change things back."""

    def __str__(self) -> str:
        return _("A newer import of this list has been applied. Look at that one.")


class NothingToUndo(Exception):
    """The import was never applied, or has been undone."""


class UnknownExperience(Exception):
    """The vocabulary has nothing by these short names."""

    def __init__(self, slugs: list[str]) -> None:
        super().__init__(
            _("The vocabulary has nothing called %(names)s. See the programme's vocabulary page.")
            % {"names": ", ".join(slugs)}
        )


@transaction.atomic
def keep(
    *, proposal: Proposal, site: Site, origin: str, by: Person | None, now: datetime
) -> Import:
    """The reading with every row of it, to be looked at; no group changes."""
    reading = Import.objects.create(
        source=proposal.choices.source,
        origin=origin[:500],
        site=site,
        notes=list(proposal.notes),
        read_at=now,
        read_by=by,
    )
    ImportRow.objects.bulk_create(
        [
            ImportRow(
                reading=reading,
                index=row.index,
                slug=row.slug[:120],
                name=row.name[:255],
                outcome=row.outcome,
                change=row.change,
                notes=list(row.notes),
                difference=dict(row.difference),
                proposed=dict(row.proposed),
                group_id=row.group_id,
            )
            for row in proposal.rows
        ],
        batch_size=AT_ONCE,
    )
    return reading


@transaction.atomic
def apply(
    *, reading: Import, rows: Collection[UUID] | None = None, by: Person | None, now: datetime
) -> int:
    """Let the approved rows (all, if none are named) change their groups; returns how many did.

    All of them or, if anything goes wrong, none. Raises Superseded.
    """
    reading = _lock(reading)
    if is_superseded(reading=reading):
        raise Superseded
    waiting = reading.rows.waiting()
    approved = list(waiting if rows is None else waiting.filter(pk__in=rows))
    if not approved:
        return 0
    new = [row for row in approved if row.change == RowChange.NEW]
    changed = [row for row in approved if row.change != RowChange.NEW]
    listed_groups.make(rows=new, site=reading.site, source=reading.source, by=by, now=now)
    listed_groups.change(
        changes={row.group_id: _proposed(row) for row in changed if row.group_id}, by=by, now=now
    )
    for row in approved:
        row.approved_at = now
    ImportRow.objects.bulk_update(approved, ["approved_at", "group"], batch_size=AT_ONCE)
    if reading.applied_at is None:
        reading.applied_at, reading.applied_by = now, by
        reading.save(update_fields=["applied_at", "applied_by"])
    planning.plan_running(now=now)
    return len(approved)


@transaction.atomic
def undo(*, reading: Import, by: Person | None, now: datetime) -> int:
    """Put back what the import changed; returns how many groups that concerns.

    Groups that it made go, unless somebody has joined one: then that group is paused. What was changed
    here by hand since stays. Raises NothingToUndo, or Superseded if a later import built on this one.
    """
    reading = _lock(reading)
    if reading.applied_at is None or reading.undone_at is not None:
        raise NothingToUndo
    if is_superseded(reading=reading):
        raise Superseded
    approved = list(reading.rows.approved().filter(group__isnull=False))
    made = [row.group_id for row in approved if row.change == RowChange.NEW and row.group_id]
    listed_groups.take_back(group_ids=made, by=by, now=now)
    former = {
        row.group_id: row.difference
        for row in approved
        if row.change != RowChange.NEW and row.group_id
    }
    listed_groups.change_back(differences=former, by=by, now=now)
    reading.undone_at, reading.undone_by = now, by
    reading.save(update_fields=["undone_at", "undone_by"])
    planning.plan_running(now=now)
    return len(approved)


@transaction.atomic
def settle(*, source: str, zone: str) -> Site:
    """The site that takes the groups of a list: where it went last time, else one named after it."""
    before = Import.objects.filter(source=source).select_related("site").first()
    named = Site.objects.filter(slug=slugify(source)).first()
    if before:
        return before.site
    return named or open_site(name=source, time_zone=zone)


@transaction.atomic
def learn_experiences(*, slugs: Collection[str]) -> None:
    """Seed the vocabulary where it lacks one of these. Raises UnknownExperience."""
    for is_seeded in (False, True):
        known = set(Experience.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        if set(slugs) <= known:
            return
        if not is_seeded:
            seed_vocabulary()
    raise UnknownExperience(sorted(set(slugs) - known))


def is_superseded(*, reading: Import) -> bool:
    """True if a later reading of the same list has been applied and still holds."""
    later = Import.objects.filter(
        source=reading.source, site=reading.site_id, read_at__gt=reading.read_at
    )
    return later.filter(applied_at__isnull=False, undone_at=None).exists()


def _proposed(row: ImportRow) -> dict[str, object]:
    return {name: pair[1] for name, pair in row.difference.items()}


def _lock(reading: Import) -> Import:
    rows = Import.objects.select_for_update(of=("self",)).select_related("site")
    return rows.get(pk=reading.pk)
