"""All five published lists: every row becomes a group with a right next meeting, or has a reason why not."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hearthside.exchange.actions import imports
from hearthside.exchange.models import Import, ImportRow, RowChange, RowOutcome
from hearthside.groups.enums import Stage
from hearthside.groups.models import Group
from hearthside.meetings.models import Meeting
from tests.exchange import lists
from tests.world import NOW

pytestmark = pytest.mark.django_db

LEAST_RIGHT = 0.97


def right_rows(shared: Path, name: str) -> Iterator[tuple[dict[str, Any], ImportRow, bool]]:
    """Each raw row, ours of it, and whether people find its group, and its next meeting at the time it names."""
    raws = json.loads(lists.real_list(shared, name))
    reading = Import.objects.get(source=name)
    rows = {row.index: row for row in reading.rows.filter(outcome__gt="")}
    groups = {group.source_slug: group for group in Group.objects.filter(source=name)}
    for index, raw in enumerate(raws):
        group = groups.get(rows[index].slug)
        meeting = group and group.meetings.upcoming(now=NOW).first()
        is_found = group is not None and group.stage == Stage.OPEN and meeting is not None
        yield raw, rows[index], bool(is_found and meeting and is_right(meeting, raw, name))


def is_right(meeting: Meeting, raw: dict[str, Any], name: str) -> bool:
    """Whether the meeting is on the day and at the time of the row, by the clock of its place."""
    local = meeting.starts_at.astimezone(ZoneInfo(meeting.zone))
    days, time = lists.days_and_time(raw)
    zone = raw.get("timezone") or lists.ZONES.get(name)
    if zone:
        return local.weekday() in days and f"{local:%H:%M}" == time and agree(meeting, zone)
    # One list names no zone but says in its titles what clock it means.
    spoken = lists.spoken_time(raw["name"])
    if spoken is None:
        return local.weekday() in days and f"{local:%H:%M}" == time
    there = meeting.starts_at.astimezone(ZoneInfo(spoken[1]))
    return f"{there:%H:%M}" == spoken[0]


def agree(meeting: Meeting, zone: str) -> bool:
    there = meeting.starts_at.astimezone(ZoneInfo(zone))
    return there.utcoffset() == meeting.starts_at.astimezone(ZoneInfo(meeting.zone)).utcoffset()


def test_nearly_every_row_of_the_real_lists_becomes_a_findable_group_with_a_right_next_meeting(
    shared: Path,
) -> None:
    total, missing = 0, []
    for name in lists.REAL:
        data = lists.real_list(shared, name)
        lists.bring_in(data, source=name)
        # And to read the same list again changes nothing.
        assert {row.change for row in lists.read(data, source=name).rows} == {RowChange.SAME}
        for raw, row, is_right in right_rows(shared, name):
            total += 1
            assert is_right or row.notes, f"{raw['name']} has no reason to act on"
            missing += (
                [] if is_right else [(name, raw["name"], [note["code"] for note in row.notes])]
            )
    assert total == 1641
    assert len(missing) <= (1 - LEAST_RIGHT) * total, missing


def test_a_real_list_that_changed_is_proposed_field_by_field_and_can_be_undone(
    shared: Path,
) -> None:
    data = lists.real_list(shared, "sussexaa")
    lists.bring_in(data, source="sussexaa")
    raws = json.loads(data)
    before = everything()
    raws[0]["time"] = "20:15"
    raws[1]["name"] = "Renamed by the publisher"
    gone = raws.pop()
    proposal = lists.read(json.dumps(raws).encode(), source="sussexaa")
    changed = {row.slug: row for row in proposal.rows if row.change != RowChange.SAME}
    assert set(changed) == {raws[0]["slug"], raws[1]["slug"], gone["slug"]}
    assert set(changed[raws[0]["slug"]].difference) == {"schedule"}
    assert changed[raws[1]["slug"]].difference["name"][1] == "Renamed by the publisher"
    assert changed[gone["slug"]].change == RowChange.GONE
    assert everything() == before

    reading = lists.bring_in(json.dumps(raws).encode(), source="sussexaa")
    moved = Group.objects.get(source_slug=raws[0]["slug"]).meetings.upcoming(now=NOW)[0]
    assert f"{moved.starts_at.astimezone(ZoneInfo(moved.zone)):%H:%M}" == "20:15"
    assert Group.objects.get(source_slug=gone["slug"]).stage == Stage.PAUSED

    imports.undo(reading=reading, by=None, now=NOW)
    assert everything() == before


def test_outcomes_of_a_real_list_add_up(shared: Path) -> None:
    reading = lists.bring_in(lists.real_list(shared, "aasfmarin"), source="aasfmarin")
    outcomes = list(reading.rows.values_list("outcome", flat=True))
    assert len(outcomes) == 658
    assert set(outcomes) <= set(RowOutcome.values)


def everything() -> list[tuple[Any, ...]]:
    """What people see of the groups: words, stage and the next times."""
    return sorted(
        (
            group.source_slug,
            group.name,
            group.stage,
            group.summary,
            group.joining_notes,
            *(
                meeting.starts_at
                for meeting in group.meetings.upcoming(now=NOW).filter(series__ended_at=None)[:3]
            ),
        )
        for group in Group.objects.all()
    )
