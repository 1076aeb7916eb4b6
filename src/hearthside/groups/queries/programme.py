"""The programme and its sites, as pages need them."""

from datetime import datetime
from typing import Final

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Count, Q, QuerySet

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind, Stage
from hearthside.groups.models import Programme, Role, Site
from hearthside.groups.queries.rights import Rights
from hearthside.kit.prepared import Prepared

VISITS_BY_DEFAULT = 3
_COLUMNS: Final = [field.attname for field in Programme._meta.concrete_fields]  # noqa: SLF001 - Django documents it
_THE_ONE: Final = Prepared(
    lambda _none: Programme.objects.order_by("pk").values_list(*_COLUMNS)[:1]
)


def programme() -> Programme | None:
    """The one programme; none before the installation has been set up."""
    rows = _THE_ONE.rows()
    return Programme.from_db(DEFAULT_DB_ALIAS, _COLUMNS, rows[0]) if rows else None


def visits_allowed() -> int:
    """How many meetings somebody may visit before they are asked to stay."""
    found = programme()
    return found.visits if found else VISITS_BY_DEFAULT


def home_country() -> str:
    """The programme's own country, or nothing before it is set up."""
    found = programme()
    return found.country if found else ""


def sites_run_by(rights: Rights) -> QuerySet[Site]:
    """The sites that the person coordinates, with `open_groups`, `drafts` and `paused_groups`."""
    mine = Q() if rights.runs_programme else Q(pk__in=rights.coordinates)
    return Site.objects.filter(mine).annotate(
        open_groups=Count("groups", filter=Q(groups__stage=Stage.OPEN)),
        drafts=Count("groups", filter=Q(groups__stage=Stage.DRAFT)),
        paused_groups=Count("groups", filter=Q(groups__stage=Stage.PAUSED)),
    )


def sites_open_to(rights: Rights) -> QuerySet[Site]:
    """Where the person may start a new group: sites they coordinate, or already facilitate at."""
    if rights.runs_programme:
        return Site.objects.all()
    return Site.objects.filter(
        Q(pk__in=rights.coordinates) | Q(groups__in=rights.facilitates)
    ).distinct()


def roles_in_force(*, now: datetime) -> QuerySet[Role]:
    """Every role over a site or the programme, in one query; teams are on their groups' pages."""
    return (
        Role.objects.in_force(now=now)
        .filter(group=None)
        .select_related("person", "site", "given_by")
        .order_by("kind", "site__name", "person__pseudonym")
    )


def has_operator(*, now: datetime) -> bool:
    """True once somebody runs this installation."""
    return Role.objects.in_force(now=now).filter(kind=RoleKind.OPERATOR).exists()


def people_with_roles(*, now: datetime) -> QuerySet[Person]:
    """Everyone who may see what belongs to others."""
    return Person.objects.filter(roles__in=Role.objects.in_force(now=now)).distinct()


def countries_served() -> list[str]:
    """The countries of the programme and of its sites, as ISO codes in order."""
    known = {home_country(), *Site.objects.values_list("country", flat=True)}
    return sorted(known - {""})
