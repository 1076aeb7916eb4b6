"""What the kernels read: arrays of groups, of a place asked about, of what is worth how much."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from peerkit.matching.finding.bits import Bytes, Floats, Ints, Longs, Masks

Shorts = NDArray[np.int16]


class Groups(NamedTuple):
    """N groups: see `columns.Columns`."""

    terms: NDArray[np.uint16]
    makeup: Masks
    always: Shorts
    plan: Ints
    latitude: Floats
    longitude: Floats


class Place(NamedTuple):
    """A place asked about; `room` and `needed` mark whose distance counts, and who must be near.

    Farther than `turn` degrees north or `aside` east is too far. In square degrees, with `longest` and
    `shortest` the factors of a parallel's length: up to `sure` is near enough, beyond `unsure` too far.
    """

    is_asked: int
    room: Bytes
    needed: Bytes
    latitude: float
    longitude: float
    km: float
    turn: float
    aside: float
    longest: float
    shortest: float
    sure: float
    unsure: float


class Worth(NamedTuple):
    """What counts how much, in millionths but for the shares.

    `degrees` (wanted, terms) says how near each term is, 0 for not at all; `near`, `alone` and `best`
    (wanted, degrees) what that is: 0..1, points, and points of the best-met one. `numbers` (wanted,)
    are the wanted terms, `others` (4,) is for how many live with one. `foremost` and `right` mark rows
    that speak the first language and that felt right; `wishes` (wishes, N / 8) rows that meet each,
    and `comfort` is for how many are met. `time_most` is the most that
    meetings give, `late_most` the most that others and a place give.
    """

    degrees: Bytes
    near: Floats
    alone: Longs
    best: Longs
    numbers: Longs
    others: Longs
    time: float
    soon: float
    place: float
    sure: int
    foremost: Bytes
    first: int
    always: Longs
    wishes: Bytes
    comfort: Longs
    right: Bytes
    tried: int
    time_most: int
    late_most: int


class Room(NamedTuple):
    """Room to work in: for all rows, and a mark for each plan."""

    rows: Ints
    timely: Bytes


class Kept(NamedTuple):
    """The same, with scores and meetings; `heap` (2, most) for the best of them so far.

    `points` and `moments` (P,) are what the meetings of a plan give, and when the first that fits is.
    """

    heap: Longs
    rows: Ints
    timely: Bytes
    scores: Longs
    at: Longs
    points: Longs
    moments: Longs


class Missing(NamedTuple):
    """Who misses what: bitmaps `missed` (misses, N / 8), and how the rows of each are counted, `kinds`.

    `none` miss none of them, `one` exactly one. `languages` and `formats` (N,) are sets of
    words; `refused` (terms,) is where a term stands among those refused, or how many terms there are.
    """

    missed: Bytes
    kinds: Longs
    none: Bytes
    one: Bytes
    languages: Ints
    formats: Ints
    refused: Longs
