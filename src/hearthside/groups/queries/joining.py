"""What stands between one person and a group that they would like to visit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person
from hearthside.accounts.queries import agrees
from hearthside.accounts.wordings import wording
from hearthside.groups.models import GroundRules, Group
from hearthside.groups.models.membership import MembershipQuerySet
from hearthside.groups.queries.belonging import hard_rules, memberships_of


@dataclass(frozen=True)
class Joining:
    """The version of the ground rules to accept, what to say of oneself, and what to agree to."""

    group: Group
    rules: GroundRules | None
    hard_rules: Sequence[str]
    consent: str
    others: MembershipQuerySet

    @property
    def has_others(self) -> bool:
        return bool(self.others)


def joining(person: Person, group: Group, *, rules: GroundRules | None, now: datetime) -> Joining:
    """All of it for one page; `consent` is empty for somebody who has agreed before."""
    health = wording(Purpose.HEALTH, language=get_language() or "en")
    others: MembershipQuerySet = memberships_of(person, now=now).exclude(group=group)
    return Joining(
        group=group,
        rules=rules,
        hard_rules=hard_rules(group),
        consent="" if agrees(person, Purpose.HEALTH, now=now) else health.label,
        others=others,
    )
