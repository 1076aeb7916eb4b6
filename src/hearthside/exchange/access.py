"""Who may reach what in exchange. A refusal is a 404, so it says nothing about what exists."""

from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from hearthside.accounts.models import Person
from hearthside.exchange.models import CalendarLink, Import, digest_of
from hearthside.groups.access import require_coordinator, rights
from hearthside.groups.models import Group
from hearthside.groups.queries.rights import Reader

__all__ = [
    "calendar_of",
    "group_in_public",
    "import_for",
    "link_for",
    "person",
    "require_coordinator",
]


def import_for(reader: Reader, import_id: UUID) -> Import:
    """The import, for those who coordinate the site that its groups belong to."""
    reading = get_object_or_404(
        Import.objects.select_related("site", "read_by", "applied_by", "undone_by"), pk=import_id
    )
    held = rights(reader)
    if not held.runs(reading.site_id):
        raise Http404
    # Threat: a list read under the name of another site's list would show, and change, that site's groups.
    sites = reading.rows.filter(group__isnull=False).values_list("group__site_id", flat=True)
    if not all(held.runs(site) for site in sites.distinct()):
        raise Http404
    return reading


def person(reader: Reader) -> Person:
    """Who is signed in; 404 for nobody, in case a door forgot to ask."""
    if not isinstance(reader, Person):
        raise Http404
    return reader


def group_in_public(slug: str) -> Group:
    """The group, if anybody may find it."""
    return get_object_or_404(Group.objects.findable(), slug=slug)


def link_for(owner: Person, link_id: UUID, *, now: datetime) -> CalendarLink:
    """One of the person's own addresses."""
    link: CalendarLink = get_object_or_404(
        CalendarLink.objects.of(owner).in_force(now=now), pk=link_id
    )
    return link


def calendar_of(secret: str, *, now: datetime) -> CalendarLink:
    """The address with that secret, as long as its person has not revoked it."""
    # Threat: guessing. The secret has 256 bits, and only its digest is ever compared.
    digest = digest_of(secret)
    found = CalendarLink.objects.in_force(now=now).select_related("person")
    link: CalendarLink = get_object_or_404(found, digest=digest, person__is_active=True)
    return link
