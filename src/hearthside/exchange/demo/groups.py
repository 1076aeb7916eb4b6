"""The programme, sites and groups of the demonstration, with timetables that began before today."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hearthside.accounts.models import Person
from hearthside.exchange.demo import script
from hearthside.exchange.queries.listings import WEEKDAYS
from hearthside.exchange.queries.schedules import series_of
from hearthside.groups.enums import RoleKind, Stage
from hearthside.groups.models import (
    Experience,
    GroundRules,
    Group,
    Programme,
    Role,
    Site,
    StageChange,
)
from hearthside.groups.queries.words import default_ground_rules
from hearthside.meetings.actions.planning import plan
from hearthside.meetings.models import Series
from hearthside.rooms.models import RoomRules

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Fields of Group that the script writes under the same name.
SAME = (
    "slug", "name", "summary", "what_happens", "format", "languages", "access", "openness", "course",
    "age_from", "age_until", "gender", "venue", "address", "locality", "latitude", "longitude",
    "is_venue_hidden", "link", "phone", "joining_notes",
)  # fmt: skip
# How far back there are meetings with marks of who came.
WEEKS_BACK = 7


def open_sites() -> dict[str, Site]:
    """The programme and its sites, by short name."""
    written = script.programme()
    Programme.objects.create(**written["programme"])
    sites = [Site(**site) for site in written["sites"]]
    Site.objects.bulk_create(sites)
    return {site.slug: site for site in sites}


def open_groups(*, sites: Mapping[str, Site], people: Mapping[str, Person], now: datetime) -> None:
    """Every group, open, with its team, its ground rules, and its meetings of the last weeks."""
    experiences = {each.slug: each for each in Experience.objects.all()}
    for slug, written in script.groups():
        group = Group.objects.create(site=sites[slug], stage=Stage.OPEN, **_details(written))
        group.experiences.set(experiences[each] for each in written["experiences"])
        lead, opened_at = people[written["facilitator"]], now - timedelta(weeks=26)
        group.opened_at = opened_at
        group.save(update_fields=["opened_at"])
        StageChange.objects.create(group=group, stage=Stage.OPEN, by=lead, at=opened_at)
        text = default_ground_rules(group.languages[0])
        GroundRules.objects.create(
            group=group, version=1, text=text, written_by=lead, written_at=opened_at
        )
        for kind, name in (
            (RoleKind.FACILITATOR, written["facilitator"]),
            (RoleKind.GREETER, written["greeter"]),
        ):
            Role.objects.create(kind=kind, group=group, person=people[name], from_at=opened_at)
        if "room" in written:
            RoomRules.objects.create(group=group, **written["room"])
        series = _series(written["schedule"], zone=sites[slug].time_zone, now=now)
        series.group = group
        series.save()
        plan(series=series, now=now - timedelta(weeks=WEEKS_BACK), weeks=WEEKS_BACK)


def _details(written: Mapping[str, Any]) -> dict[str, Any]:
    details = {name: written[name] for name in SAME if name in written}
    size_min, size_max = written["size"]
    lines = "\n".join(written["first_visit"])
    return {**details, "first_visit": lines, "size_min": size_min, "size_max": size_max}


def _series(schedule: Mapping[str, Any], *, zone: str, now: datetime) -> Series:
    """The timetable, begun in the week that the script names, counted from this one."""
    today = now.astimezone(ZoneInfo(zone))
    monday = today - timedelta(days=today.weekday())
    nth = str(schedule.get("nth", ""))
    days = ",".join(nth + WEEKDAYS[DAYS.index(day)] for day in schedule["weekdays"])
    parts = {
        "FREQ": "MONTHLY" if nth else "WEEKLY",
        "INTERVAL": schedule.get("interval", 1),
        "COUNT": schedule.get("count"),
        "BYDAY": days,
    }
    timetable = {
        "rule": ";".join(
            f"{name}={value}" for name, value in parts.items() if value not in (None, 1)
        ),
        "time": schedule["time"],
        "zone": zone,
        "minutes": schedule["minutes"],
    }
    return series_of(timetable, now=monday + timedelta(weeks=schedule["starts_in_weeks"]))
