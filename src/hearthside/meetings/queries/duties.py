"""One duty by the link in its letter, and a person's own duties to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core import signing
from django.urls import reverse

from hearthside.accounts.models import Person
from hearthside.groups.queries.training import may_lead
from hearthside.meetings.enums import DutyKind
from hearthside.meetings.models import Duty, Meeting

# As long before as the roster may be marked.
HERE_FROM: Final = timedelta(hours=1)
STANDING_BY: Final = (DutyKind.LEAD, DutyKind.COVER)
# The signature carries the right to answer one question, and nothing else can be done with it.
ANSWER: Final = signing.Signer(salt="hearthside.meetings.duty")


@dataclass(frozen=True)
class OwnDuty:
    """One thing that the person is asked to do at one meeting, and what stands around it."""

    duty: Duty
    lead: Person | None
    cover: Person | None
    may_lead: bool = True
    # Whoever leads and asks this person, who covers, to change places.
    swap_asked_by: Person | None = None
    may_say_here: bool = False

    @property
    def is_led_by_another(self) -> bool:
        return self.lead is not None and self.lead.pk != self.duty.person_id

    @property
    def may_ask_to_swap(self) -> bool:
        """Whoever leads may ask whoever covers to change places."""
        leads = self.duty.kind == DutyKind.LEAD and self.duty.declined_at is None
        return leads and self.cover is not None and self.duty.swap_asked_at is None


def answer_token(duty: Duty) -> str:
    """The part of an address that opens this one question, for the time at which the meeting now is."""
    return ANSWER.sign(f"{duty.pk.hex}.{duty.meeting.starts_at:%Y%m%d%H%M}")


def answer_url(duty: Duty) -> str:
    return str(settings.SITE_URL) + reverse("duty_answer", args=[answer_token(duty)])


def own_duties(person: Person, *, now: datetime) -> list[OwnDuty]:
    """Everything that the person is asked to do at meetings to come, in four queries."""
    rows = list(
        Duty.objects.of(person)
        .filter(meeting__ends_at__gt=now, meeting__cancellation=None)
        .select_related("meeting__group__site", "person")
        .order_by("meeting__starts_at", "kind")
    )
    return _around(rows, now=now)


def own_duty_at(person: Person, meeting: Meeting, *, now: datetime) -> list[OwnDuty]:
    """What the person is asked to do at this meeting."""
    rows = (
        Duty.objects.of(person).filter(meeting=meeting).select_related("meeting__group", "person")
    )
    return _around(list(rows.order_by("kind")), now=now)


def may_say_here(duty: Duty | None, meeting: Meeting, *, now: datetime) -> bool:
    """From an hour before until the end, where no room of ours shows who has come; `duty` is theirs, if they have one."""
    is_near = meeting.starts_at - HERE_FROM <= now < meeting.ends_at
    stands_by = duty is None or (
        duty.kind in STANDING_BY and not (duty.declined_at or duty.freed_at)
    )
    return is_near and stands_by and not meeting.group.has_room()


def swap_asked_of(person: Person, meeting: Meeting) -> Duty | None:
    """The duty to lead whose owner asked this person, who covers, to change places."""
    covers = Duty.objects.of(person).filter(
        meeting=meeting, kind=DutyKind.COVER, declined_at=None, freed_at=None
    )
    if not covers.exists():
        return None
    asking = Duty.objects.leading().filter(meeting=meeting, swap_asked_at__isnull=False)
    return asking.exclude(person=person).select_related("person").first()


def _around(rows: Sequence[Duty], *, now: datetime) -> list[OwnDuty]:
    others = Duty.objects.standing_by().filter(meeting__in=[row.meeting_id for row in rows])
    leads: dict[object, Person] = {}
    covers: dict[object, Person] = {}
    asking: dict[object, Person] = {}
    for duty in others.filter(declined_at=None, freed_at=None).select_related("person"):
        if duty.swap_asked_at is not None:
            asking[duty.meeting_id] = duty.person
        if duty.kind == DutyKind.COVER:
            covers.setdefault(duty.meeting_id, duty.person)
        elif duty.confirmed_at:
            leads.setdefault(duty.meeting_id, duty.person)
    able = may_lead({row.person_id for row in rows}, now=now) if rows else frozenset()
    return [
        OwnDuty(
            duty=row,
            lead=leads.get(row.meeting_id),
            cover=covers.get(row.meeting_id),
            may_lead=row.person_id in able,
            swap_asked_by=asking.get(row.meeting_id) if row.kind == DutyKind.COVER else None,
            may_say_here=may_say_here(row, row.meeting, now=now),
        )
        for row in rows
    ]
