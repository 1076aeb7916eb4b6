"""Rules that were altered, or that nobody signed, are refused; those that are read are made of the rules that stand here."""

import json
import shutil
from pathlib import Path

import pytest
from scripts import crisis_packs

from peerkit.crisis import PackIsAltered, languages, pack_of
from peerkit.crisis.key import PUBLIC_KEY
from peerkit.crisis.patterns import Classes, Pattern, PatternIsWrong
from peerkit.crisis.signing import signed
from peerkit.crisis.store import FOLDER

LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pt")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "data"))


def test_there_are_signed_rules_in_seven_languages() -> None:
    assert languages() == LANGUAGES


def test_packs_are_what_their_rules_make() -> None:
    packs = {f"{one}.json": crisis_packs.built(crisis_packs.RULES / one) for one in LANGUAGES}
    assert crisis_packs.out_of_date(packs) == []


def test_the_browser_trusts_the_same_key() -> None:
    _, told = (file.read_text("utf-8") for file in crisis_packs.KEYS)
    assert f'"{PUBLIC_KEY}"' in told


def test_an_altered_pack_is_refused(copied: Path) -> None:
    file = copied / "en.json"
    plain = json.loads(file.read_text())
    plain["rules"] = []
    file.write_text(json.dumps(plain))
    with pytest.raises(PackIsAltered, match=r"en\.json"):
        pack_of("en", copied)


def test_a_manifest_that_names_other_files_is_refused(copied: Path) -> None:
    manifest = copied / "manifest.json"
    manifest.write_text(manifest.read_text().replace("en.json", "pl.json"))
    with pytest.raises(PackIsAltered, match="signature"):
        pack_of("pl", copied)


@pytest.mark.parametrize("signature", ["", "00" * 64, "zz", "ab" * 63])
def test_a_false_signature_is_refused(copied: Path, signature: str) -> None:
    (copied / "manifest.sig").write_text(signature)
    with pytest.raises(PackIsAltered, match="signature"):
        pack_of("en", copied)


def test_rules_that_nobody_signed_are_refused(copied: Path) -> None:
    (copied / "manifest.sig").unlink()
    with pytest.raises(PackIsAltered):
        pack_of("en", copied)


def test_a_pack_signed_with_another_key_is_refused(copied: Path) -> None:
    other = crisis_packs.private_key(None)
    manifest = (copied / "manifest.json").read_bytes()
    (copied / "manifest.sig").write_text(signed(manifest, other))
    with pytest.raises(PackIsAltered, match="signature"):
        pack_of("en", copied)


@pytest.mark.parametrize(
    "wrong", ["", "i {no} you", "(a|b", "a)", "é", "a [b]", "my {pet}s", "~3", "{loop}"]
)
def test_a_pattern_that_cannot_be_read_says_so(wrong: str) -> None:
    classes = Classes({"pet": "cat|dog", "loop": "a|{pool}", "pool": "b|{loop}"})
    with pytest.raises(PatternIsWrong):
        Pattern.of(wrong, classes)


def test_a_class_stands_for_any_of_its_words() -> None:
    found = Pattern.of("my ({pet}|hen)? (purrs|bark*)", Classes({"pet": "cat|big dog"})).expression
    assert [
        found.fullmatch(one) is not None for one in (" my cat purrs ", " my big dog barks ")
    ] == [
        True,
        True,
    ]
    assert not found.fullmatch(" my dog barks ")
