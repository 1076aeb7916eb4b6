"""Instances of the public generator: the options and fits are those of their published definition."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pytest

from peerkit.matching.placing.instances import (
    BYTES_MAX,
    Attributes,
    UnreadableInstance,
    arrays_of,
    read_attributes,
    read_instance,
)
from tests.conftest import missing


def _tools() -> Path:
    """Where the public generator is, and the published definition of fits."""
    tools = Path(__file__).parents[6] / "shared" / "tools"
    if not (tools / "matching_instances.py").exists():
        tools = Path(__file__).parents[5].parent / "shared" / "tools"
    if not (tools / "matching_instances.py").exists():
        missing("the public generator is not beside this checkout")
    return tools


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town of 400 people made by the public generator."""
    tools = _tools()
    path = tmp_path_factory.mktemp("town") / "town.npz"
    subprocess.run(
        [sys.executable, str(tools / "matching_instances.py"), "400", "11", str(path)], check=True
    )
    return path


def test_the_hard_filters_leave_whom_a_plain_reading_leaves(town: Path) -> None:
    found = read_attributes(town)
    arrays = arrays_of(found)
    for one in range(0, 400, 7):
        mine = arrays.group[arrays.ptr[one] : arrays.ptr[one + 1]].tolist()
        plain = [where for where in range(len(found["cap"])) if _may_join(found, one, where)]
        assert mine == plain


def test_every_fit_is_between_1_and_1000(town: Path) -> None:
    fit = read_instance(town).fit
    assert len(fit) > 0
    assert fit.min() >= 1
    assert fit.max() <= 1000


def test_options_and_fits_are_to_the_point_those_of_the_published_definition(
    town: Path, tmp_path: Path
) -> None:
    words = [str(_tools() / "matching_pairs.py"), str(town), str(tmp_path / "pairs.npz")]
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    published = np.load(tmp_path / "pairs.npz")
    arrays = read_instance(town)
    owner = np.repeat(np.arange(len(arrays.kind)), np.diff(published["ptr"]))
    order = np.lexsort((published["eg"], owner))
    assert published["ptr"].tolist() == arrays.ptr.tolist()
    assert published["eg"][order].tolist() == arrays.group.tolist()
    assert published["ew"][order].tolist() == arrays.fit.tolist()


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("main", lambda one: one.astype(float), "main holds float64"),
        ("main", lambda one: one + 1000, "main has"),
        ("main", lambda one: one.astype(object), "Object arrays cannot be loaded"),
        ("main", lambda one: one[:-1], "differ in length"),
        ("lat", lambda one: one * np.nan, "lat has a number that is none"),
        ("reach", lambda one: -1 - one, "reach has"),
        ("cap", lambda one: -1 - one, "cap has"),
        ("cap", lambda one: one.astype(np.int64) + 10**12, "cap has"),
        ("gst", lambda one: one + 336, "gst has"),
        ("fac", lambda one: one + 10**6, "fac has"),
        ("apart", lambda one: one.reshape(-1), "apart has the shape"),
        ("avb", lambda one: one.astype(np.int64), "avb holds int64"),
        ("tcat", lambda one: one[:0], "main has"),
    ],
)
def test_arrays_that_mean_nothing_are_refused_with_their_name(
    town: Path, tmp_path: Path, name: str, change: Callable[[Any], Any], told: str
) -> None:
    found = read_attributes(town)
    np.savez(tmp_path / "wrong.npz", allow_pickle=True, **{**found, name: change(found[name])})
    with pytest.raises(UnreadableInstance, match=told):
        read_instance(tmp_path / "wrong.npz")


def test_a_small_file_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    with (
        ZipFile(tmp_path / "bomb.npz", "w", ZIP_DEFLATED) as file,
        file.open("main.npy", "w", force_zip64=True) as entry,
    ):
        for _ in range(BYTES_MAX // 2**22 + 1):
            entry.write(bytes(2**22))
    with pytest.raises(UnreadableInstance, match="bytes"):
        read_instance(tmp_path / "bomb.npz")


def test_a_file_that_is_no_instance_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInstance, match="There is no file"):
        read_instance(tmp_path / "nowhere.npz")
    (tmp_path / "letters.npz").write_text("not an archive", "utf-8")
    with pytest.raises(UnreadableInstance, match="is not a NumPy archive"):
        read_instance(tmp_path / "letters.npz")
    np.savez(tmp_path / "half.npz", main=np.zeros(3))
    with pytest.raises(UnreadableInstance, match="lacks sec, lang1"):
        read_instance(tmp_path / "half.npz")


def _may_join(found: Attributes, one: int, where: int) -> bool:
    return bool(
        _shares_experience(found, one, where)
        and found["glang"][where] in {found["lang1"][one], found["lang2"][one]}
        and found["lo"][where] <= found["age"][one] <= found["hi"][where]
        and _identity_fits(found, one, where)
        and _reaches(found, one, where)
        and _is_free(found, one, where)
    )


def _shares_experience(found: Attributes, one: int, where: int) -> bool:
    topics = {int(found["gtopic"][where]), int(found["gtopic2"][where])} - {-1}
    mine = {int(found["main"][one]), *found["sec"][one].tolist()} - {-1}
    category = found["tcat"]
    is_near = category[found["gtopic"][where]] == category[found["main"][one]]
    return bool(topics & mine) or bool(is_near)


def _identity_fits(found: Attributes, one: int, where: int) -> bool:
    rule = int(found["ident"][where])
    if rule == 0:
        return not bool(found["wantsingle"][one])
    return int(found["gender"][one]) == rule - 1


def _reaches(found: Attributes, one: int, where: int) -> bool:
    if found["online"][where]:
        return int(found["fmt"][one]) != 1
    if int(found["fmt"][one]) == 0 or found["metro"][one] != found["gmetro"][where]:
        return False
    north = (float(found["lat"][one]) - float(found["glat"][where])) * 111.2
    narrow = float(np.cos(np.radians(float(found["lat"][one]))))
    east = (float(found["lon"][one]) - float(found["glon"][where])) * 111.2 * narrow
    return float(np.hypot(north, east)) <= float(found["reach"][one])


def _is_free(found: Attributes, one: int, where: int) -> bool:
    week = "".join(f"{int(word):064b}"[::-1] for word in found["avb"][one])
    start, length = int(found["gst"][where]), int(found["gdur"][where])
    return all(week[(start + step) % 336] == "1" for step in range(length))
