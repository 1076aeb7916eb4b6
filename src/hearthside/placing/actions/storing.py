"""Keeping what a run found: a row for everybody who waits, and its sums in codes."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from hearthside.finder.enums import Way
from hearthside.groups.models import Experience, Group
from hearthside.placing import reports
from hearthside.placing.models import Opening, Proposal, Request, Run
from hearthside.placing.queries.trials import Outcome


def keep(*, run: Run, outcome: Outcome) -> None:
    """Write the openings and the proposals of a run that has neither, inside a transaction.

    Who waits no more, and groups that are gone since the run began, are left out.
    """
    requests = _held(Request.objects.open().filter(pk__in=outcome.case.requests))
    groups = _held(Group.objects.filter(pk__in=outcome.case.groups))
    placed = {name: group for name, group in outcome.placed.items() if group in groups}
    openings = _openings(run, outcome)
    Proposal.objects.bulk_create(
        [
            Proposal(
                run=run,
                request=request,
                group_id=placed.get(name),
                opening=None if name in placed else openings.get(name),
                fit=reports.fit_of(outcome, name),
                reasons=reports.reasons_of(outcome, name),
                why_not=reports.why_not_of(outcome, name),
            )
            for name, request in outcome.case.requests.items()
            if name in requests
        ],
        batch_size=500,
    )


def _held(rows: QuerySet[Any]) -> set[str]:
    """The keys of those that are still there; none goes before the proposals are kept."""
    locked = rows.order_by("pk").select_for_update(no_key=True)
    return set(map(str, locked.values_list("pk", flat=True)))


def _openings(run: Run, outcome: Outcome) -> Mapping[str, Opening]:
    """The openings as rows, by the id of everybody who would come to one."""
    slugs = {one.experience for one in outcome.openings}
    experiences = {one.slug: one for one in Experience.objects.filter(slug__in=slugs)}
    found: dict[str, Opening] = {}
    for one in outcome.openings:
        if one.experience not in experiences:
            continue
        row = Opening.objects.create(
            run=run,
            experience=experiences[one.experience],
            language=one.language,
            way=one.way,
            place=run.site.name if one.way == Way.IN_PERSON else "",
            weekday=one.weekday,
            minute=one.minute,
            zone=one.zone,
            people=len(one.members),
        )
        found |= dict.fromkeys(one.members, row)
    return found
