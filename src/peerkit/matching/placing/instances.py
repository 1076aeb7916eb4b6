"""Instances of the public generator: who could go where, and how well that fits, as arrays.

A file holds the attributes of members and groups. Hard filters (language, whole meeting inside the
free time, age, women or men only, format and reach, a common experience) leave the options; fits are
sums of points out of 1,000: experience 450, preferred time 150, format, distance or time zone and age
100 each, language and comfort 50 each.
"""

from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from peerkit.matching.placing.arrays import Arrays, Ints

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
        with np.load(path, allow_pickle=False) as file:
            found = {name: file[name] for name in file.files}
    except FileNotFoundError:
        raise UnreadableInstance(f"There is no file {path}.") from None
    except (OSError, ValueError, EOFError, BadZipFile, AttributeError) as error:
        raise UnreadableInstance(f"{path} is not a NumPy archive: {error}.") from error
    absent = [name for name in (*PEOPLE, *GROUPS, *OTHERS) if name not in found]
    if absent:
        raise UnreadableInstance(f"{path} lacks {', '.join(absent)}.")
    for names in (PEOPLE, GROUPS):
        lengths = {len(found[name]) for name in names}
        if len(lengths) > 1:
            raise UnreadableInstance(f"{path}: {', '.join(names)} differ in length.")
    return found


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
