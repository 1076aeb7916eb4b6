"""Facilitators of the demonstration: all trained and signed but one, who is on the way."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Final

from hearthside.accounts.models import Person
from hearthside.groups.enums import ObservedPoint, RoleKind, VettingOutcome
from hearthside.groups.models import (
    Group,
    ModuleWork,
    Observation,
    Programme,
    Role,
    SignOff,
    Vetting,
)
from hearthside.groups.queries.training_texts import modules

# Beside whoever leads these groups, and so far on the way.
IN_TRAINING: Final = ("Lantern", ("the-open-kitchen", "dementia-carers"))
RENEWS_SOON: Final = "Juniper"
DONE: Final = 4
YEARS: Final = timedelta(days=730)
WORDS: Final = (
    "Calm and warm. Next time, say the minutes for each before the round.",
    "Stayed with a long silence, and it was worth it. Try ending two minutes earlier.",
    "Stopped advice kindly, twice. The closing round was lovely.",
)


def train(*, people: Mapping[str, Person], now: datetime) -> None:
    """Only trained people lead here: everybody who leads has it all, and one more is named and half way."""
    Programme.objects.update(training_from=now - timedelta(weeks=7))
    roles = Role.objects.filter(kind=RoleKind.FACILITATOR).select_related("person", "group__site")
    leading = {role.person: role for role in roles.order_by("from_at", "pk")}
    for number, (person, role) in enumerate(leading.items()):
        group = role.group
        if group is not None:
            _sign(person, group, by=_coordinator(group), now=now, number=number)
    name, slugs = IN_TRAINING
    since = now - timedelta(days=9)
    Role.objects.bulk_create(
        Role(kind=RoleKind.FACILITATOR, group=group, person=people[name], from_at=since)
        for group in Group.objects.filter(slug__in=slugs)
    )
    _work(people[name], at=since, count=DONE)


def _sign(person: Person, group: Group, *, by: Person | None, now: datetime, number: int) -> None:
    chance = Random(person.pseudonym)  # noqa: S311 - made-up lives, nothing secret
    at = now - (
        YEARS - timedelta(days=40)
        if person.pseudonym == RENEWS_SOON
        else timedelta(weeks=chance.randint(8, 60))
    )
    _work(person, at=at - timedelta(weeks=3), count=len(modules("en")))
    Observation.objects.create(
        person=person, by=by, group=group, held_on=(at - timedelta(days=5)).date(),
        met=ObservedPoint.values, words=WORDS[number % len(WORDS)], written_at=at,
    )  # fmt: skip
    Vetting.objects.create(
        person=person, by=by, outcome=VettingOutcome.CLEAR, decided_on=at.date(), written_at=at
    )
    SignOff.objects.create(person=person, by=by, from_at=at, until_at=at + YEARS)


def _work(person: Person, *, at: datetime, count: int) -> None:
    ModuleWork.objects.bulk_create(
        ModuleWork(
            person=person, module=module.slug, version=module.version,
            right=sorted(module.question_keys()), begun_at=at, passed_at=at,
        )
        for module in modules("en")[:count]
    )  # fmt: skip


def _coordinator(group: Group) -> Person | None:
    role = Role.objects.filter(kind=RoleKind.COORDINATOR, site=group.site).first()
    return role.person if role else None
