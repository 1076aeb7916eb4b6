"""Signs of strain, read from somebody's own answers and load alone, and for their own page alone."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind, Stage
from hearthside.groups.models import Role
from hearthside.groups.ports import Sign
from hearthside.meetings.enums import DutyKind
from hearthside.meetings.models import Debrief, Duty, Meeting

HARD: Final = 4
IN_A_ROW: Final = 3
# A week of leading after a week of leading, without one that is free.
WEEKS: Final = 8
WEEK: Final = timedelta(days=7)


def signs_of(person: Person, *, now: datetime) -> list[Sign]:
    """What is worth stopping at: heavy meetings in a row, weeks on end, and something that still needs a person."""
    return [*_heavy(person), *_on_end(person, now=now), *_waiting(person, now=now)]


def meetings_in_week(person: Person, *, now: datetime) -> int:
    """How many meetings the person leads in the fullest of the coming four weeks."""
    ahead = led(person).filter(
        starts_at__gte=now, starts_at__lt=now + 4 * WEEK, group__stage=Stage.OPEN
    )
    starts = sorted(ahead.values_list("starts_at", flat=True))
    return max((sum(one <= each < one + WEEK for each in starts) for one in starts), default=0)


def led(person: Person) -> QuerySet[Meeting]:
    """Meetings that take place, past and to come, that the person leads and has not said no to."""
    declined = Duty.objects.of(person).filter(
        meeting=OuterRef("pk"), kind=DutyKind.LEAD, declined_at__isnull=False
    )
    role = Role.objects.of(person).filter(
        Q(until_at=None) | Q(until_at__gt=OuterRef("starts_at")),
        kind=RoleKind.FACILITATOR,
        group=OuterRef("group"),
        from_at__lte=OuterRef("starts_at"),
    )
    said = Duty.objects.of(person).leading().confirmed().filter(meeting=OuterRef("pk"))
    return Meeting.objects.standing().filter(Exists(said) | (Exists(role) & ~Exists(declined)))


def _heavy(person: Person) -> list[Sign]:
    newest = Debrief.objects.filter(person=person).order_by("-meeting__starts_at", "pk")
    weights = list(newest.values_list("weight", flat=True)[:IN_A_ROW])
    if len(weights) < IN_A_ROW or min(weights) < HARD:
        return []
    return [
        Sign(
            key="heavy",
            words=_("Your last three meetings were heavy for you."),
            can_do=_("Let somebody else lead the next one, and ask for a call."),
        )
    ]


def _on_end(person: Person, *, now: datetime) -> list[Sign]:
    zone = ZoneInfo(person.time_zone or "UTC")
    since = now - WEEK * (WEEKS + 1)
    past = led(person).filter(ends_at__lte=now, starts_at__gte=since)
    weeks = {
        (now.astimezone(zone).date() - start.astimezone(zone).date()).days // 7
        for start in past.values_list("starts_at", flat=True)
    }
    if not weeks >= set(range(WEEKS)):
        return []
    return [
        Sign(
            key="on_end",
            words=_("You have led in each of the last eight weeks, with no week off."),
            can_do=_(
                "Choose a week without a meeting, and say so now, so that cover can be found."
            ),
        )
    ]


def _waiting(person: Person, *, now: datetime) -> list[Sign]:
    lately = Debrief.objects.filter(person=person, needs_person=True, written_at__gt=now - 2 * WEEK)
    count = lately.count()
    if not count:
        return []
    return [
        Sign(
            key="needs",
            words=ngettext(
                "After %(count)d meeting in the last two weeks you said that something needs a person.",
                "After %(count)d meetings in the last two weeks you said that something needs a person.",
                count,
            )
            % {"count": count},
            can_do=_("If it is still open, ask for a call. It need not be you who carries it."),
        )
    ]
