"""Where a run stands: alive or dead, and what has changed at its site since it was made."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hearthside.groups.models import Group, Site
from hearthside.placing.enums import Answer, Stand
from hearthside.placing.models import Decision, Invitation, Run
from hearthside.placing.queries import people

# A run says every second that it lives, for itself and for those that wait for their turn; one that has
# not begun waits for the worker.
SILENT_FOR: Final = timedelta(seconds=45)
UNBEGUN_FOR: Final = timedelta(minutes=5)
RUNS_SHOWN: Final = 10
STEPS: Final = {
    "waiting": gettext_lazy("About to begin"),
    "queued": gettext_lazy("Another run is being worked on. This one begins after it."),
    "loading": gettext_lazy("Getting ready. The first time on a machine this takes a minute."),
    "reading": gettext_lazy("Reading who waits and what fits them"),
    "improving": gettext_lazy("Looking for better places"),
}


def is_dead(run: Run, now: datetime) -> bool:
    """True for a run that nobody works on any more, though it is not over."""
    beat = run.progress.get("beat_at")
    last = datetime.fromisoformat(beat) if beat else run.begun_at or run.asked_at
    if run.stand == Stand.WAITING:
        return now - last > UNBEGUN_FOR
    return run.stand == Stand.RUNNING and now - last > SILENT_FOR


def runs_at(site: Site) -> list[Run]:
    """The newest runs of the site, newest first."""
    return list(Run.objects.filter(site=site).select_related("by")[:RUNS_SHOWN])


def last_done(site: Site) -> Run | None:
    """The newest run that came to its end."""
    return Run.objects.filter(site=site, stand=Stand.DONE).first()


def places_left(site: Site, *, now: datetime) -> dict[UUID, int]:
    """How many more people each open group of the site could take, in three queries."""
    groups = list(Group.objects.findable().at(site).order_by("slug"))
    taken = Counter(one.group for one in people.sitters(groups, now=now))
    return {group.pk: max(group.size_max - taken[group.pk], 0) for group in groups}


def seen(site: Site, *, now: datetime) -> dict[str, Any]:
    """What a run set out from, short enough to be kept with it and compared later."""
    requests = people.requests_at(site)
    decided = Decision.objects.filter(request__in=requests)
    return {
        "wishes": {str(one.pk): one.sought.changed_at.isoformat() for one in requests},
        "places": {str(group): left for group, left in places_left(site, now=now).items()},
        "decided": sorted(f"{one.request_id}:{one.group_id}:{one.verdict}" for one in decided),
    }


def changes(run: Run, *, now: datetime) -> list[str]:
    """What is different at the site since the run, in sentences; none for one that is fresh.

    What came of the run itself is no surprise: its own invitations, and those who said yes to them.
    """
    then: Mapping[str, Any] = run.result.get("seen") or {}
    if not then:
        return []
    today = seen(run.site, now=now)
    for offer in Invitation.objects.filter(proposal__run=run).exclude(answer=Answer.DECLINED):
        if not (offer.answer or offer.stands(now=now)):
            continue
        group, request = str(offer.group_id), str(offer.request_id)
        today["places"][group] = today["places"].get(group, 0) + 1
        if offer.answer and request in then["wishes"]:
            today["wishes"][request] = then["wishes"][request]
    return _told(then, today)


def _told(then: Mapping[str, Any], today: Mapping[str, Any]) -> list[str]:
    before, after = then["wishes"], today["wishes"]
    came, left = len(after.keys() - before.keys()), len(before.keys() - after.keys())
    changed = sum(before[one] != after[one] for one in before.keys() & after.keys())
    groups = then["places"].keys() | today["places"].keys()
    fuller = sum(then["places"].get(one) != today["places"].get(one) for one in groups)
    counted = (
        (came, ngettext("%d more person waits now.", "%d more people wait now.", came)),
        (left, ngettext("%d person waits no more.", "%d people wait no more.", left)),
        (
            changed,
            ngettext(
                "%d person has changed what they look for.",
                "%d people have changed what they look for.",
                changed,
            ),
        ),
        (
            fuller,
            ngettext(
                "%d group has another number of free places.",
                "%d groups have another number of free places.",
                fuller,
            ),
        ),
    )
    sentences = [words % count for count, words in counted if count]
    if then["decided"] != today["decided"]:
        sentences.append(_("You have decided something since."))
    return sentences


@dataclass(frozen=True)
class Pace:
    """How far a run at work is, as its page says it."""

    step: str
    percent: str
    share: float
    seconds: int
    most: int
    is_stopping: bool


@dataclass(frozen=True)
class Sums:
    """What a run amounts to. `percent` is rounded down: it is proven, so it may not say too much."""

    waiting: int
    invited: int
    placed: int
    worst: int
    percent: str
    missing: str
    seconds: int
    is_optimal: bool
    was_stopped: bool


@dataclass(frozen=True)
class Inviting:
    """How far the invitations are that a coordinator asked for: `done` of `all`."""

    done: int
    all: int


def inviting(run: Run) -> Inviting | None:
    """What is still to be invited in the background, if anybody is."""
    accepted = run.proposals.accepted()
    newest = accepted.filter(settled_at=None).aggregate(at=Max("accepted_at"))["at"]
    if newest is None:
        return None
    batch = accepted.filter(accepted_at=newest)
    return Inviting(batch.exclude(settled_at=None).count(), batch.count())


def has_invited(run: Run) -> bool:
    """True if anybody was ever invited from the run, whatever became of it."""
    return Invitation.objects.filter(proposal__run=run).exists()


def pace_of(run: Run, *, now: datetime) -> Pace:
    """The latest word of a run at work."""
    told = run.progress
    begun = run.begun_at or run.asked_at
    return Pace(
        step=str(STEPS.get(told.get("step", "waiting"), STEPS["improving"])),
        percent=floored(told.get("share", 0.0)),
        share=told.get("share", 0.0),
        seconds=int((now - begun).total_seconds()),
        most=int(run.settings.get("seconds", 0)),
        is_stopping=run.stop_asked_at is not None,
    )


def sums_of(run: Run) -> Sums:
    """The sums of a run that is done."""
    told = run.result
    share = min(told["share"], 1.0)
    return Sums(
        waiting=told["waiting"],
        invited=told.get("invited", 0),
        placed=told["placed"],
        worst=round(told["worst"] / 10),
        percent=floored(share),
        missing=floored(1 - float(floored(share)) / 100 + 1e-9),
        seconds=max(round(told["seconds"]), 1),
        is_optimal=told["is_optimal"],
        was_stopped=told["was_stopped"],
    )


def floored(share: float) -> str:
    """A share in per cent with one digit, never more than it is."""
    return f"{int(share * 1000 + 1e-9) / 10:g}"
