"""Found and change the programme, open and change its sites."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.groups.actions.experiences import seed_vocabulary
from hearthside.groups.actions.roles import give
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Programme, Site
from hearthside.groups.queries.groups import free_slug
from hearthside.groups.queries.programme import has_operator


class AlreadyFounded(Exception):
    """The programme of this installation has an operator, who gives all other roles."""


class ProgrammeDetails(TypedDict, total=False):
    """What a programme says of itself."""

    name: str
    welcome: str
    country: str
    contact_email: str
    visits: int


class SiteDetails(TypedDict, total=False):
    """What a site says of itself."""

    name: str
    country: str
    time_zone: str
    contact_email: str


@transaction.atomic
def found_programme(
    *,
    name: str,
    country: str,
    site_name: str,
    site_zone: str,
    operator: Person,
    now: datetime,
) -> Site:
    """Make the programme, its first site, its first operator and its vocabulary.

    Where a programme is left without any operator (the last one deleted their account), the programme
    is renamed, gets the site beside its others, and the new operator. Raises AlreadyFounded if it has one.
    """
    if has_operator(now=now):
        raise AlreadyFounded
    told = {"name": name, "country": country}
    # A new programme asks for training from its first day; one that is there already keeps what it asks.
    Programme.objects.update_or_create(
        is_only=True, defaults=told, create_defaults={**told, "training_from": now}
    )
    give(kind=RoleKind.OPERATOR, person=operator, by=None, now=now)
    seed_vocabulary()
    return open_site(name=site_name, country=country, time_zone=site_zone)


def change_programme(*, programme: Programme, **details: Unpack[ProgrammeDetails]) -> None:
    """The programme says the given things of itself from now on."""
    for field, value in details.items():
        setattr(programme, field, value)
    programme.save(update_fields=list(details))


def open_site(**details: Unpack[SiteDetails]) -> Site:
    """A new site, at an address made of its name."""
    return Site.objects.create(slug=free_slug(Site, details["name"]), **details)


def change_site(*, site: Site, **details: Unpack[SiteDetails]) -> None:
    """The site says the given things of itself; its address stays, for links out in the world."""
    for field, value in details.items():
        setattr(site, field, value)
    site.save(update_fields=list(details))
