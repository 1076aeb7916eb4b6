"""Instances of the public generator: who could go where, and how well that fits, as arrays.

A file holds the attributes of members and groups. Hard filters (language, whole meeting inside the
free time, age, women or men only, format and reach, a common experience) leave the options; fits are
sums of points out of 1,000: experience 450, preferred time 150, format, distance or time zone and age
100 each, language and comfort 50 each.
"""

import zlib
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import numpy as np
from numpy.typing import NDArray

from peerkit.matching.placing.arrays import WEEK, Arrays, Ints
from peerkit.matching.placing.values import COUNT_MAX

PEOPLE = (
    "main",
    "sec",
    "lang1",
    "lang2",
    "lat",
    "lon",
    "tz",
    "metro",
    "age",
    "gender",
    "wantsingle",
    "newc",
    "fmt",
    "fmtpref",
    "reach",
    "comfort",
    "avb",
    "pfb",
)
GROUPS = (
    "gtopic",
    "gtopic2",
    "glang",
    "glat",
    "glon",
    "gtz",
    "gmetro",
    "gage",
    "lo",
    "hi",
    "ident",
    "online",
    "gst",
    "gdur",
    "gcomf",
    "cap",
    "mn",
    "optional",
    "fac",
)
OTHERS = ("tcat", "fcap", "apart")

POINTS = ("lat", "lon", "tz", "reach", "glat", "glon", "gtz", "gage")
"""What is measured, not counted: finite numbers."""
WIDE = {"sec": 2, "avb": 6, "pfb": 6, "apart": 2}
"""Arrays with so many columns; all others have one row of numbers."""
LANGUAGES_MAX = 1_000
BYTES_MAX = 2**31
"""What the arrays of a file may take when they are unpacked."""

NAMES = (*PEOPLE, *GROUPS, *OTHERS)
UNPACKING = (AttributeError, KeyError, NotImplementedError, RuntimeError, zlib.error, MemoryError)
"""What a damaged archive raises beside errors of its own."""

Attributes = dict[str, NDArray[Any]]


class UnreadableInstance(ValueError):
    """The file is no instance; the text says what is wrong with it."""


def read_instance(path: Path) -> Arrays:
    """The problem in an instance's .npz, with the members nobody holds and no plan before.

    Raises `UnreadableInstance` for anything else.
    """
    return arrays_of(read_attributes(path))


def read_attributes(path: Path) -> Attributes:
    """The attributes in a file, checked for presence and length."""
    try:
        _check_size(path)
        with np.load(path, allow_pickle=False) as arrays:
            found = {name: arrays[name] for name in NAMES if name in arrays.files}
    except FileNotFoundError:
        raise UnreadableInstance(f"There is no file {path}.") from None
    except UnreadableInstance:
        raise
    except (OSError, ValueError, EOFError, BadZipFile, *UNPACKING) as error:
        raise UnreadableInstance(f"{path} is not a NumPy archive: {error}.") from error
    absent = [name for name in NAMES if name not in found]
    if absent:
        raise UnreadableInstance(f"{path} lacks {', '.join(absent)}.")
    for name, values in found.items():
        _check_kind(path, name, values)
    for names in (PEOPLE, GROUPS):
        lengths = {len(found[name]) for name in names}
        if len(lengths) > 1:
            raise UnreadableInstance(f"{path}: {', '.join(names)} differ in length.")
    for name, (least, most) in _limits(found).items():
        _check_range(path, name, found[name], least, most)
    return found


def _check_size(path: Path) -> None:
    """Refuse a small file that would fill the memory."""
    with ZipFile(path) as file:
        unpacked = sum(one.file_size for one in file.infolist())
    if unpacked > BYTES_MAX:
        raise UnreadableInstance(f"{path} holds {unpacked} bytes; {BYTES_MAX} are the most.")


def _check_kind(path: Path, name: str, values: NDArray[Any]) -> None:
    """Refuse what is no array of finite numbers in the shape it must have."""
    shape = (-1, WIDE[name]) if name in WIDE else (-1,)
    if values.ndim != len(shape) or values.shape[1:] != shape[1:]:
        raise UnreadableInstance(f"{path}: {name} has the shape {values.shape}.")
    if name in ("avb", "pfb"):
        is_right = values.dtype == np.uint64
    else:
        is_right = values.dtype.kind in ("fiu" if name in POINTS else "iub")
    if not is_right:
        raise UnreadableInstance(f"{path}: {name} holds {values.dtype}, which means nothing there.")
    if values.dtype.kind == "f" and not (np.abs(values) <= COUNT_MAX).all():
        raise UnreadableInstance(
            f"{path}: {name} has a number that is none, or beyond {COUNT_MAX}."
        )


def _check_range(path: Path, name: str, values: NDArray[Any], least: int, most: int) -> None:
    wrong = np.flatnonzero((values.reshape(-1) < least) | (values.reshape(-1) > most))
    if len(wrong):
        raise UnreadableInstance(
            f"{path}: {name} has {values.reshape(-1)[wrong[0]]}; {least} to {most} are allowed."
        )


def _limits(found: Attributes) -> dict[str, tuple[int, int]]:
    """The least and the most of each array that counts or names something."""
    topics, people = len(found["tcat"]) - 1, len(found["main"]) - 1
    plain = {name: (-COUNT_MAX, COUNT_MAX) for name in NAMES if name not in ("avb", "pfb")}
    return plain | {
        "main": (0, topics),
        "sec": (-1, topics),
        "gtopic": (0, topics),
        "gtopic2": (-1, topics),
        "lang1": (-1, LANGUAGES_MAX),
        "lang2": (-1, LANGUAGES_MAX),
        "glang": (0, LANGUAGES_MAX),
        "reach": (0, COUNT_MAX),
        "gst": (0, WEEK - 1),
        "gdur": (1, WEEK),
        "cap": (0, COUNT_MAX),
        "mn": (0, COUNT_MAX),
        "fcap": (0, COUNT_MAX),
        "fac": (-1, len(found["fcap"]) - 1),
        "apart": (0, people),
    }


def arrays_of(found: Attributes) -> Arrays:
    """The options and fits of an instance, by numba kernels; the rest as it stands."""
    from peerkit.matching.placing.solving.pairing import pairs_of

    ptr, group, fit = pairs_of(found)
    nobody = np.full(len(found["main"]), -1, np.int32)
    return Arrays(
        ptr=ptr,
        group=group,
        fit=fit,
        kind=_ints(found["main"]),
        new=found["newc"].astype(np.bool_),
        held=nobody,
        before=nobody,
        cap=_ints(found["cap"]),
        low=_ints(found["mn"]),
        opens=found["optional"].astype(np.bool_),
        fac=_ints(found["fac"]),
        fac_cap=_ints(found["fcap"]),
        apart=_ints(found["apart"]).reshape(-1, 2),
        together=np.zeros((0, 2), np.int32),
    )


def _ints(values: NDArray[Any]) -> Ints:
    return np.ascontiguousarray(values, np.int32)
