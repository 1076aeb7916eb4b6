"""People on their way to lead, as tests need them: trained, half trained, and signed."""

from datetime import date, datetime, timedelta
from typing import Any

from hearthside.accounts.models import Person
from hearthside.groups.enums import ObservedPoint, RoleKind, VettingOutcome
from hearthside.groups.models import (
    Group,
    ModuleWork,
    Observation,
    Programme,
    SignOff,
    Vetting,
)
from hearthside.groups.queries.training_texts import MODULES, Module, modules
from tests import world


def gate_on(now: datetime, **fields: Any) -> Programme:
    """From an hour ago only trained and signed people lead."""
    programme = world.programme()
    for name, value in {"training_from": now - timedelta(hours=1), **fields}.items():
        setattr(programme, name, value)
    programme.save()
    return programme


def named(group: Group, pseudonym: str = "") -> Person:
    """Somebody named facilitator of the group."""
    return world.role(RoleKind.FACILITATOR, world.person(pseudonym), group=group)


def passed(person: Person, now: datetime, *, but: int = 0) -> Person:
    """All modules done, but for so many."""
    for module in modules("en")[: len(MODULES) - but]:
        ModuleWork.objects.create(
            person=person, module=module.slug, version=module.version,
            right=sorted(module.question_keys()), begun_at=now, passed_at=now,
        )  # fmt: skip
    return person


def seen(person: Person, by: Person, now: datetime, *, held_on: date | None = None) -> Observation:
    return Observation.objects.create(
        person=person, by=by, held_on=held_on or now.date(), met=ObservedPoint.values,
        words="Warm and clear.", written_at=now,
    )  # fmt: skip


def vetted(person: Person, by: Person, now: datetime, **fields: Any) -> Vetting:
    defaults: dict[str, Any] = {"outcome": VettingOutcome.CLEAR, "decided_on": now.date()}
    return Vetting.objects.create(person=person, by=by, written_at=now, **{**defaults, **fields})


def complete(person: Person, by: Person, now: datetime) -> Person:
    """Everything there for a sign-off."""
    passed(person, now)
    seen(person, by, now)
    vetted(person, by, now)
    return person


def signed(person: Person, now: datetime, **fields: Any) -> SignOff:
    defaults: dict[str, Any] = {
        "by": fields.pop("by", None) or world.person(),
        "from_at": now - timedelta(days=30),
        "until_at": now + timedelta(days=700),
    }
    return SignOff.objects.create(person=person, **{**defaults, **fields})


def right_answers(module: Module) -> dict[str, str]:
    return {
        question.key: next(each.key for each in question.options if each.is_right)
        for question in module.questions
    }
