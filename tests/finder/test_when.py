"""Times on cards are said as everywhere else on the site."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django.template import Context, Template
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from hearthside.finder.when_html import when_html

ZONES = ["Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC"]
PERIOD = Template("{% period from_at=at until_at=until zone=zone %}")
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes))


@given(
    at=MOMENTS,
    minutes=st.sampled_from([30, 60, 90, 600]),
    zone=st.sampled_from(ZONES),
    viewer=st.sampled_from([None, *ZONES]),
    language=st.sampled_from(["en", "es"]),
)
def test_a_card_says_a_time_as_the_component_does(
    at: datetime, minutes: int, zone: str, viewer: str | None, language: str
) -> None:
    until, own = at + timedelta(minutes=minutes), ZoneInfo(viewer) if viewer else None
    with translation.override(language):
        told = {"at": at, "until": until, "zone": zone, "request": SimpleNamespace(zone=own)}
        said = when_html(at, until, zone=zone, viewer=own, now=timezone.now())
        assert said == PERIOD.render(Context(told)).strip()
