"""Who waits at a site, and who sits in its groups already: rows in, plain values out."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from hearthside.groups.enums import Standing
from hearthside.groups.models import Experience, Group, Membership, Site
from hearthside.placing.models import Invitation, Request
from peerkit.matching import Tree

NEW_FOR: Final = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody who has a place in a group, or is offered one. `main` is "" where they never told us."""

    id: str
    person: UUID
    group: UUID
    is_new: bool
    main: str = ""


def requests_at(site: Site) -> QuerySet[Request]:
    """Everybody who waits at the site, longest first, with their wish."""
    return (
        Request.objects.open()
        .at(site)
        .filter(person__is_active=True)
        .select_related("person", "site", "wish__main")
        .order_by("from_at", "pk")
    )


def unanswered(site: Site, *, now: datetime) -> QuerySet[Invitation]:
    """Places of the site that are offered and not answered: each keeps a seat free."""
    return (
        Invitation.objects.standing(now=now)
        .filter(group__site=site)
        .select_related("request__wish__main", "request__person", "group")
    )


def sitters(groups: Collection[Group], *, now: datetime) -> list[Sitter]:
    """Everybody who belongs to one of the groups, or was offered a place there, in two queries."""
    return [*_belonging(groups, now=now), *_offered(groups, now=now)]


def alike(tree: Tree, slug: str) -> str:
    """What somebody lives with, at the level at which people are counted as alike.

    The vocabulary has about 20 branches ("long-term illness"), some 150 things below them ("diabetes")
    and a few finer ones. People of one branch may share nothing (epilepsy, diabetes), and those of a
    finer word share what stands above it. So the second level counts; who named a branch counts there.
    """
    line = (slug, *tree.ancestors(slug))
    return line[-2] if len(line) > 1 else slug


def tree_of_experiences() -> Tree:
    """Which experience is part of which, in one query."""
    rows = Experience.objects.values_list("slug", "parent__slug")
    return Tree({slug: parent for slug, parent in rows if parent})


def topics(groups: Collection[Group], tree: Tree) -> dict[UUID, list[str]]:
    """What each group is about, at the level at which people are alike, in one query."""
    links = Group.experiences.through.objects.filter(group__in=groups)
    found: dict[UUID, set[str]] = defaultdict(set)
    for group, slug in links.values_list("group_id", "experience__slug"):
        found[group].add(alike(tree, slug))
    return {group: sorted(slugs) for group, slugs in found.items()}


def experiences_of(
    people: Sequence[Sitter], about: Mapping[UUID, Sequence[str]], tree: Tree
) -> dict[str, str]:
    """What everybody who sits lives with, by id.

    Who never told us lives with what their group is about. Where a group is about several things, they
    are taken to be spread over them, two by two: nobody who sits there is made the only one.
    """
    told = {one.id: alike(tree, one.main) for one in people if one.main}
    silent: dict[UUID, list[str]] = defaultdict(list)
    for one in people:
        if not one.main:
            silent[one.group].append(one.id)
    for group, ids in silent.items():
        among = about.get(group) or [""]
        told |= {name: among[number // 2 % len(among)] for number, name in enumerate(sorted(ids))}
    return told


def _belonging(groups: Collection[Group], *, now: datetime) -> list[Sitter]:
    rows = (
        Membership.objects.belonging(now=now)
        .filter(group__in=groups)
        .order_by("from_at", "pk")
        .values_list(
            "pk", "person_id", "group_id", "standing", "from_at", "person__wish__main__slug"
        )
    )
    return [
        Sitter(
            f"sits:{key}",
            person,
            group,
            standing == Standing.VISITING or now - since < NEW_FOR,
            main or "",
        )
        for key, person, group, standing, since, main in rows
    ]


def _offered(groups: Collection[Group], *, now: datetime) -> list[Sitter]:
    rows = (
        Invitation.objects.standing(now=now)
        .filter(group__in=groups)
        .order_by("at", "pk")
        .values_list(
            "pk",
            "request__person_id",
            "group_id",
            "request__wish__is_new",
            "request__wish__main__slug",
        )
    )
    return [
        Sitter(f"offered:{key}", person, group, is_new, main or "")
        for key, person, group, is_new, main in rows
    ]


def weeks_waited(request: Request, *, now: datetime) -> int:
    """Whole weeks since somebody asked."""
    return max((now - request.from_at) // timedelta(weeks=1), 0)
