"""Showing safety what was said in a room: each message with its proof, and a concern that somebody answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.rooms.actions.refusals import (
    MessagesAreMalformed,
    NothingToReport,
    TooManyMessages,
    TooManyReports,
    TooManyWords,
)
from hearthside.rooms.models import Report, Room
from hearthside.rooms.queries import reports as queries
from hearthside.rooms.queries.reports import Malformed, Said
from hearthside.safety.actions import concerns, flags
from hearthside.safety.actions.concern_refusals import TooManyConcerns
from hearthside.safety.actions.concerns import Telling
from hearthside.safety.enums import Lane, SubjectKind
from hearthside.safety.models import Concern

MESSAGES_MAX: Final = 50
WORDS_MAX: Final = 2000
# Threat: each report writes letters. Nobody in need sends more in an hour; what matters fits into one.
REPORTS_AN_HOUR: Final = 10
# The same report sent again within this time is a second tap, not a second report.
AGAIN_WITHIN: Final = timedelta(hours=1)


def report(
    *, room: Room, reporter: Person, messages: Sequence[Any], words: str, now: datetime
) -> Report:
    """Keep exactly these messages and raise a concern about them; sent twice, it is one report.

    `messages` are proofs as `peerkit.franking.from_plain` reads them. One that does not hold is kept as
    not verified, and never said to be anybody's. Raises MessagesAreMalformed, NothingToReport,
    TooManyMessages, TooManyReports or TooManyWords.
    """
    words = queries.storable(words).strip()
    _refuse_misfits(messages, words)
    found = _read(room, messages, now=now)
    rows = [_row(said) for said in found]
    with transaction.atomic():
        # Two taps at once, one after the other.
        Person.objects.select_for_update(no_key=True).get(pk=reporter.pk)
        if (before := _same(room, reporter, rows, words, now=now)) is not None:
            return before
        lately = Report.objects.filter(reporter=reporter, made_at__gt=now - timedelta(hours=1))
        if lately.count() >= REPORTS_AN_HOUR:
            raise TooManyReports
        kept = Report.objects.create(
            group=room.group, reporter=reporter, about=_about(found, reporter), messages=rows,
            made_at=now,
        )  # fmt: skip
        subject = queries.subject_of(kept, people=_parties(found, reporter))
        telling = Telling(Lane.TELL, subject, words, uuid4())
        try:
            concerns.raise_concern(telling=telling, by=reporter, now=now)
        except TooManyConcerns as error:
            raise TooManyReports from error
        if kept.about is not None:
            # It weighs among what others say about the same person; see safety.independence.
            flags.weigh(by=reporter, about=kept.about.pk, group=room.group_id, now=now)
    return kept


def erase_expired() -> int:
    """Delete the messages whose concern was erased; how many reports."""
    concerned = Concern.objects.filter(kind=SubjectKind.MESSAGE).values("key")
    return Report.objects.exclude(pk__in=concerned).delete()[0]


def _refuse_misfits(messages: Sequence[Any], words: str) -> None:
    if not messages:
        raise NothingToReport
    if len(messages) > MESSAGES_MAX:
        raise TooManyMessages(MESSAGES_MAX)
    if len(words) > WORDS_MAX:
        raise TooManyWords(WORDS_MAX)


def _read(room: Room, messages: Sequence[Any], *, now: datetime) -> list[Said]:
    """What each message proves, each once: in the order in which they were said, then what nothing proves."""
    people = queries.people_around(room, now=now)
    proven: dict[int, Said] = {}
    unproven: list[Said] = []
    malformed: list[int] = []
    for place, plain in enumerate(messages):
        try:
            said = queries.said(room, plain, people=people)
        except Malformed:
            malformed.append(place)
            continue
        if said.is_verified:
            proven.setdefault(said.seq, said)
        elif said.proof not in [each.proof for each in unproven]:
            unproven.append(said)
    if malformed:
        raise MessagesAreMalformed(malformed)
    return [*(proven[seq] for seq in sorted(proven)), *unproven]


def _row(said: Said) -> dict[str, Any]:
    # Threat: words that somebody made up are shown under another person's name.
    name = str(said.person or "") if said.is_verified else ""
    return {
        "text": said.text,
        "name": name,
        "at": said.at.isoformat() if said.at else "",
        "seq": said.seq,
        "proof": said.proof,
        "is_verified": said.is_verified,
    }


def _same(
    room: Room, reporter: Person, rows: list[dict[str, Any]], words: str, *, now: datetime
) -> Report | None:
    recent = Report.objects.filter(
        group=room.group, reporter=reporter, made_at__gt=now - AGAIN_WITHIN
    )
    same = [each for each in recent if each.messages == rows]
    told = dict(
        Concern.objects.filter(
            kind=SubjectKind.MESSAGE, key__in=[each.pk for each in same]
        ).values_list("key", "words")
    )
    return next((each for each in same if told.get(each.pk) == words), None)


def _about(found: Sequence[Said], reporter: Person) -> Person | None:
    """The one other person whose messages they are; none where there are several."""
    others: dict[UUID, Person] = {
        said.person.pk: said.person
        for said in found
        if said.is_verified and said.person not in (None, reporter)
    }
    return next(iter(others.values())) if len(others) == 1 else None


def _parties(found: Sequence[Said], reporter: Person) -> frozenset[UUID]:
    """Everybody who said any of it, or whom an unproven message names as its sender.

    Threat: whoever is reported learns by whom, or judges themselves; and a proof that was spoilt on the
    way would show what they said to them. To be kept from reading it says nothing about anybody.
    """
    named = (said.person for said in found if said.person is not None)
    return frozenset(person.pk for person in named if person != reporter)
