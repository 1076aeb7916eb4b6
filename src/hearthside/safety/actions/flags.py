"""Flag somebody, and look at what several people flagged."""

import contextlib
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearthside.accounts.models import Person
from hearthside.notices.actions import tell
from hearthside.notices.enums import Kind
from hearthside.safety.enums import LookOutcome, MeasureReason
from hearthside.safety.models import Flag, Look
from hearthside.safety.models.flags import COUNTED
from hearthside.safety.ports import group_facts, stewards
from hearthside.safety.queries.flags import Weighed, weighed

# Threat: one account flags everybody in sight.
FLAGS_A_WEEK: Final = 10


class Yourself(Exception):
    """Nobody flags themselves."""


class TooMany(Exception):
    """More than FLAGS_A_WEEK."""


class AlreadyLooked(Exception):
    """Somebody has looked."""


@transaction.atomic
def flag(
    *, by: Person, about: Person, group: UUID | None, reason: MeasureReason, now: datetime
) -> Flag:
    """Keep it, and ask somebody to look once people who do not seem to know each other say the same.

    Flagged already: the same row, with its first day. Nobody is told who flagged. Raises Yourself or TooMany.
    """
    if by == about:
        raise Yourself
    # Whoever is flagged is locked, so that of two flags at once the second one sees the first.
    Person.objects.select_for_update(no_key=True).get(pk=about.pk)
    recent = Flag.objects.filter(by=by, at__gt=now - timedelta(days=7)).exclude(about=about)
    if recent.count() >= FLAGS_A_WEEK:
        raise TooMany
    Flag.objects.filter(by=by, about=about, at__lte=now - COUNTED).delete()
    made, is_new = Flag.objects.get_or_create(
        by=by, about=about, defaults={"group": group, "reason": reason, "at": now}
    )
    found = weighed(about, now=now)
    if is_new and found.asks_for_a_look:
        _ask_for_a_look(about, found, now=now)
    return made


def weigh(*, by: Person, about: UUID, group: UUID | None, now: datetime) -> None:
    """What somebody told in words about a person weighs like a flag, too; where it may not, nothing happens.

    Once what they told is kept for good, and by itself: what goes wrong in weighing undoes no call for help.
    """
    told = partial(_weigh, by=by, about=about, group=group, now=now)
    transaction.on_commit(told, robust=True)


def look(*, look: Look, outcome: LookOutcome, words: str, by: Person, now: datetime) -> None:
    """Somebody has looked, and says what came of it. Raises AlreadyLooked."""
    open_ = Look.objects.open().filter(pk=look.pk)
    # One conditional update: of two who look at once, one is first.
    if not open_.update(outcome=outcome, words=words, looked_by=by, looked_at=now):
        raise AlreadyLooked


def forget_old(*, now: datetime) -> int:
    """Delete flags that count no more, and looks a year after; how many."""
    flags = Flag.objects.filter(at__lte=now - COUNTED).delete()[0]
    return flags + Look.objects.filter(looked_at__lte=now - timedelta(days=365)).delete()[0]


def _weigh(*, by: Person, about: UUID, group: UUID | None, now: datetime) -> None:
    with contextlib.suppress(Yourself, TooMany):
        for person in Person.objects.filter(pk=about):
            flag(by=by, about=person, group=group, reason=MeasureReason.OTHER, now=now)


def _ask_for_a_look(about: Person, found: Weighed, *, now: datetime) -> None:
    made, is_new = Look.objects.get_or_create(
        about=about,
        looked_at=None,
        defaults={
            "group": found.group,
            "asked_at": now,
            "voices": found.voices,
            "flags": found.flags,
        },
    )
    if not is_new:
        Look.objects.filter(pk=made.pk).update(voices=found.voices, flags=found.flags)
        return
    facts = group_facts()
    asked = [
        *(facts.leading(found.group, now=now) if found.group else ()),
        *facts.answering(found.group, now=now),
        *stewards().safety_leads(now=now),
    ]
    for person in dict.fromkeys(asked):
        # Threat: whoever is flagged leads the group, and reads here that they are.
        if person != about:
            _tell(person, made, now=now)


def _tell(person: Person, look: Look, *, now: datetime) -> None:
    tell(
        person=person,
        kind=Kind.MEASURE,
        about=f"look:{look.pk}",
        subject=_("Please look at something today"),
        text=_("Several people who do not seem to know each other tell us that something was not all right. Please look at it: %(url)s"),
        path=reverse("measures"),
        now=now,
    )  # fmt: skip
