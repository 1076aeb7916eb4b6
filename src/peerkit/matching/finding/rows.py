"""Rows of the columns read back as groups, for those few that are shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from numpy.typing import NDArray

from peerkit.matching.finding.bits import Longs
from peerkit.matching.finding.columns import TOLD, Columns
from peerkit.matching.values import Offer, Rhythm


def offers(columns: Columns, rows: Longs) -> list[Offer]:
    """Return the groups of these rows; counts of their makeup as bands."""
    numbers = (
        _listed(columns.latitude, rows),
        _listed(columns.longitude, rows),
        _listed(columns.age_from, rows),
        _listed(columns.age_until, rows),
        _listed(columns.seats, rows),
        _listed(columns.returns, rows),
    )
    said = (
        columns.flags.flagged("placed", rows),
        columns.age_from[rows] >= 0,
        columns.age_until[rows] >= 0,
        columns.seats[rows] >= 0,
        columns.returns[rows] >= 0,
        columns.flags.flagged("closed", rows),
        columns.flags.flagged("newcomers", rows),
    )
    told = zip(
        rows.tolist(),
        columns.terms[:, rows].T.tolist(),
        zip(*numbers, strict=True),
        zip(*(one.tolist() for one in said), strict=True),
        strict=True,
    )
    return [_offer(columns, *one) for one in told]


def _offer(
    columns: Columns,
    row: int,
    terms: Sequence[int],
    numbers: Sequence[Any],
    said: Sequence[bool],
) -> Offer:
    latitude, longitude, age_from, age_until, seats, returns = numbers
    placed, aged, limited, counted, returning, is_closed, is_greeting = said
    words = columns.words
    rule = columns.genders.at(row)
    return Offer(
        columns.ids[row],
        frozenset([words[term] for term in terms if term]),
        columns.upcoming.get(row, ()),
        columns.languages.at(row),
        columns.formats.at(row),
        columns.access.at(row),
        latitude if placed else None,
        longitude if placed else None,
        age_from if aged else None,
        age_until if limited else None,
        next(iter(rule)) if rule else "",
        not is_closed,
        seats if counted else None,
        is_greeting,
        _rhythms_of(columns, row),
        columns.comfort.at(row),
        _makeup(columns, row),
        returns / 100 if returning else None,
    )


def _rhythms_of(columns: Columns, row: int) -> tuple[Rhythm, ...]:
    is_dated = row in columns.upcoming
    return columns.rhythms.get(-1 - row if is_dated else int(columns.plan[row]), ())


def _makeup(columns: Columns, row: int) -> Mapping[str, int]:
    told = columns.makeup[:, row].tolist()
    return {columns.words[one >> 2]: TOLD[one & 3] for one in told if one} if any(told) else {}


def _listed(column: NDArray[Any], rows: Longs) -> list[Any]:
    values: list[Any] = column[rows].tolist()
    return values
