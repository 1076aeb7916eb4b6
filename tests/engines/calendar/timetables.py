"""Timetables of every kind, for laws: zones, rules, first meetings, exceptions."""

# ruff: noqa: DTZ001 - local times without a zone are what is tested

from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

from hypothesis import strategies as st

from peerkit.calendar import Recurrence, first_start, occurrences

# Each with a habit of its own: half-hour summer time, Ramadan, a skipped day, no change at all.
TELLING_ZONES = (
    *("Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"),
    *("America/Sao_Paulo", "Pacific/Apia", "Asia/Kathmandu", "America/Nuuk", "Africa/Cairo"),
    *("America/Santiago", "Asia/Gaza", "Antarctica/Troll", "Asia/Beirut", "UTC"),
)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

zones = st.sampled_from(TELLING_ZONES) | st.sampled_from(
    sorted(zone for zone in available_timezones() if "/" in zone)
)
# Half of them in the hours in which clocks change.
times = st.builds(timedelta, hours=st.integers(0, 3) | st.integers(0, 23)) | st.builds(
    timedelta, hours=st.integers(0, 23), minutes=st.sampled_from((0, 15, 30, 45))
)
days = st.datetimes(datetime(1995, 1, 1), datetime(2028, 6, 1)) | st.datetimes(
    datetime(2025, 1, 1), datetime(2028, 6, 1)
)
locals_ = st.builds(
    lambda day, time: datetime(day.year, day.month, day.day) + time,
    days,
    times,
)


def _joined(values: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=most, unique=True).map(",".join)


plain_days = _joined(st.sampled_from(WEEKDAYS), 7)
nth_days = _joined(
    st.builds("{}{}".format, st.sampled_from((1, 2, 3, 4, 5, -1, -2)), st.sampled_from(WEEKDAYS))
)
month_days = _joined(st.sampled_from(("1", "13", "28", "29", "30", "31", "-1", "-3")))
months = _joined(st.integers(1, 12).map(str))
week_starts = st.sampled_from(("", ";WKST=MO", ";WKST=SU"))
rules = st.builds(
    "{}{};INTERVAL={}{}".format,
    st.one_of(
        st.just("FREQ=DAILY"),
        st.just("FREQ=WEEKLY"),
        st.just("FREQ=MONTHLY"),
        st.just("FREQ=YEARLY"),
        plain_days.map("FREQ=DAILY;BYDAY={}".format),
        plain_days.map("FREQ=WEEKLY;BYDAY={}".format),
        nth_days.map("FREQ=MONTHLY;BYDAY={}".format),
        month_days.map("FREQ=MONTHLY;BYMONTHDAY={}".format),
        st.builds("FREQ=MONTHLY;BYDAY={};BYSETPOS={}".format, plain_days, st.sampled_from((1, -1))),
        st.builds("FREQ=YEARLY;BYMONTH={};BYDAY={}".format, months, nth_days),
        st.builds("FREQ=YEARLY;BYMONTH={};BYMONTHDAY={}".format, months, month_days),
    ),
    week_starts,
    st.integers(1, 5),
    st.just("") | st.integers(1, 60).map(";COUNT={}".format),
)


@st.composite
def recurrences(draw: st.DrawFn) -> Recurrence:
    """A series with a true first meeting; some of its meetings, and times of none, left out."""
    rule = draw(st.just("") | rules)
    starts = first_start(rule, earliest=draw(locals_))
    if starts is None or starts.year > 2028:
        starts, rule = draw(locals_), ""
    whole = Recurrence(starts, draw(zones), draw(st.integers(1, 1440)), rule)
    meetings = occurrences(
        whole, from_at=datetime(2025, 1, 1, tzinfo=UTC), until_at=datetime(2029, 1, 1, tzinfo=UTC)
    )
    left_out = draw(st.lists(st.sampled_from([each.local for each in meetings] or [starts])))
    exceptions = (*left_out, *draw(st.lists(locals_, max_size=2)))
    return Recurrence(whole.starts, whole.zone, whole.minutes, rule, exceptions)


@st.composite
def periods(draw: st.DrawFn) -> tuple[datetime, datetime]:
    """A half-open period of up to 500 days between 2025 and 2028."""
    moment = draw(st.datetimes(datetime(2025, 1, 1), datetime(2027, 8, 1)))
    from_at = moment.replace(tzinfo=UTC)
    return from_at, from_at + timedelta(days=draw(st.integers(0, 500)))
