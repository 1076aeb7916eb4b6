"""Times: said on the reader's clock, with the group's beside it only where the two differ."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.template import Context, Template
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from hearthside.shell.moments import spoken

ZONES = [
    "Europe/London",
    "Europe/Madrid",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "UTC",
]
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
START = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 730 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
zones = st.sampled_from(ZONES)


@given(at=moments, group=zones, viewer=zones)
def test_the_groups_clock_is_named_only_where_it_differs(
    at: datetime, group: str, viewer: str
) -> None:
    said = spoken(at, zone=group, viewer=ZoneInfo(viewer), now=NOW)
    agree = (
        at.astimezone(ZoneInfo(group)).utcoffset() == at.astimezone(ZoneInfo(viewer)).utcoffset()
    )
    assert (said.place == "") == agree
    assert (said.there == "") == agree


@given(at=moments, group=zones, viewer=zones)
def test_the_moment_itself_is_never_changed_by_how_it_is_said(
    at: datetime, group: str, viewer: str
) -> None:
    said = spoken(at, zone=group, viewer=ZoneInfo(viewer), now=NOW)
    assert abs(datetime.fromisoformat(said.iso) - at) < timedelta(minutes=1)


@given(at=moments, group=zones)
def test_whoevers_clock_we_do_not_know_is_told_whose_clock_it_is(at: datetime, group: str) -> None:
    said = spoken(at, zone=group, viewer=None, now=NOW)
    assert said.place
    assert said.there == ""
    assert said.at.utcoffset() == at.astimezone(ZoneInfo(group)).utcoffset()


def test_another_day_at_the_group_is_named() -> None:
    at = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    said = spoken(at, zone="Pacific/Auckland", viewer=ZoneInfo("Europe/London"), now=NOW)
    assert said.day == "Tuesday 24 November"
    assert said.there == "Wed 12:30\N{NO-BREAK SPACE}p.m."
    assert said.place == "Auckland"


def test_another_year_is_named() -> None:
    said = spoken(datetime(2027, 1, 5, 19, 0, tzinfo=UTC), zone="UTC", viewer=None, now=NOW)
    assert said.day == "Tuesday 5 January 2027"


def test_a_page_says_both_clocks_and_keeps_the_moment_for_machines() -> None:
    request = RequestFactory().get("/")
    request.zone = ZoneInfo("Europe/Madrid")  # type: ignore[attr-defined]
    template = Template('{% period from_at=a until_at=b zone="Europe/London" %}')
    at = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
    page = template.render(Context({"request": request, "a": at, "b": at + timedelta(minutes=90)}))
    assert 'datetime="2026-11-24T20:00+01:00"' in page
    assert "7\N{NO-BREAK SPACE}p.m.\N{EN DASH}8:30\N{NO-BREAK SPACE}p.m. in London" in page
    assert 'class="moment known"' in page
