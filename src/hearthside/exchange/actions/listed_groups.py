"""Groups that come from published lists, many at once: made, changed, changed back, taken back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from hearthside.accounts.models import Person
from hearthside.exchange.actions import timetables
from hearthside.exchange.models import ImportRow
from hearthside.exchange.queries.proposals import says_now
from hearthside.exchange.queries.schedules import schedule_now
from hearthside.groups.enums import Course, Openness, Stage
from hearthside.groups.models import (
    Experience,
    GroundRules,
    Group,
    Membership,
    Role,
    Site,
    StageChange,
)
from hearthside.groups.queries.groups import RESERVED_SLUGS
from hearthside.groups.queries.words import default_ground_rules
from hearthside.meetings.models import Series

AT_ONCE = 500
SLUG_LENGTH = 75
SIZES = {"size_min": 3, "size_max": 30}
# Kept in tables of their own.
RELATED = ("experiences", "schedule")


@transaction.atomic
def make(
    *, rows: Sequence[ImportRow], site: Site, source: str, by: Person | None, now: datetime
) -> None:
    """An open group for each row, with ground rules and its timetable; each row learns its group.

    A list says nothing of size or age, so a group takes as many as any may; one that names no age is for adults.
    """
    slugs = _Slugs()
    for row in rows:
        own = {name: value for name, value in row.proposed.items() if name not in RELATED}
        row.group = Group(
            site=site,
            slug=slugs.free(row.name),
            source=source,
            source_slug=row.slug,
            openness=Openness.OPEN,
            course=Course.DROP_IN,
            age_from=0,
            opened_at=now,
            **SIZES,
            **own,
        )
    groups = [row.group for row in rows if row.group]
    Group.objects.bulk_create(groups, batch_size=AT_ONCE)
    _say_experiences({row.group_id: row.proposed["experiences"] for row in rows if row.group_id})
    GroundRules.objects.bulk_create(
        [_ground_rules(group, by=by, now=now) for group in groups], batch_size=AT_ONCE
    )
    _note_stages(groups, by=by, now=now)
    timetables.begin(
        schedules={row.group_id: row.proposed["schedule"] for row in rows if row.group_id}, now=now
    )


@transaction.atomic
def change(*, changes: Mapping[UUID, Mapping[str, Any]], by: Person | None, now: datetime) -> None:
    """Each group says the given things of itself; a change of timetable tells whoever has a seat."""
    if not changes:
        return
    groups = Group.objects.select_for_update(of=("self",)).in_bulk(list(changes))
    restaged = []
    for group_id, group in groups.items():
        for name, value in changes[group_id].items():
            if name not in RELATED:
                setattr(group, name, value)
        group.changed_at = now
        if "stage" in changes[group_id]:
            group.opened_at = group.opened_at or now
            restaged.append(group)
    fields = {name for each in changes.values() for name in each if name not in RELATED}
    Group.objects.bulk_update(
        groups.values(), [*fields, "changed_at", "opened_at"], batch_size=AT_ONCE
    )
    _note_stages(restaged, by=by, now=now)
    _say_experiences(
        {key: each["experiences"] for key, each in changes.items() if "experiences" in each}
    )
    timetables.change(
        schedules={key: each["schedule"] for key, each in changes.items() if "schedule" in each},
        by=by,
        now=now,
    )


@transaction.atomic
def change_back(
    *, differences: Mapping[UUID, Mapping[str, Any]], by: Person | None, now: datetime
) -> None:
    """Each group says again what it said before [before, since], where nobody has changed it since."""
    groups = Group.objects.filter(pk__in=list(differences)).prefetch_related("experiences")
    series = Series.objects.filter(group__in=list(differences), ended_at=None).order_by(
        "-starts_local"
    )
    schedules = {each.group_id: schedule_now(each) for each in series}
    former = {}
    for group in groups:
        now_said = says_now(group, schedules.get(group.pk))
        former[group.pk] = {
            name: before
            for name, (before, since) in differences[group.pk].items()
            if now_said[name] == since
        }
    change(changes=former, by=by, now=now)


@transaction.atomic
def take_back(*, group_ids: Collection[UUID], by: Person | None, now: datetime) -> None:
    """The groups are gone; one that somebody has joined or leads is paused instead."""
    groups = list(Group.objects.select_for_update(of=("self",)).filter(pk__in=list(group_ids)))
    joined = set(Membership.objects.filter(group__in=groups).values_list("group_id", flat=True))
    joined |= set(Role.objects.filter(group__in=groups).values_list("group_id", flat=True))
    change(
        changes={
            group.pk: {"stage": Stage.PAUSED}
            for group in groups
            if group.pk in joined and group.stage == Stage.OPEN
        },
        by=by,
        now=now,
    )
    Group.objects.filter(pk__in=[group.pk for group in groups if group.pk not in joined]).delete()


class _Slugs:
    """Addresses that no group has yet, without asking the database for each."""

    def __init__(self) -> None:
        self.taken = {*Group.objects.values_list("slug", flat=True), *RESERVED_SLUGS}
        self.numbers: dict[str, int] = {}

    def free(self, name: str) -> str:
        start = slugify(name)[: SLUG_LENGTH - 5].strip("-") or "group"
        slug = start
        while slug in self.taken:
            self.numbers[start] = self.numbers.get(start, 1) + 1
            slug = f"{start}-{self.numbers[start]}"
        self.taken.add(slug)
        return slug


def _say_experiences(chosen: Mapping[UUID, Sequence[str]]) -> None:
    if not chosen:
        return
    slugs = {slug for each in chosen.values() for slug in each}
    known = dict(Experience.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    links = Group.experiences.through.objects
    links.filter(group__in=list(chosen)).delete()
    links.bulk_create(
        [
            Group.experiences.through(group_id=group_id, experience_id=known[slug])
            for group_id, each in chosen.items()
            for slug in each
            if slug in known
        ],
        batch_size=AT_ONCE,
    )


def _ground_rules(group: Group, *, by: Person | None, now: datetime) -> GroundRules:
    text = default_ground_rules(group.languages[0])
    return GroundRules(group=group, version=1, text=text, written_by=by, written_at=now)


def _note_stages(groups: Sequence[Group], *, by: Person | None, now: datetime) -> None:
    StageChange.objects.bulk_create(
        [StageChange(group=group, stage=group.stage, by=by, at=now) for group in groups],
        batch_size=AT_ONCE,
    )
