"""“I am here”: where no room of ours shows who has come, whoever leads or covers says so with one tap."""

from datetime import datetime
from typing import Final

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.groups.enums import Format, Stage
from hearthside.meetings import ladder
from hearthside.meetings.actions import duty_letters
from hearthside.meetings.actions.duties import confirm
from hearthside.meetings.actions.refusals import TooEarlyToBeHere
from hearthside.meetings.enums import DutyKind, DutyWay
from hearthside.meetings.models import Duty, Meeting
from hearthside.meetings.queries.duties import HERE_FROM
from hearthside.notices.enums import Kind
from hearthside.notices.models import Letter

ASKED_FROM: Final = ladder.AT_THE_DOOR


@transaction.atomic
def arrive(*, meeting: Meeting, person: Person, now: datetime) -> Duty:
    """The person is there; who had not answered says yes by it. Their duty tells what they are there for.

    Raises TooEarlyToBeHere, MeetingIsOver, MeetingIsCancelled, or NotTrainedYet.
    """
    if now < meeting.starts_at - HERE_FROM:
        raise TooEarlyToBeHere
    duty = confirm(meeting=meeting, person=person, kind=DutyKind.LEAD, now=now)
    if duty.confirmed_at is not None and duty.here_at is None:
        duty.here_at = now
        duty.save(update_fields=["here_at"])
        _free(meeting, now=now)
    return duty


def ask_at_the_door(*, now: datetime) -> int:
    """Ask everybody who said yes, a quarter of an hour before: are you there? How many were asked."""
    waiting = (
        Duty.objects.standing_by()
        .confirmed()
        .filter(
            here_at=None,
            meeting__cancellation=None,
            meeting__starts_at__gt=now,
            meeting__starts_at__lte=now + ASKED_FROM,
            meeting__group__stage=Stage.OPEN,
        )
        .exclude(meeting__group__format=Format.ONLINE)
        .select_related("person", "meeting__group__site")
        .order_by("pk")
    )
    abouts = {duty.pk: duty_letters.about_door(duty=duty, meeting=duty.meeting) for duty in waiting}
    asked = Letter.objects.filter(kind=Kind.DUTY, about__in=abouts.values())
    known = set(asked.values_list("about", flat=True))
    due = [duty for duty in waiting if abouts[duty.pk] not in known]
    for duty in due:
        duty_letters.door(duty=duty, meeting=duty.meeting, now=now)
    return len(due)


def _free(meeting: Meeting, *, now: datetime) -> None:
    """Whoever was asked from elsewhere and has not answered need not come any more."""
    asked = Duty.objects.standing_by().unanswered().filter(meeting=meeting, way=DutyWay.POOL)
    for each in asked.select_related("person").order_by("asked_at", "pk"):
        duty_letters.found(duty=each, meeting=meeting, now=now)
