"""What we publish can be read back by our own import, and says nothing that is not public."""

import json
from datetime import timedelta

import pytest

from hearthside.exchange import demo
from hearthside.exchange.queries.exports import public_groups
from hearthside.groups.models import Group
from hearthside.meetings.models import Meeting, Series
from tests import world
from tests.exchange.lists import bring_in, packed, read, row
from tests.world import NOW

pytestmark = pytest.mark.django_db

SAME = ("name", "format", "venue", "address", "languages", "access", "gender", "latitude")


def test_weekly_groups_come_back_the_same() -> None:
    bring_in(
        packed(
            row(types=["W", "X", "S"]),
            row(slug="two-days", name="Two days", day=[1, 4], timezone="America/New_York"),
            row(slug="sunday", name="Sunday", day=0, time="00:30", end_time="02:00"),
        )
    )
    before = {group.name: told(group) for group in Group.objects.all()}
    exported = json.dumps(public_groups().rows).encode()
    Series.objects.all().delete()
    Group.objects.all().delete()
    bring_in(exported, source="export", now=NOW)
    assert {group.name: told(group) for group in Group.objects.all()} == before


def told(group: Group) -> tuple[object, ...]:
    times = group.meetings.upcoming(now=NOW).values_list("starts_at", "ends_at", "zone")
    return (*(getattr(group, field) for field in SAME), *times[:6])


def test_every_weekly_group_of_the_demonstration_is_understood_by_our_own_import() -> None:
    demo.load(now=NOW)
    export = public_groups()
    again = read(json.dumps(export.rows).encode(), source="again")
    assert again.outcomes()["refused"] == 0
    assert again.findable == len(export.rows)
    told = {row["name"] for row in export.rows} | {name for name, _ in export.left_out}
    assert told == set(Group.objects.values_list("name", flat=True))
    by_name = {each.proposed["name"]: each.proposed["schedule"] for each in again.rows}
    weekly = Series.objects.exclude(rule="").filter(group__name__in=by_name)
    for series in weekly.select_related("group"):
        schedule = by_name[series.group.name]
        assert (schedule["time"], schedule["zone"], schedule["minutes"]) == (
            series.starts_local[11:],
            series.zone,
            series.minutes,
        )


def test_what_meets_in_another_rhythm_is_named_not_guessed() -> None:
    group = world.group("Every other Tuesday")
    world.series(group, rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    world.group("No timetable")
    export = public_groups()
    assert export.rows == []
    assert {name for name, _why in export.left_out} == {"Every other Tuesday", "No timetable"}


def test_private_venues_links_and_passwords_are_not_published() -> None:
    group = world.group(
        is_venue_hidden=True,
        venue="Garden house",
        address="19 Quarry Gardens",
        locality="Bristol",
        format="hybrid",
        link="https://meet.example/secret",
        phone="0113 496 0000",
        joining_notes="Ring twice",
        latitude=51.4,
        longitude=-2.6,
    )
    world.series(group)
    world.meeting(group, starts_at=NOW + timedelta(days=1))
    text = json.dumps(public_groups().rows)
    assert "Bristol" in text
    for secret in ("Garden", "Quarry", "secret", "0113", "Ring", "51.4"):
        assert secret not in text
    assert Meeting.objects.exists()


def test_groups_that_cannot_be_found_are_not_published() -> None:
    world.series(world.group(stage="paused"))
    assert public_groups().rows == []
