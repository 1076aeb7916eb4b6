"""The same filters and the same score in SQL, for SQLite and PostgreSQL alike: what the index is held against."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from town import ACCESS, COMFORT

from peerkit.matching import Offer, Rhythm, Seeker, Tree, Weights
from peerkit.matching.finding.asking import Asked, band, band_worth, points
from peerkit.matching.finding.clock import occurrences, week_number
from peerkit.matching.finding.zones import MONDAY, offsets

WAYS = ["in_person", "online", "phone"]
LANGUAGES = ["en", "es", "fr", "de", "pl", "nl", "hi", "pt"]
TABLES = """
CREATE TEMP TABLE grp (n integer PRIMARY KEY, id text, langs integer, ways integer, access integer,
 comfort integer, gender text, age_from integer, age_until integer, is_open integer, seats integer,
 newcomers integer, again integer, lat double precision, lon double precision, beat integer);
CREATE TEMP TABLE about (term text, n integer, band integer);
CREATE TEMP TABLE hour (beat integer, at integer, minutes integer)
"""
INDEXES = """
CREATE INDEX about_term ON about (term, n, band);
CREATE INDEX about_n ON about (n, term, band);
CREATE INDEX hour_beat ON hour (beat, at, minutes);
ANALYZE
"""


class Database(Protocol):
    """What both kinds of connection can do."""

    def execute(self, sql: str, /) -> Any:
        """Run one statement."""

    def cursor(self) -> Any:
        """Return a cursor."""


def sqlite() -> Database:
    """A database in memory."""
    return sqlite3.connect(":memory:")


def postgresql() -> Database:
    """A server that answers; OSError with its words when none does."""
    import psycopg

    url = os.environ.get(
        "HEARTHSIDE_TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres"
    )
    try:
        return psycopg.connect(url, connect_timeout=3, autocommit=True)
    except psycopg.OperationalError as silent:
        raise OSError(str(silent).partition("\n")[0]) from silent


def fill(database: Database, offers: Sequence[Offer], now: datetime, mark: str) -> None:
    """Write the groups into tables that are gone with the connection."""
    beats: dict[Rhythm, int] = {}
    groups, about = [], []
    for number, offer in enumerate(offers):
        beat = beats.setdefault(offer.rhythms[0], len(beats))
        groups.append(_row(number, offer, beat))
        about += [(term, number, band(offer.makeup.get(term, 0))) for term in offer.experiences]
    first = week_number(now.date())
    hours = [
        (beat, (at - MONDAY) // timedelta(minutes=1), rhythm.minutes)
        for rhythm, beat in beats.items()
        for at in occurrences(rhythm, first)
    ]
    for statement in TABLES.split(";"):
        database.execute(statement)
    cursor = database.cursor()
    for table, rows in (("grp", groups), ("about", about), ("hour", hours)):
        marks = ", ".join([mark] * len(rows[0]))
        cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    for statement in INDEXES.split(";"):
        database.execute(statement)


def question(seeker: Seeker, tree: Tree, now: datetime) -> str:
    """The twenty best groups for somebody who wants one experience: id, score in millionths."""
    asked = Asked.of(seeker, tree, Weights())
    (sought,) = asked.sought
    near = ", ".join(f"('{term}', {_f(one.weight)})" for term, one in sought.near.items())
    minute = (now.astimezone(UTC) - MONDAY) // timedelta(minutes=1)
    seconds = (now - MONDAY) // timedelta(seconds=1)
    where = " AND ".join(["is_open = 1", "(seats IS NULL OR seats > 0)", *_filters(seeker)])
    worths = " + ".join(_worths(asked))
    km = _kilometres(seeker)
    fits = _fits(seeker, now)
    return f"""
WITH near(term, weight) AS (VALUES {near}),
cand AS (SELECT n, max(weight) AS weight FROM about JOIN near ON near.term = about.term GROUP BY n),
fit AS (SELECT grp.*, weight, {km} AS km FROM cand JOIN grp ON grp.n = cand.n WHERE {where}),
held AS (SELECT beat, count(*) AS coming, sum(is_in) AS fitting, min(CASE is_in WHEN 1 THEN at END) AS at
 FROM (SELECT beat, at, {fits} AS is_in FROM hour WHERE beat IN (SELECT beat FROM fit)
  AND at * 60 >= {seconds} AND at < {minute + 20 * 10080 + 1}) AS meeting GROUP BY beat)
SELECT id, {worths} AS score FROM fit JOIN held ON held.beat = fit.beat
WHERE fitting > 0 AND {_reach(seeker)} ORDER BY score DESC, at, id LIMIT 20
""".replace("$NOW", _f(seconds / 60)).replace("$TERM", f"'{sought.term}'")


def _row(number: int, offer: Offer, beat: int) -> tuple[Any, ...]:
    return (
        number, offer.id, _mask(LANGUAGES, offer.languages), _mask(WAYS, offer.formats),
        _mask(ACCESS, offer.access), _mask(COMFORT, offer.comfort), offer.gender_rule,
        offer.age_from, offer.age_until, int(offer.is_open), offer.seats_free,
        int(offer.welcomes_newcomers),
        None if offer.returns is None else round(offer.returns * 100),
        offer.latitude, offer.longitude, beat,
    )  # fmt: skip


def _mask(words: Sequence[str], some: frozenset[str] | tuple[str, ...]) -> int:
    return sum(1 << words.index(one) for one in some)


def _filters(seeker: Seeker) -> Iterator[str]:
    if seeker.languages:
        yield f"(langs & {_mask(LANGUAGES, seeker.languages)}) <> 0"
    if seeker.formats:
        yield f"(ways & {_mask(WAYS, seeker.formats)}) <> 0"
    if seeker.access:
        needs = _mask(ACCESS, seeker.access)
        yield f"(access & {needs}) = {needs}"
    if seeker.age is not None:
        yield f"coalesce(age_from, 0) <= {seeker.age} AND coalesce(age_until, 200) >= {seeker.age}"
    if seeker.gender is not None:
        yield f"gender IN ('', '{seeker.gender}')"
    if seeker.only:
        yield f"gender = '{seeker.only}'"


def _worths(asked: Asked) -> Iterator[str]:
    seeker, shares = asked.seeker, asked.shares
    part = asked.sought[0].part
    yield f"floor({_f(shares['experience'])} * ({_f(1 - 0.7)} * {_f(part)} * weight + {_f(0.7)} * weight) * 1000000)"
    if seeker.free:
        yield f"floor({_f(shares['time'])} * ({_f(1)} * fitting / coming) * 1000000)"
    yield f"floor({_f(shares['soon'])} * ({_f(1)} / (1 + (at - $NOW) / {_f(10080)})) * 1000000)"
    if seeker.languages:
        first = points(shares["language"], 1.0)
        yield _case(
            f"(langs & {_mask(LANGUAGES, seeker.languages[:1])}) <> 0",
            first,
            points(shares["language"], 0.8),
        )
    yield str(
        sum(points(shares[one], 1.0) for one in ("format", "access", "only") if one in shares)
    )
    for number, word in enumerate(COMFORT):
        if seeker.comfort == {word}:
            yield _case(f"(comfort & {1 << number}) <> 0", points(shares["comfort"], 1.0), 0)
    if len(seeker.comfort) > 1:
        yield _comfort(asked)
    others = " ".join(
        f"WHEN {one} THEN {points(shares['others'], band_worth(one))}" for one in (3, 5, 10)
    )
    yield f"coalesce((SELECT CASE band {others} ELSE 0 END FROM about WHERE about.n = fit.n AND term = $TERM), 0)"
    yield _case("seats > 0", points(shares["seats"], 1.0), 0)
    yield _case("newcomers = 1", points(shares["welcome"], 1.0), 0)
    yield f"floor({_f(shares['returns'])} * (coalesce(again, 0) / {_f(100)}) * 1000000)"
    if seeker.around is not None:
        within = seeker.around.km
        near = f"floor({_f(shares['place'])} * (1 - {_f(0.5)} * km / {_f(within)}) * 1000000)"
        yield f"CASE WHEN (ways & 1) <> 0 AND {_room(seeker)} AND km <= {_f(within)} THEN {near} ELSE 0 END"


def _comfort(asked: Asked) -> str:
    wished = [COMFORT.index(one) for one in asked.seeker.comfort]
    met = " + ".join(_case(f"(comfort & {1 << one}) <> 0", 1, 0) for one in wished)
    worth = [points(asked.shares["comfort"], one / len(wished)) for one in range(len(wished) + 1)]
    table = " ".join(f"WHEN {many} THEN {one}" for many, one in enumerate(worth))
    return f"CASE {met} {table} END"


def _f(value: float) -> str:
    """A number that both databases read as the same double."""
    return f"CAST({value!r} AS double precision)"


def _case(condition: str, then: int, otherwise: int) -> str:
    return f"CASE WHEN {condition} THEN {then} ELSE {otherwise} END"


def _room(seeker: Seeker) -> str:
    return "1 = 1" if not seeker.formats or "in_person" in seeker.formats else "ways = 1"


def _reach(seeker: Seeker) -> str:
    """A group that one must go to lies within reach."""
    if seeker.around is None:
        return "1 = 1"
    elsewhere = _mask(WAYS, (seeker.formats or frozenset(WAYS)) - {"in_person"})
    return f"((ways & {elsewhere}) <> 0 OR km <= {_f(seeker.around.km)})"


def _kilometres(seeker: Seeker) -> str:
    around = seeker.around
    if around is None:
        return "0"
    up = f"power(sin(radians(lat - {_f(around.latitude)}) / 2), 2)"
    along = f"power(sin(radians(lon - {_f(around.longitude)}) / 2), 2)"
    chord = f"{up} + cos(radians({_f(around.latitude)})) * cos(radians(lat)) * {along}"
    return f"round(2 * {_f(6371.0088)} * asin(sqrt({chord})) * 10) / {_f(10)}"


def _fits(seeker: Seeker, now: datetime) -> str:
    if not seeker.free:
        return "1"
    clock = offsets(seeker.zone, week_number(now.date()))
    ahead = str(clock.minutes[-1])
    for change, minutes in zip(clock.changes[::-1], clock.minutes[-2::-1], strict=True):
        ahead = f"CASE WHEN at < {change} THEN {minutes} ELSE {ahead} END"
    local = f"((at + {ahead}) % 10080)"
    spans = [(day * 1440 + start, day * 1440 + end) for day, start, end in seeker.free]
    within = " OR ".join(
        f"({local} >= {start} AND {local} + minutes <= {end})" for start, end in _joined(spans)
    )
    return f"CASE WHEN {within} THEN 1 ELSE 0 END"


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
