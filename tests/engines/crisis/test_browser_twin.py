"""The browser reads every message exactly as Python does."""

import json
import subprocess
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripts import crisis_cases

from peerkit.crisis import pack_of, read
from peerkit.crisis.store import FOLDER
from tests.conftest import ROOT
from tests.engines.crisis.said import TEXTS

DOOR = ROOT / "src/hearthside/safety/static/safety/crisis/crisis.js"
FIELDS = ("act", "who", "when", "polarity", "level", "quote", "start", "end", "rule")


def in_node(language: str, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Each text as the browser reads it."""
    weights = FOLDER / f"{language}.weights.bin"
    given = {
        "pack": json.loads((FOLDER / f"{language}.json").read_text()),
        "weights": b64encode(weights.read_bytes()).decode() if weights.exists() else None,
    }
    lines = map(json.dumps, [given, *texts])
    done = subprocess.run(
        ["node", str(Path(__file__).with_name("twin.mjs")), str(DOOR)],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def in_python(language: str, text: str) -> dict[str, Any]:
    assert pack_of(language)
    reading = read(text, language)
    return {"tier": reading.tier, "signals": [asdict(one) for one in reading.signals]}


def same(language: str, texts: Sequence[str]) -> None:
    for text, there in zip(texts, in_node(language, texts), strict=True):
        signals = [{name: one[name] for name in FIELDS} for one in there["signals"]]
        assert {"tier": there["tier"], "signals": signals} == in_python(language, text), text


@pytest.mark.parametrize("language", crisis_cases.languages())
def test_every_case_is_read_alike(language: str) -> None:
    some = [crisis_cases.cases(language, name) for name in crisis_cases.names(language)]
    texts = [case.text for cases in some for case in cases]
    assert len(texts) > 200
    same(language, texts)


@given(st.lists(TEXTS, min_size=40, max_size=80), st.sampled_from(["en", "fr", "de"]))
@settings(max_examples=5)
def test_any_text_is_read_alike(texts: list[str], language: str) -> None:
    # JSON carries no torn letters, and neither does a text field.
    same(language, [text.encode("utf-8", "replace").decode() for text in texts])
