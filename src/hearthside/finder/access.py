"""Who may reach what in the finder. A refusal is a 404, so it says nothing about what exists."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from hearthside.finder.models import Weighting, Wish
from hearthside.finder.queries.impressions import visits_of_one
from hearthside.finder.queries.wishes import wish_of
from hearthside.groups.access import rights
from hearthside.groups.queries.rights import Reader
from hearthside.meetings.models import Attendance


def wish_for(person: Reader) -> Wish:
    """The person's own wish; there is no way to anybody else's."""
    found = wish_of(person)
    if found is None:
        raise Http404
    return found


def visit_for(person: Reader, meeting_id: UUID) -> Attendance:
    """The person's own visit to a meeting, for as long as we ask how it felt.

    Threat: somebody with a role asks how a visit felt to another. The visit is looked up among the
    asker's own, so that no role leads anywhere.
    """
    return get_object_or_404(visits_of_one(person), meeting=meeting_id)


def require_programme(person: Reader) -> None:
    """The weights are for those who run the programme."""
    if not rights(person).runs_programme:
        raise Http404


def weighting_for(person: Reader, version_id: UUID) -> Weighting:
    """An earlier version of the weights, for those who run the programme."""
    require_programme(person)
    return get_object_or_404(Weighting, pk=version_id)
