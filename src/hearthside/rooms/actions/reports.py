"""Showing safety what was said in a room: proven or refused, told, seen, answered, erased."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from hearthside.accounts.models import Person
from hearthside.notices.actions import post
from hearthside.rooms.actions.refusals import (
    AlreadyAnswered,
    MessagesAreForged,
    NothingToReport,
    TooManyMessages,
    TooManyReports,
    TooManyWords,
)
from hearthside.rooms.enums import ReportState
from hearthside.rooms.models import Report, Room
from hearthside.rooms.queries import reports as queries
from hearthside.rooms.queries.reports import NotSaidHere, Said

MESSAGES_MAX: Final = 50
WORDS_MAX: Final = 2000
# Threat: each report writes letters. Nobody in need sends more in an hour; what matters fits into one.
REPORTS_AN_HOUR: Final = 10
# Long enough to see whether it goes on; then what was said in confidence is gone here, too.
KEPT: Final = timedelta(days=180)
# The same report sent again within this time is a second tap, not a second report.
AGAIN_WITHIN: Final = timedelta(hours=1)
# The kind of these letters, in notices.
LETTERS: Final = "report"


def report(
    *, room: Room, reporter: Person, messages: Sequence[Any], words: str, now: datetime
) -> Report:
    """Keep exactly these messages and tell those who answer for them; sent twice, it is one report.

    `messages` are proofs as `peerkit.franking.from_plain` reads them. All of them hold, or nothing is
    kept. Raises MessagesAreForged, NothingToReport, TooManyMessages, TooManyReports or TooManyWords.
    """
    words = queries.storable(words).strip()
    _refuse_misfits(messages, words)
    proven = _proven(room, messages)
    with transaction.atomic():
        # Two taps at once, one after the other.
        Person.objects.select_for_update(no_key=True).get(pk=reporter.pk)
        rows = [_row(said, proof) for said, proof in proven]
        if (before := _same(room, reporter, rows, words, now=now)) is not None:
            return before
        lately = Report.objects.filter(reporter=reporter, made_at__gt=now - timedelta(hours=1))
        if lately.count() >= REPORTS_AN_HOUR:
            raise TooManyReports
        kept = Report.objects.create(
            group=room.group, reporter=reporter, about=_about(proven, reporter), words=words,
            messages=rows, made_at=now, erase_on=(now + KEPT).date(),
        )  # fmt: skip
        for reader in queries.watch(now=now).readers_of(kept):
            _tell_reader(kept, reader, now=now)
    return kept


def see(*, report: Report, now: datetime) -> None:
    """Somebody who answers for it has opened it, and whoever reported can see that."""
    unseen = Report.objects.filter(pk=report.pk, state=ReportState.RECEIVED)
    unseen.update(state=ReportState.SEEN, seen_at=now)


@transaction.atomic
def answer(*, report: Report, text: str, by: Person, now: datetime) -> None:
    """Answer whoever reported, once, and tell them that there is an answer. Raises AlreadyAnswered, TooManyWords."""
    text = queries.storable(text).strip()
    if len(text) > WORDS_MAX:
        raise TooManyWords(WORDS_MAX)
    open_ = Report.objects.filter(pk=report.pk).exclude(state=ReportState.ANSWERED)
    # One conditional update: of two who answer at once, one is first.
    if not open_.update(state=ReportState.ANSWERED, answer=text, answered_at=now, answered_by=by):
        raise AlreadyAnswered
    Report.objects.filter(pk=report.pk, seen_at=None).update(seen_at=now)
    if report.reporter is not None:
        _tell_reporter(report, report.reporter, now=now)


def erase_expired(*, now: datetime) -> int:
    """Delete the reports whose time has come; how many."""
    return Report.objects.filter(erase_on__lte=now.date()).delete()[0]


def _refuse_misfits(messages: Sequence[Any], words: str) -> None:
    if not messages:
        raise NothingToReport
    if len(messages) > MESSAGES_MAX:
        raise TooManyMessages(MESSAGES_MAX)
    if len(words) > WORDS_MAX:
        raise TooManyWords(WORDS_MAX)


def _proven(room: Room, messages: Sequence[Any]) -> list[tuple[Said, Any]]:
    """Each message with its proof, in the order in which they were said, each once."""
    people = queries.people_around(room)
    proven: dict[int, tuple[Said, Any]] = {}
    forged: list[int] = []
    for place, proof in enumerate(messages):
        try:
            said = queries.said(room, proof, people=people)
        except NotSaidHere:
            forged.append(place)
        else:
            proven.setdefault(said.seq, (said, proof))
    if forged:
        raise MessagesAreForged(forged)
    return [proven[seq] for seq in sorted(proven)]


def _row(said: Said, proof: Any) -> dict[str, Any]:
    return {
        "text": said.text,
        "name": str(said.person or ""),
        "at": said.at.isoformat(),
        "seq": said.seq,
        "proof": proof,
    }


def _same(
    room: Room, reporter: Person, rows: list[dict[str, Any]], words: str, *, now: datetime
) -> Report | None:
    recent = Report.objects.filter(
        group=room.group, reporter=reporter, words=words, made_at__gt=now - AGAIN_WITHIN
    )
    return next((each for each in recent if each.messages == rows), None)


def _about(proven: Sequence[tuple[Said, Any]], reporter: Person) -> Person | None:
    """The one other person whose messages they are; none where there are several."""
    others: dict[UUID, Person] = {
        said.person.pk: said.person for said, _ in proven if said.person not in (None, reporter)
    }
    return next(iter(others.values())) if len(others) == 1 else None


def _tell_reader(kept: Report, reader: Person, *, now: datetime) -> None:
    with override(reader.language or settings.LANGUAGE_CODE):
        post(
            person=reader,
            kind=LETTERS,
            about=f"report:{kept.pk}",
            # Neither the group, nor who reported, nor what: whoever glances at a phone learns nothing.
            subject=_("Somebody needs you to look at something"),
            text=_("Please read it and answer within two days: %(url)s") % {"url": _address(kept)},
            due_at=now,
            now=now,
        )


def _tell_reporter(kept: Report, reporter: Person, *, now: datetime) -> None:
    with override(reporter.language or settings.LANGUAGE_CODE):
        post(
            person=reporter,
            kind=LETTERS,
            about=f"answer:{kept.pk}",
            subject=_("There is an answer for you"),
            text=_("You showed us something. You can read our answer here: %(url)s")
            % {"url": _address(kept)},
            due_at=now,
            now=now,
        )


def _address(kept: Report) -> str:
    return f"{settings.SITE_URL}{reverse('report', args=[kept.pk])}"
