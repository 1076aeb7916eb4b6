"""No empty chair in the demonstration: a pool, groups that take guests, and one meeting whose lead was found elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hearthside.accounts.models import Person
from hearthside.groups.models import Group, Site
from hearthside.meetings.enums import DutyKind, DutyWay, RungKind
from hearthside.meetings.models import Climb, Duty, Meeting, Reserve, Welcome

WEEKDAYS: Final = range(5)
EVERY_DAY: Final = range(7)


@dataclass(frozen=True)
class Spare:
    """One person's word about stepping in."""

    days: range = EVERY_DAY
    hours: tuple[int, int] = (9, 22)
    most_a_month: int = 2
    is_short_notice: bool = False


POOL: Final = {
    "Wren": Spare(is_short_notice=True),
    "quiet-harbour": Spare(hours=(17, 22), most_a_month=1),
    "Rowan": Spare(most_a_month=3, is_short_notice=True),
    "Juniper": Spare(days=WEEKDAYS),
    "Northlight": Spare(days=WEEKDAYS, hours=(17, 21)),
}
# Group and seats for guests.
WELCOMING: Final = {"typing-not-talking": 3, "someone-we-love-gambles": 2, "men-on-monday": 1}
# Whoever leads one of these cannot, the next time; two of the pool were asked, and one said yes. The first is
# fortnightly: in the weeks between it is the second.
EMPTY: Final = ("stoma-and-after", "thursday-sober")
SAID_YES, SAID_NO = "Wren", "Juniper"
KEEPS_SAFE: Final = "Rowan"
ASKED_BEFORE: Final = timedelta(hours=7)
# With less time than this, whoever starts the demonstration would hardly see it.
AHEAD: Final = timedelta(hours=3)
A_WEEK: Final = timedelta(days=7)


def stand_ready(*, sites: Mapping[str, Site], people: Mapping[str, Person], now: datetime) -> None:
    """Five who can step in, and three groups that take guests."""
    for pseudonym, spare in POOL.items():
        reserve = Reserve.objects.create(
            person=people[pseudonym],
            since=now - timedelta(weeks=9),
            weekdays=list(spare.days),
            from_hour=spare.hours[0],
            until_hour=spare.hours[1],
            zone="Europe/London",
            most_a_month=spare.most_a_month,
            is_short_notice=spare.is_short_notice,
        )
        reserve.sites.set([sites["leeds"]])
    groups = {group.slug: group for group in Group.objects.filter(slug__in=WELCOMING)}
    Welcome.objects.bulk_create(
        Welcome(group=groups[slug], seats=seats, since=now - timedelta(weeks=4))
        for slug, seats in WELCOMING.items()
    )


def fill_the_chair(*, now: datetime) -> None:
    """A meeting of the next seven days: its lead cannot, the pool was asked, and somebody leads it."""
    near = Meeting.objects.standing().within(from_at=now + AHEAD, until_at=now + A_WEEK)
    coming = near.filter(group__slug__in=EMPTY, climbs=None).select_related("group")
    meeting = min(coming, key=lambda each: EMPTY.index(each.group.slug), default=None)
    if meeting is None:
        return
    asked_at = now - ASKED_BEFORE
    Duty.objects.leading().filter(meeting=meeting).update(declined_at=asked_at, confirmed_at=None)
    Climb.objects.create(meeting=meeting, rung=RungKind.POOL, wave=1, at=asked_at)
    asked = {each.pseudonym: each for each in Person.objects.filter(pseudonym__in=POOL)}
    said = {SAID_YES: {"confirmed_at": now}, SAID_NO: {"declined_at": now}}
    for pseudonym, answer in said.items():
        Duty.objects.create(
            meeting=meeting, person=asked[pseudonym], kind=DutyKind.LEAD, way=DutyWay.POOL,
            asked_at=asked_at, **answer,
        )  # fmt: skip


def keep_safe(*, meeting: Meeting, now: datetime) -> None:
    """Somebody of the pool keeps the room of that meeting safe."""
    keeper = Person.objects.filter(pseudonym=KEEPS_SAFE).first()
    if keeper is not None:
        Duty.objects.create(
            meeting=meeting, person=keeper, kind=DutyKind.SAFETY, way=DutyWay.POOL,
            asked_at=now - ASKED_BEFORE, confirmed_at=now,
        )  # fmt: skip
