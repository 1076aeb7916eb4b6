"""When the few groups that are shown meet, read from the arrays in the words of `clock`."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final, NamedTuple

import numpy as np

from peerkit.matching.finding.bits import Longs
from peerkit.matching.finding.clock import Clock, Fit
from peerkit.matching.finding.columns import Columns
from peerkit.matching.finding.rows import offers
from peerkit.matching.finding.week import PersonWeek
from peerkit.matching.finding.zones import MONDAY
from peerkit.matching.values import Start

_MINUTE: Final = timedelta(minutes=1)


class _Held(NamedTuple):
    """One beat: weeks to come and weeks that fit as bits, the week told of, minutes outside."""

    slot: int
    coming: int
    fitting: int
    week: int
    off: int


def fits_of(
    columns: Columns, week: PersonWeek, clock: Callable[[], Clock], rows: Longs
) -> list[Fit]:
    """Return how the meetings of each row lie; those with more than one beat are told by the clock."""
    plans = columns.plan.take(rows)
    tables = columns.beats.tables()
    moments = week.moments(tables.firsts.take(plans), exact=True)
    told = (moments.slot, moments.coming, moments.fitting, moments.week, moments.off)
    held = map(_Held._make, zip(*(one.tolist() for one in told), strict=True))
    zones = [_zone(columns, plan) for plan in plans.tolist()]
    found = [_fit(week, zone, one) for zone, one in zip(zones, held, strict=True)]
    several = tables.lengths.take(plans) > 1
    if columns.upcoming:
        several |= np.array([row in columns.upcoming for row in rows.tolist()], np.bool_)
    for place in np.flatnonzero(several).tolist():
        (offer,) = offers(columns, rows[place : place + 1])
        found[place] = clock().fit(offer)
    return found


def fits_told(
    columns: Columns, week: PersonWeek, clock: Callable[[], Clock], rows: Longs, told: Longs
) -> list[Fit]:
    """Return the same of rows that fit, from what the kernels tell of each (`fused.hours.tell`)."""
    minutes, plans = week.weeks.minutes, columns.plan.take(rows).tolist()
    found = []
    for row, plan, one in zip(rows.tolist(), plans, told.tolist(), strict=True):
        coming, fitting, slot, first, until, is_later = one
        if slot < 0 or row in columns.upcoming:
            (offer,) = offers(columns, np.array([row]))
            found.append(clock().fit(offer))
            continue
        zone, length = _zone(columns, plan), int(minutes[slot])
        later = Start(MONDAY + until * _MINUTE, length, zone) if until >= 0 else None
        start = Start(MONDAY + first * _MINUTE, length, zone)
        found.append(Fit(coming, fitting, start, 0, later, bool(is_later)))
    return found


def _zone(columns: Columns, plan: int) -> str:
    rhythms = columns.rhythms.get(plan, ())
    return rhythms[0].zone if rhythms else ""


def _fit(week: PersonWeek, zone: str, held: _Held) -> Fit:
    slot, coming, fitting, told, off = held
    if not coming:
        return Fit(0, 0, None)
    start = _start(week, slot, told, zone)
    astray = coming & ~fitting
    if not fitting or not astray:
        return Fit(coming.bit_count(), fitting.bit_count(), start, off)
    later = astray >> told << told
    first = (later & -later).bit_length() - 1
    until = _start(week, slot, first, zone) if later else None
    is_later = bool(astray & (1 << told) - 1)
    return Fit(coming.bit_count(), fitting.bit_count(), start, 0, until, is_later)


def _start(week: PersonWeek, slot: int, told: int, zone: str) -> Start:
    weeks = week.weeks
    return Start(MONDAY + int(weeks.utc[told, slot]) * _MINUTE, int(weeks.minutes[slot]), zone)
