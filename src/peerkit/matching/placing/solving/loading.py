"""Loading kernels before they are needed: those of small problems are few, the rest may never be asked for."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peerkit.matching.placing.arrays import Arrays
from peerkit.matching.placing.solving.laying import lay_board
from peerkit.matching.placing.solving.pairing import pairs_of

LOADING = 5.0
"""Seconds of loading kernels that count; compiling them, the first time, takes longer and does not."""
_NUMBERS = (
    "main metro age gender wantsingle fmt fmtpref reach comfort lang1 lang2 lat lon tz "
    "gtopic glang glat glon gtz gmetro gage lo hi ident online gst gcomf tcat"
)


@cache
def ready_for_few() -> None:
    """Load the kernels that reading an instance and laying its board need: a small problem's only ones."""
    _pair()
    lay_board(a_few())


def a_few() -> Arrays:
    """A world of four people and one group, in which every kind of array is met."""
    four, one = np.full(4, -1, np.int32), np.ones(1, np.int32)
    return Arrays(
        ptr=np.arange(5, dtype=np.int64), group=four + 1, fit=four + 9, kind=four + 1,
        new=four > 0, held=four, before=four + 1, cap=4 * one, low=one, opens=one > 0,
        fac=0 * one, fac_cap=9 * one, apart=np.array([[0, 1]], np.int32),
        together=np.zeros((0, 2), np.int32),
    )  # fmt: skip


def _pair() -> None:
    """One member and one group, whatever comes of it."""
    one, week = np.zeros(1, np.int32), np.zeros((1, 6), np.uint64)
    found: dict[str, NDArray[Any]] = dict.fromkeys(_NUMBERS.split(), one)
    found |= {"sec": np.full((1, 2), -1, np.int32), "avb": week, "pfb": week}
    pairs_of(found | {"gdur": one + 1, "gtopic2": one - 1})
