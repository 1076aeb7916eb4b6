"""Groups as pages need them: the team, what is missing, the list of a site, the people in one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind, Stage, Standing
from hearthside.groups.models import Experience, Group, Membership, Role, Site
from hearthside.groups.models.role import GROUP_KINDS
from hearthside.groups.queries.belonging import rules_in_force
from hearthside.groups.queries.training import with_leading
from hearthside.groups.queries.under_eighteen import age_refusals, setting_of

RESERVED_SLUGS = frozenset({"new"})


@dataclass(frozen=True)
class Team:
    """Who leads a group and who greets newcomers, each with the role they hold."""

    facilitators: Sequence[Role] = ()
    greeters: Sequence[Role] = ()

    @property
    def greeter(self) -> Person | None:
        """Who meets a newcomer: a greeter, or else whoever leads the group."""
        roles = [*self.greeters, *self.facilitators]
        return roles[0].person if roles else None

    @property
    def is_in_training(self) -> bool:
        """True if somebody is named to lead, and none of them may lead a meeting yet."""
        return bool(self.facilitators) and not any(role.may_lead for role in self.facilitators)


@dataclass(frozen=True)
class SiteRow:
    """One group in a coordinator's list: how many belong, how many ask, and who leads it."""

    group: Group
    belonging: int
    asking: int
    team: Team


@dataclass(frozen=True)
class People:
    """Everyone in a group, as its facilitators see them."""

    asking: Sequence[Membership]
    visiting: Sequence[Membership]
    members: Sequence[Membership]
    team: Team


def team_of(group: Group, *, now: datetime) -> Team:
    """The facilitators and greeters in force, longest serving first."""
    return _team(_team_roles(now=now).filter(group=group))


def gaps_before_opening(group: Group, *, now: datetime) -> dict[str, str]:
    """What the group still lacks before it can open: the field (or page) to a plain sentence."""
    gaps = group.gaps()
    if rules_in_force(group) is None:
        gaps["ground_rules"] = _("Write its ground rules.")
    team = team_of(group, now=now)
    if not team.facilitators:
        gaps["facilitator"] = _("Say who leads it.")
    elif group.is_young() and team.is_in_training:
        gaps["facilitator"] = _(
            "Nobody who leads it is trained and signed yet, and it is for young people."
        )
    return gaps | dict(age_refusals(setting_of(group), group=group))


def site_rows(site: Site, *, now: datetime) -> list[SiteRow]:
    """Every group of a site that has not ended, with its numbers, in two queries."""
    in_force = Q(memberships__until_at=None) | Q(memberships__until_at__gt=now)
    asked = Q(memberships__standing=Standing.ASKED)
    groups: Iterable[Any] = (
        Group.objects.at(site)
        .exclude(stage=Stage.ENDED)
        .annotate(
            belonging=Count("memberships", filter=in_force & ~asked),
            asking=Count("memberships", filter=in_force & asked),
        )
        .prefetch_related(Prefetch("roles", _team_roles(now=now), to_attr="team_roles"))
    )
    return [
        SiteRow(group, group.belonging, group.asking, _team(group.team_roles)) for group in groups
    ]


def people_of(group: Group, *, now: datetime) -> People:
    """Who asks, visits, belongs, leads and greets, in two queries."""
    memberships = list(
        Membership.objects.in_force(now=now)
        .filter(group=group)
        .select_related("person")
        .order_by("from_at", "id")
    )
    by_standing = {
        standing: [one for one in memberships if one.standing == standing] for standing in Standing
    }
    return People(
        asking=by_standing[Standing.ASKED],
        visiting=by_standing[Standing.VISITING],
        members=by_standing[Standing.MEMBER],
        team=team_of(group, now=now),
    )


def person_called(pseudonym: str) -> Person | None:
    """The one person who goes by that pseudonym, however it is written in capitals."""
    return Person.objects.called(pseudonym).filter(is_active=True).first()


def free_slug(model: type[Group] | type[Site] | type[Experience], name: str) -> str:
    """An address made of the name that no other row of that kind has yet."""
    length = model._meta.get_field("slug").max_length or 50  # noqa: SLF001 - Django's public Meta
    start = slugify(name)[: length - 5].strip("-") or "group"
    taken = set(model.objects.filter(slug__startswith=start).values_list("slug", flat=True))
    taken |= RESERVED_SLUGS
    if start not in taken:
        return start
    return next(slug for n in range(2, len(taken) + 3) if (slug := f"{start}-{n}") not in taken)


def _team_roles(*, now: datetime) -> QuerySet[Role]:
    roles = (
        Role.objects.in_force(now=now)
        .filter(kind__in=GROUP_KINDS, person__is_active=True)
        .select_related("person__shield")
        .order_by("from_at", "id")
    )
    return with_leading(roles, now=now)


def _team(roles: QuerySet[Role] | list[Role]) -> Team:
    held = list(roles)
    return Team(
        facilitators=[role for role in held if role.kind == RoleKind.FACILITATOR],
        greeters=[role for role in held if role.kind == RoleKind.GREETER],
    )
