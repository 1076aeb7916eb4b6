"""What a page is given: a reader whose rules are as they were signed, or one that says that it is off."""

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from scripts import crisis_packs

from peerkit.crisis.signing import signed
from peerkit.crisis.store import FOLDER
from tests.conftest import ROOT

DOOR = ROOT / "src/hearthside/safety/static/safety/crisis/crisis.js"
DANGER = "I want to kill myself"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any, **named: Any) -> None:
        """Say nothing."""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "crisis"))


@pytest.fixture
def base(copied: Path) -> Iterator[str]:
    """The address of a site whose packs anybody may alter."""
    handler = partial(Quiet, directory=str(copied.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/crisis/"
        server.shutdown()
        thread.join()


def opened(base: str, language: str = "en") -> dict[str, Any]:
    done = subprocess.run(
        [
            "node",
            str(Path(__file__).with_name("door.mjs")),
            str(DOOR),
            base,
            language,
            json.dumps([DANGER]),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def off(why: str) -> dict[str, Any]:
    """A reader that is off: it says so, and does not claim that nothing is wrong."""
    nothing = {"tier": "none", "signals": [], "isOn": False}
    return {"isOn": False, "why": why, "version": "", "readings": [nothing]}


@pytest.mark.parametrize("language", ["en", "en-GB", "EN"])
def test_signed_rules_read_messages(base: str, language: str) -> None:
    told = opened(base, language)
    assert (told["isOn"], told["why"]) == (True, None)
    assert told["version"]
    assert [one["tier"] for one in told["readings"]] == ["explicit"]


def test_a_language_without_rules_is_off(base: str) -> None:
    assert opened(base, "pl") == off("language")


def test_an_altered_pack_is_refused(base: str, copied: Path) -> None:
    file = copied / "en.json"
    file.write_bytes(file.read_bytes().replace(b"kill", b"till"))
    assert opened(base) == off("altered")


def test_an_altered_list_of_files_is_refused(base: str, copied: Path) -> None:
    manifest = copied / "manifest.json"
    manifest.write_text(manifest.read_text().replace("en.json", "pl.json"))
    assert opened(base, "pl") == off("altered")


@pytest.mark.parametrize("signature", ["", "00" * 64, "zz", "ab" * 63])
def test_a_false_signature_is_refused(base: str, copied: Path, signature: str) -> None:
    (copied / "manifest.sig").write_text(signature)
    assert opened(base) == off("altered")


def test_rules_signed_with_another_key_are_refused(base: str, copied: Path) -> None:
    manifest = (copied / "manifest.json").read_bytes()
    (copied / "manifest.sig").write_text(signed(manifest, crisis_packs.private_key(None)))
    assert opened(base) == off("altered")


@pytest.mark.parametrize("name", ["manifest.json", "manifest.sig", "en.json"])
def test_without_a_file_it_is_off(base: str, copied: Path, name: str) -> None:
    (copied / name).unlink()
    assert opened(base) == off("unreachable")


def test_the_site_serves_the_packs_as_they_were_signed() -> None:
    for file in FOLDER.iterdir():
        found = finders.find(f"crisis/{file.name}")
        assert isinstance(found, str)
        assert Path(found).samefile(file)
