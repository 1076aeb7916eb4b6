"""Who may reach what in placing. A refusal is a 404, so it says nothing about what exists."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from hearthside.groups.access import rights, site_for
from hearthside.groups.models import Group, Site
from hearthside.groups.queries.rights import Reader
from hearthside.placing.models import Invitation, Opening, Request, Run

__all__ = [
    "invitation_for",
    "opening_in",
    "pair_at",
    "request_for",
    "run_for",
    "site_for",
    "sites_of",
]


def request_for(person: Reader, request_id: UUID) -> Request:
    """A person's own request, also when it is over; anyone else's key leads nowhere."""
    # Threat: that somebody waits for a group tells what they live with, even to the one beside them.
    found = Request.objects.select_related("person", "site", "wish__main", "wish__person")
    return get_object_or_404(found, pk=request_id, person=person.pk)


def invitation_for(person: Reader, invitation_id: UUID) -> Invitation:
    """A place that this very person was offered."""
    found = Invitation.objects.select_related("request__person", "request__site", "group__site")
    found = found.prefetch_related("group__experiences__names")
    return get_object_or_404(found, pk=invitation_id, request__person=person.pk)


def run_for(person: Reader, run_id: UUID) -> Run:
    """A run, for those who coordinate its site: it tells what the people who wait there live with."""
    run = get_object_or_404(Run.objects.select_related("site", "by"), pk=run_id)
    if not rights(person).runs(run.site_id):
        raise Http404
    return run


def opening_in(run: Run, opening_id: UUID) -> Opening:
    """A group that this run found could open."""
    return get_object_or_404(
        run.openings.select_related("run__site", "experience", "group"), pk=opening_id
    )


def pair_at(person: Reader, site: Site, request_id: UUID, group_id: UUID) -> tuple[Request, Group]:
    """Somebody who waits at the site and a group of it; what is another site's leads nowhere."""
    if not rights(person).runs(site.pk):
        raise Http404
    request = get_object_or_404(Request.objects.open().at(site), pk=request_id)
    return request, get_object_or_404(Group.objects.at(site), pk=group_id)


def sites_of(person: Reader) -> list[Site]:
    """The sites that somebody coordinates."""
    own = rights(person)
    return [site for site in Site.objects.all() if own.runs(site.pk)]
