"""The file of learned weights: small, checked when loaded, and without anybody's sentence."""

import hashlib
import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from peerkit.matching.reading.weights import BrokenWeights, Weights, learned, load, pack, unpack
from tests.engines.matching.seed import rows

DATA = files("peerkit.matching.reading") / "data"


@pytest.fixture
def shipped() -> Weights:
    weights = learned("en")
    assert weights is not None
    return weights


def test_the_weights_are_small_and_speak_of_terms_we_have(shipped: Weights) -> None:
    assert len((DATA / "en.npz").read_bytes()) < 300_000
    assert set(shipped.terms) <= {row["id"] for row in rows()}
    assert shipped.matrix.shape == (len(shipped.features), len(shipped.terms))
    assert 0 <= shipped.doubt < 1


def test_no_sentence_can_be_rebuilt_from_them(shipped: Weights) -> None:
    """Only words and pairs that at least three people used are there."""
    assert int(shipped.seen.min()) >= 3
    assert max(len(name.split()) for name in shipped.features) == 2


def test_packing_and_unpacking_keeps_the_weights(shipped: Weights) -> None:
    again = unpack(pack(shipped))
    assert again.features == shipped.features
    assert again.terms == shipped.terms
    assert np.allclose(again.matrix, shipped.matrix, atol=float(np.abs(shipped.matrix).max()) / 127)


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    content = (DATA / "en.npz").read_bytes()
    changed, card = tmp_path / "en.npz", tmp_path / "en.json"
    changed.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    card.write_text((DATA / "en.json").read_text("utf-8"))
    with pytest.raises(BrokenWeights, match="not the file that"):
        load(changed, card)


@pytest.mark.parametrize("card", ["", "[]", "{}"])
def test_a_file_without_a_card_is_refused(tmp_path: Path, card: str) -> None:
    (tmp_path / "en.npz").write_bytes((DATA / "en.npz").read_bytes())
    (tmp_path / "en.json").write_text(card)
    with pytest.raises(BrokenWeights):
        load(tmp_path / "en.npz", tmp_path / "en.json")


def test_a_missing_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BrokenWeights, match="cannot be read"):
        load(tmp_path / "en.npz", tmp_path / "en.json")


def test_weights_of_another_shape_are_refused_even_with_a_right_hash(
    shipped: Weights, tmp_path: Path
) -> None:
    broken = {
        "rows": replace(shipped, matrix=shipped.matrix[1:]),
        "terms": replace(shipped, terms=shipped.terms[1:]),
        "seen": replace(shipped, seen=shipped.seen[1:]),
        "start": replace(shipped, start=shipped.start[1:]),
    }
    for name, weights in broken.items():
        content = pack(weights)
        (tmp_path / f"{name}.npz").write_bytes(content)
        card = {"sha256": hashlib.sha256(content).hexdigest()}
        (tmp_path / f"{name}.json").write_text(json.dumps(card))
        with pytest.raises(BrokenWeights):
            load(tmp_path / f"{name}.npz", tmp_path / f"{name}.json")


def test_what_is_no_file_of_weights_is_refused() -> None:
    with pytest.raises(BrokenWeights):
        unpack(b"not a zip")
