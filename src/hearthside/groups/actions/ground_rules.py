"""Write a new version of a group's ground rules, and accept the one in force."""

from datetime import datetime

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.groups.models import Acceptance, GroundRules, Group
from hearthside.groups.queries.belonging import rules_in_force


class RulesHaveChanged(Exception):
    """The version somebody said yes to is not the one in force (any more)."""


@transaction.atomic
def write_version(*, group: Group, text: str, by: Person | None, now: datetime) -> GroundRules:
    """The text is in force from now on, and everybody accepts it anew; the same text changes nothing."""
    # One line ending, or a browser's CRLF would turn every save into a new version to accept.
    text = "\n".join(line.rstrip() for line in text.strip().splitlines())
    newest = rules_in_force(group)
    if newest is not None and newest.text == text:
        return newest
    version = newest.version + 1 if newest else 1
    return GroundRules.objects.create(
        group=group, version=version, text=text, written_by=by, written_at=now
    )


@transaction.atomic
def accept(*, ground_rules: GroundRules, person: Person, now: datetime) -> Acceptance:
    """The person said yes to this version, once. Raises RulesHaveChanged for any but the newest."""
    if rules_in_force(ground_rules.group) != ground_rules:
        raise RulesHaveChanged
    acceptance, _is_new = Acceptance.objects.get_or_create(
        person=person, ground_rules=ground_rules, defaults={"accepted_at": now}
    )
    return acceptance
