"""What the laws of finding are tried on: people and groups of every kind, around one moment."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from peerkit.matching import Around, Free, Offer, Rhythm, Seeker, Start, Tree, Wanted, week_number

# Four weeks before clocks change in Europe, one before they change in New York.
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MOMENTS = st.integers(0, 40 * 24 * 60).map(lambda one: NOW + timedelta(minutes=one))
TREE = Tree(
    {"widowed": "grief", "parent-died": "grief", "alcohol": "addiction", "drugs": "addiction"},
    {"alcohol": ("affected",), "affected": ("alcohol",)},
)
TERMS = ["grief", "widowed", "parent-died", "addiction", "alcohol", "drugs", "affected", "odd"]
ZONES = ["UTC", "Europe/London", "Asia/Kathmandu", "America/New_York", "Africa/Casablanca"]
COMFORT = ["listening", "camera_off", "secular"]
FELT = ["right", "unsure", "not_for_me"]

_minutes = st.integers(-600, 20_000)
STARTS = st.builds(
    Start,
    at=_minutes.map(lambda some: NOW + timedelta(minutes=some)),
    minutes=st.integers(30, 180),
    zone=st.sampled_from(ZONES),
)
FREE = st.tuples(st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1440)).map(
    lambda one: Free(one[0], min(one[1], one[2] - 1), one[2])
)
_hours: dict[str, st.SearchStrategy[Any]] = {
    "weekday": st.integers(0, 6),
    "minute": st.sampled_from([0, 90, 150, 720, 1140, 1170, 1410]),
    "minutes": st.sampled_from([60, 90]),
    "zone": st.sampled_from(ZONES),
}
_rules: list[dict[str, st.SearchStrategy[int]]] = [
    {},
    {"every": st.integers(1, 3), "phase": st.integers(0, 3)},
    {"nth": st.integers(-1, 5)},
    {
        "weeks": st.integers(1, 2**24),
        "since": st.integers(-8, 4).map(lambda some: week_number(NOW.date()) + some),
    },
]
RHYTHMS = st.one_of(
    [st.fixed_dictionaries({**_hours, **rule}).map(lambda one: Rhythm(**one)) for rule in _rules]
)


def some(*values: str) -> st.SearchStrategy[frozenset[str]]:
    """Up to two of these words."""
    return st.frozensets(st.sampled_from(values), max_size=2)


OFFERS = st.builds(
    Offer,
    id=st.integers(0, 10_000).map(str),
    experiences=some(*TERMS),
    upcoming=st.lists(STARTS, max_size=3).map(tuple),
    rhythms=st.lists(RHYTHMS, max_size=2).map(tuple),
    languages=some("en", "es", "pl"),
    formats=some("online", "in_person", "phone"),
    access=some("step_free", "captions"),
    latitude=st.none() | st.floats(50, 55),
    longitude=st.none() | st.floats(-4, 1),
    age_from=st.none() | st.sampled_from([12, 18]),
    age_until=st.none() | st.sampled_from([25, 60]),
    gender_rule=st.sampled_from(["", "women", "men"]),
    is_open=st.sampled_from([True, True, True, False]),
    seats_free=st.none() | st.integers(0, 5),
    welcomes_newcomers=st.booleans(),
    comfort=some(*COMFORT),
    makeup=st.dictionaries(st.sampled_from(TERMS), st.integers(0, 12), max_size=3),
    returns=st.none() | st.floats(0, 1),
)
MANY = st.lists(OFFERS, max_size=12, unique_by=lambda offer: offer.id)
SEEKERS = st.builds(
    Seeker,
    experiences=st.lists(
        st.builds(Wanted, st.sampled_from(TERMS), st.floats(0.1, 3)), max_size=3
    ).map(tuple),
    not_wanted=some("alcohol", "grief"),
    free=st.lists(FREE, max_size=3).map(tuple),
    zone=st.sampled_from(ZONES),
    languages=st.lists(st.sampled_from(["en", "es"]), max_size=2, unique=True).map(tuple),
    formats=some("online", "in_person"),
    access=some("step_free", "captions"),
    around=st.none() | st.just(Around(51.5, -0.12, 40)),
    age=st.none() | st.integers(12, 80),
    gender=st.sampled_from([None, "women", "men"]),
    only=st.sampled_from(["", "", "women"]),
    excluded=some("1", "2", "3"),
    comfort=some(*COMFORT),
    tried=st.dictionaries(st.integers(0, 20).map(str), st.sampled_from(FELT), max_size=4),
)
