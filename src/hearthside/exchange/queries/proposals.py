"""What a reading of a list would change: row by row, against what the list said last time.

A field is proposed only when the list itself changed it. What a coordinator wrote here since the last
import is theirs, and reading the same list again changes nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from hearthside.exchange.models import ImportRow, RowChange
from hearthside.exchange.queries.listings import Choices, details_of
from hearthside.exchange.queries.lists import Feed, Row, as_plain
from hearthside.exchange.queries.schedules import schedule_now
from hearthside.groups.enums import Stage
from hearthside.groups.models import Group
from hearthside.meetings.models import Series


@dataclass(frozen=True, slots=True)
class Known:
    """A group that came from this list before: what it says now, and what the list said of it last."""

    group_id: UUID
    name: str
    says: Mapping[str, Any]
    listed: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """One row: how it was read and what it would change."""

    index: int
    slug: str
    name: str
    outcome: str
    change: RowChange
    notes: tuple[dict[str, str], ...] = ()
    proposed: Mapping[str, Any] = field(default_factory=dict)
    difference: Mapping[str, Any] = field(default_factory=dict)
    group_id: UUID | None = None

    def is_findable(self) -> bool:
        """True if people would find the group with its next meeting."""
        return self.proposed.get("stage") == Stage.OPEN and bool(self.proposed.get("schedule"))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A whole reading: its rows in order, then the groups that are no longer in the list."""

    choices: Choices
    rows: tuple[ProposedRow, ...]
    notes: tuple[dict[str, str], ...] = ()

    @property
    def listed(self) -> list[ProposedRow]:
        return [row for row in self.rows if row.change != RowChange.GONE]

    @property
    def findable(self) -> int:
        return sum(row.is_findable() for row in self.rows)

    @property
    def zone(self) -> str:
        """The clock that most of its meetings keep."""
        zones = Counter(
            row.proposed["schedule"]["zone"] for row in self.rows if row.proposed.get("schedule")
        )
        return zones.most_common(1)[0][0] if zones else self.choices.zone or "UTC"

    def outcomes(self) -> Counter[str]:
        return Counter(row.outcome for row in self.listed)

    def changes(self) -> Counter[RowChange]:
        return Counter(row.change for row in self.rows)

    def changes_something(self) -> bool:
        return any(row.change in RowChange.effective() for row in self.rows)


def proposal(feed: Feed, choices: Choices, known: Mapping[str, Known]) -> Proposal:
    """What reading this list would change in the groups known from it, by their short names in it."""
    rows = [_proposed(row, choices, known.get(row.slug)) for row in feed.rows]
    seen = {row.slug for row in feed.rows}
    gone = (_gone(slug, one) for slug, one in known.items() if slug not in seen)
    return Proposal(
        choices=choices,
        rows=(*rows, *filter(None, gone)),
        notes=tuple(as_plain(note) for note in feed.repairs),
    )


def known_groups(source: str) -> dict[str, Known]:
    """The groups that came from this list, by their short names in it, in five queries."""
    groups = Group.objects.filter(source=source).prefetch_related("experiences")
    listed = _listed_last(source)
    schedules = _schedules(source)
    return {
        group.source_slug: Known(
            group.pk, group.name, says_now(group, schedules.get(group.pk)), listed.get(group.pk, {})
        )
        for group in groups
    }


def says_now(group: Group, schedule: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a group says of itself, in the shape of `details_of`."""
    own = {
        name: getattr(group, name)
        for name in (
            "name", "summary", "what_happens", "languages", "access", "comfort", "format", "link", "phone",
            "joining_notes", "venue", "address", "locality", "latitude", "longitude", "gender", "stage",
        )
    }  # fmt: skip
    experiences = sorted(experience.slug for experience in group.experiences.all())
    return {**own, "experiences": experiences, "schedule": schedule}


def _proposed(row: Row, choices: Choices, known: Known | None) -> ProposedRow:
    read = ProposedRow(
        index=row.index,
        slug=row.slug,
        name=row.name[:255],
        outcome=row.outcome.value,
        # Without a listing, a row is refused, or joined with an earlier one that speaks for both.
        change=RowChange.REFUSED if row.outcome.value == RowChange.REFUSED else RowChange.SAME,
        notes=tuple(as_plain(note) for note in row.notes),
        group_id=known.group_id if known else None,
    )
    if row.listing is None:
        return read
    details = details_of(row.listing, choices)
    if known is None:
        return replace(read, change=RowChange.NEW, proposed=details)
    difference = dict(_differences(details, known))
    change = RowChange.CHANGED if difference else RowChange.SAME
    return replace(read, change=change, proposed=details, difference=difference)


def _differences(details: Mapping[str, Any], known: Known) -> Iterator[tuple[str, list[Any]]]:
    for name, value in details.items():
        is_new_in_list = name not in known.listed or known.listed[name] != value
        if is_new_in_list and known.says[name] != value:
            yield name, [known.says[name], value]


def _gone(slug: str, known: Known) -> ProposedRow | None:
    if known.says["stage"] != Stage.OPEN:
        return None
    paused = Stage.PAUSED.value
    return ProposedRow(
        index=0,
        slug=slug,
        name=known.name,
        outcome="",
        change=RowChange.GONE,
        proposed={"stage": paused},
        difference={"stage": [known.says["stage"], paused]},
        group_id=known.group_id,
    )


def _listed_last(source: str) -> dict[UUID, dict[str, Any]]:
    """Field by field, the last that a coordinator approved of what the list said."""
    rows = ImportRow.objects.approved().filter(
        reading__source=source, reading__undone_at=None, group__isnull=False
    )
    listed: dict[UUID, dict[str, Any]] = {}
    for group_id, proposed in rows.order_by("approved_at").values_list("group_id", "proposed"):
        listed.setdefault(group_id, {}).update(proposed)
    return listed


def _schedules(source: str) -> dict[UUID, dict[str, Any]]:
    running = Series.objects.filter(group__source=source, ended_at=None).order_by("-starts_local")
    # The oldest wins: it is the one that came with the group.
    return {series.group_id: schedule_now(series) for series in running}
