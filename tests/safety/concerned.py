"""Shorthands of the tests of concerns: somebody raises one, and people are on duty."""

from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid4

from tests import world
from tests.meetings.people import reachable
from tests.world import NOW

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.safety.actions import concerns
from hearthside.safety.actions.concerns import Telling
from hearthside.safety.enums import Lane, SubjectKind
from hearthside.safety.models import Concern, Shift
from hearthside.safety.ports import Subject
from hearthside.safety.queries.concerns import Watch, watch


def about(*people: Person, group: UUID | None = None, label: str = "A group") -> Subject:
    """Something that these people are part of."""
    keys = frozenset(each.pk for each in people)
    return Subject(SubjectKind.GROUP, uuid4(), label, people=keys, group=group)


def raised(
    by: Person | None,
    lane: Lane = Lane.TELL,
    subject: Subject | None = None,
    *,
    words: str = "It was not right.",
    now: datetime = NOW,
    once: UUID | None = None,
) -> Concern:
    telling = Telling(lane, subject or about(), words, once or uuid4())
    return concerns.raise_concern(telling=telling, by=by, now=now)


def called(by: Person | None = None, subject: Subject | None = None, **told: Any) -> Concern:
    """Somebody may be in danger now."""
    return raised(by, Lane.NOW, subject, words="Please come.", **told)


def lead(who: Person | None = None) -> Person:
    """A safety lead who can be written to."""
    return world.role(RoleKind.SAFETY_LEAD, reachable(who))


def on_duty(who: Person | None = None, *, is_reachable: bool = True, **hours: Any) -> Person:
    """Somebody with a role of another kind, who is on duty around the clock on every day unless it says when."""
    who = who or world.role(RoleKind.EVALUATOR)
    if is_reachable:
        reachable(who)
    days = [hours.pop("weekday")] if "weekday" in hours else range(7)
    defaults: dict[str, Any] = {
        "begins": time(0), "ends": time(0), "zone": "UTC", "from_at": world.NOW.replace(year=2025),
    }  # fmt: skip
    for day in days:
        Shift.objects.create(person=who, weekday=day, **{**defaults, **hours})
    return who


def fresh(concern: Concern) -> Concern:
    return Concern.objects.with_people().get(pk=concern.pk)


def watched(concern: Concern, *, now: datetime = NOW) -> Watch:
    return watch([fresh(concern)], now=now)


def readers(concern: Concern, *, now: datetime = NOW) -> set[Person]:
    return set(watched(concern, now=now).readers_of(fresh(concern)))
