"""What bringing in a list does to the groups here: once, again, changed, gone, undone."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from hearthside.exchange.actions import imports
from hearthside.exchange.models import Import, ImportRow, RowChange
from hearthside.groups.actions.experiences import seed_vocabulary
from hearthside.groups.enums import Format, GenderRule, Openness, Stage
from hearthside.groups.models import GroundRules, Group, Site
from hearthside.meetings.models import Meeting
from tests import world
from tests.exchange.lists import bring_in, packed, read, row
from tests.world import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


def only() -> Group:
    return Group.objects.get()


def test_a_row_becomes_an_open_group_with_ground_rules_and_its_next_meetings() -> None:
    reading = bring_in(packed(row(types=["O", "D", "W", "X"])))
    group = only()
    assert (group.name, group.stage, group.site) == ("Tuesday candle", Stage.OPEN, reading.site)
    assert (group.format, group.gender) == (Format.IN_PERSON, GenderRule.WOMEN)
    assert (group.access, group.languages) == (["step_free"], ["en"])
    assert (group.openness, group.size_max, group.age_from) == (Openness.OPEN, 30, 0)
    assert not group.gaps()
    assert GroundRules.objects.filter(group=group, version=1).exists()
    first = group.meetings.upcoming(now=NOW)[0]
    local = first.starts_at.astimezone(ZoneInfo("Europe/London"))
    assert f"{local:%a %H:%M}" == "Tue 19:00"
    assert first.length() == timedelta(minutes=90)


def test_the_time_of_a_group_stays_when_the_clocks_change() -> None:
    bring_in(packed(row(timezone="America/New_York")), now=NOW.replace(month=2))
    starts = Meeting.objects.values_list("starts_at", flat=True)
    zone = ZoneInfo("America/New_York")
    assert {f"{each.astimezone(zone):%H:%M}" for each in starts} == {"19:00"}
    assert {each.astimezone(zone).utcoffset() for each in starts} == {
        timedelta(hours=-5),
        timedelta(hours=-4),
    }


def test_passwords_and_links_of_a_list_are_for_members_only() -> None:
    online = row(
        formatted_address=None,
        location=None,
        conference_url="https://zoom.us/j/123456789",
        conference_url_notes="Passcode: 998877",
        notes="Bring tea.",
    )
    bring_in(packed(online))
    group = only()
    assert group.format == Format.LINK
    assert group.link == "https://zoom.us/j/123456789"
    assert "998877" in group.joining_notes
    assert "998877" not in group.summary + group.what_happens
    assert group.what_happens == "Bring tea."


def test_what_its_groups_live_with_is_chosen_or_guessed() -> None:
    seed_vocabulary()
    bring_in(packed(row()), experiences=("grief",))
    assert [each.slug for each in only().experiences.all()] == ["grief"]
    guessed = read(packed(row(url="https://someaa.org/meetings/1")), source="else")
    assert guessed.choices.experiences == ("alcohol",)
    assert (
        read(packed(row(url="https://sports.example/1")), source="else").choices.experiences == ()
    )


def test_several_days_of_one_meeting_are_one_group() -> None:
    bring_in(
        packed(row(day=[1, 3]), row(slug="b", name="B", day=2), row(slug="b", name="B", day=4))
    )
    assert Group.objects.count() == 2
    days = {
        group.name: {each.starts_at.weekday() for each in group.meetings.all()}
        for group in Group.objects.all()
    }
    assert days == {"Tuesday candle": {0, 2}, "B": {1, 3}}


def test_a_group_that_the_list_calls_closed_says_so_before_anything_else() -> None:
    bring_in(packed(row(types=["TC"], url="https://lists.example/candle")))
    assert only().summary.startswith("The list marks this group as closed for now.")
    assert "https://lists.example/candle" in only().summary


def test_a_group_whose_dates_nobody_knows_gets_none_made_up() -> None:
    bring_in(packed(row(name="Every other Tuesday")))
    assert only().stage == Stage.OPEN
    assert not Meeting.objects.exists()
    assert "does not meet every week" in only().summary


def test_reading_the_same_list_again_changes_nothing_even_after_changes_made_here() -> None:
    bring_in(packed(row()))
    Group.objects.update(name="Our own name", summary="Our own words")
    again = read(packed(row()))
    assert [each.change for each in again.rows] == [RowChange.SAME]


def test_only_what_the_list_changed_is_proposed_with_what_stands_here_beside_it() -> None:
    bring_in(packed(row()))
    Group.objects.update(name="Our own name")
    again = read(packed(row(location="The New Library", name="Theirs")))
    [changed] = again.rows
    assert changed.difference == {
        "name": ["Our own name", "Theirs"],
        "venue": ["The Old Library", "The New Library"],
    }


def test_what_nobody_approved_is_proposed_again() -> None:
    bring_in(packed(row()))
    proposal = read(packed(row(name="Theirs")))
    reading = imports.keep(
        proposal=proposal, site=Site.objects.get(), origin="", by=None, now=LATER
    )
    imports.apply(reading=reading, rows=[], by=None, now=LATER)
    assert only().name == "Tuesday candle"
    assert read(packed(row(name="Theirs"))).rows[0].change == RowChange.CHANGED


def test_a_new_time_moves_the_meetings_and_people_keep_their_seats() -> None:
    bring_in(packed(row()))
    meeting = Meeting.objects.upcoming(now=NOW)[0]
    seat = world.seat(meeting, world.member(only()))
    bring_in(packed(row(time="18:00", end_time="19:30")), now=LATER)
    seat.refresh_from_db()
    assert seat.released_at is None
    local = seat.meeting.starts_at.astimezone(ZoneInfo("Europe/London"))
    assert f"{local:%a %H:%M}" == "Tue 18:00"


def test_a_group_that_is_gone_from_the_list_takes_a_break_and_comes_back_with_it() -> None:
    both = packed(row(), row(slug="b", name="B"))
    bring_in(both)
    bring_in(packed(row()), now=LATER)
    assert Group.objects.get(name="B").stage == Stage.PAUSED
    bring_in(both, now=LATER + timedelta(days=1))
    assert Group.objects.get(name="B").stage == Stage.OPEN


def test_a_row_that_cannot_be_read_any_more_leaves_its_group_alone() -> None:
    bring_in(packed(row()))
    broken = read(packed(row(time="whenever")))
    assert [each.change for each in broken.rows] == [RowChange.REFUSED]
    assert broken.rows[0].notes[-1]["words"]


def test_undoing_takes_new_groups_away_and_puts_former_values_back() -> None:
    first = bring_in(packed(row()))
    second = bring_in(packed(row(name="Theirs", day=4), row(slug="b", name="B")), now=LATER)
    imports.undo(reading=second, by=None, now=LATER)
    assert only().name == "Tuesday candle"
    upcoming = Meeting.objects.upcoming(now=LATER)
    assert {each.starts_at.weekday() for each in upcoming} == {1}
    imports.undo(reading=first, by=None, now=LATER)
    assert not Group.objects.exists()
    assert bring_in(packed(row()), now=LATER).applied_at


def test_undoing_keeps_a_group_that_somebody_joined() -> None:
    reading = bring_in(packed(row()))
    world.member(only())
    imports.undo(reading=reading, by=None, now=LATER)
    assert only().stage == Stage.PAUSED


def test_undoing_leaves_what_was_changed_here_since() -> None:
    bring_in(packed(row()))
    second = bring_in(packed(row(name="Theirs", location="Elsewhere")), now=LATER)
    Group.objects.update(name="Ours")
    imports.undo(reading=second, by=None, now=LATER)
    assert (only().name, only().venue) == ("Ours", "The Old Library")


def test_an_import_is_undone_once_and_only_while_it_is_the_newest() -> None:
    first = bring_in(packed(row()))
    second = bring_in(packed(row(name="Theirs")), now=LATER)
    with pytest.raises(imports.Superseded):
        imports.undo(reading=first, by=None, now=LATER)
    imports.undo(reading=second, by=None, now=LATER)
    with pytest.raises(imports.NothingToUndo):
        imports.undo(reading=second, by=None, now=LATER)


def test_an_older_reading_is_not_applied_over_a_newer_one() -> None:
    old = imports.keep(proposal=read(packed(row())), site=world.site(), origin="", by=None, now=NOW)
    bring_in(packed(row()), now=LATER)
    with pytest.raises(imports.Superseded):
        imports.apply(reading=old, by=None, now=LATER)
    assert Group.objects.count() == 1


def test_if_anything_goes_wrong_nothing_is_changed() -> None:
    proposal = read(packed(row(), row(slug="b", name="B")))
    reading = imports.keep(proposal=proposal, site=world.site(), origin="", by=None, now=NOW)
    # A timetable that no calendar can keep, as a broken release of this software might write it.
    spoilt = reading.rows.get(slug="b")
    spoilt.proposed["schedule"]["zone"] = "Europe/Nowhere"
    spoilt.save()
    with pytest.raises(Exception, match="Nowhere"):
        imports.apply(reading=reading, by=None, now=NOW)
    assert not Group.objects.exists()
    assert not ImportRow.objects.approved().exists()
    assert Import.objects.get().applied_at is None


def test_the_same_names_get_addresses_of_their_own() -> None:
    bring_in(packed(row(), row(slug="b", day=3), row(slug="c", name="新しい", day=4)))
    assert sorted(Group.objects.values_list("slug", flat=True)) == [
        "group",
        "tuesday-candle",
        "tuesday-candle-2",
    ]


def test_words_too_long_for_a_column_are_cut_and_links_are_not() -> None:
    long = "https://zoom.us/j/1?pwd=" + "x" * 600
    bring_in(packed(row(name="N" * 250, location="L" * 400, conference_url=long)))
    group = only()
    assert len(group.name) == 120
    assert len(group.venue) == 160
    assert long in group.joining_notes or not group.link or group.link == long
    group.full_clean(exclude=["site"])
