"""Meetings beside the timetables: whoever starts the demonstration finds rooms to walk into at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from hearthside.exchange.demo import life, stepping_in
from hearthside.groups.enums import Format, Stage
from hearthside.groups.models import Group
from hearthside.meetings.actions.planning import plan
from hearthside.meetings.models import Meeting, Series
from hearthside.rooms.enums import Phase


@dataclass(frozen=True)
class OpenHouse:
    """A group that meets whenever the demonstration starts: `ahead` of then, or before it."""

    slug: str
    ahead: timedelta
    minutes: int


HOUSES: Final = (
    # On already: two browsers, and they can talk.
    OpenHouse("the-open-kitchen", ahead=timedelta(minutes=-5), minutes=360),
    # About to start, with many people: a full roster to mark, which can be done from an hour before.
    OpenHouse("typing-not-talking", ahead=timedelta(minutes=20), minutes=120),
)
# With less time than this left, it is not worth coming in.
TIME_TO_TALK: Final = timedelta(minutes=30)


def keep_open(*, now: datetime) -> None:
    """Let each of them meet now, or within minutes, with people seated; where one does, it stays so."""
    places = Group.objects.filter(format=Format.ONLINE, stage=Stage.OPEN).select_related("site")
    groups = {group.slug: group for group in places}
    for house in HOUSES:
        if house.slug in groups and not _is_on(groups[house.slug], house, now=now):
            meeting = _call(groups[house.slug], house, now=now)
            life.seat(meetings=[meeting], now=now)
            life.promise(meeting=meeting, now=now)
            stepping_in.keep_safe(meeting=meeting, now=now)


def _is_on(group: Group, house: OpenHouse, *, now: datetime) -> bool:
    meetings = Meeting.objects.standing().filter(
        group=group,
        starts_at__lte=now + max(house.ahead, timedelta()),
        ends_at__gt=now + TIME_TO_TALK,
    )
    return meetings.exclude(room__phase=Phase.CLOSED).exists()


def _call(group: Group, house: OpenHouse, *, now: datetime) -> Meeting:
    # Those called before are over: the group's page does not list them for ever.
    group.series.filter(rule="", ended_at=None).update(ended_at=now)
    zone = group.site.time_zone
    about = (now + house.ahead).astimezone(ZoneInfo(zone))
    quarter = about.replace(minute=about.minute // 15 * 15, second=0, microsecond=0)
    series = Series.objects.create(
        group=group,
        starts_local=quarter.strftime("%Y-%m-%dT%H:%M"),
        zone=zone,
        minutes=house.minutes,
    )
    plan(series=series, now=quarter)
    return Meeting.objects.select_related("group").get(series=series)
