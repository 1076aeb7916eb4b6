"""What the kernels read: arrays of groups, of a place asked about, of what is worth how much."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from peerkit.matching.finding.bits import Bytes, Floats, Ints, Longs, Masks, Words
from peerkit.matching.finding.reach import Bounds

Shorts = NDArray[np.int16]
Codes = NDArray[np.uint16]


class Groups(NamedTuple):
    """N groups: see `columns.Columns`."""

    terms: NDArray[np.uint16]
    makeup: Masks
    always: Shorts
    plan: Ints
    latitude: Floats
    longitude: Floats


class Place(NamedTuple):
    """A place asked about; `room` and `needed` mark whose distance counts, and who must be near."""

    is_asked: int
    room: Bytes
    needed: Bytes
    latitude: float
    longitude: float
    km: float
    bounds: Bounds


class Worth(NamedTuple):
    """What counts how much, in millionths but for the shares.

    `degrees` (wanted, terms) says how near each term is, 0 for not at all; `near`, `alone` and `best`
    (wanted, degrees) what that is: 0..1, points, and points of the best-met one. `codes` (terms,) say all
    degrees of a term in so many bits that those of several terms may be laid over each other: below
    `known`, where 0 is that they are too many for it. `numbers` (wanted,)
    are the wanted terms, `others` (4,) is for how many live with one. `foremost` and `right` mark rows
    that speak the first language and that felt right; `wishes` (wishes, N / 8) rows that meet each,
    and `comfort` is for how many are met. `time_most` is the most that meetings give, `late_most` the most
    that others and a place give, `most` that all give which is not the same for every row at first sight.
    """

    degrees: Bytes
    near: Floats
    alone: Longs
    best: Longs
    codes: Codes
    known: int
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
    most: int


class Kept(NamedTuple):
    """Room to work in: `heap` (2, most) for the best so far, rows with their scores and meetings.

    `untimely` (P,) is for what is wrong with when each plan meets, `about` for the points of each code.
    """

    heap: Longs
    rows: Ints
    untimely: Bytes
    scores: Longs
    at: Longs
    about: Longs


class Missing(NamedTuple):
    """Who misses what: bitmaps `missed` (misses, N / 64), and how the rows of each are counted, `kinds`.

    `none` miss none of them, `one` exactly one. Of these `astray` may be too far away, and `inside` are
    those among them of whom only their distance tells; `unplaced` do not say where they meet.
    `languages` and `formats` (N,) are sets of words; `refused` (terms,) is where a term stands among those
    refused, or how many terms there are.
    """

    missed: Words
    kinds: Longs
    none: Words
    one: Words
    astray: Words
    inside: Words
    unplaced: Words
    languages: Ints
    formats: Ints
    refused: Longs
