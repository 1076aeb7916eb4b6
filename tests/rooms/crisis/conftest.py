"""The scripts of help beside one's own words, as browsers get them, with the rules that they read by."""

import os
import shutil

import pytest

from tests.conftest import ROOT
from tests.rooms.sealing.conftest import node

__all__ = ["node"]

SCRIPTS = ("rooms/static/rooms/crisis", "safety/static/safety/crisis")
RULES = ROOT / "src/peerkit/crisis/data"


@pytest.fixture(scope="session")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the tests in Node are told: where rooms/crisis/ and safety/crisis/ stand side by side, and the rules."""
    folder = tmp_path_factory.mktemp("crisis")
    for name in SCRIPTS:
        shutil.copytree(ROOT / "src/hearthside" / name, folder / name.partition("static/")[2])
    (folder / "package.json").write_text('{"type": "module"}')
    told = {"STATIC": str(folder), "RULES": str(RULES), "NODE_NO_WARNINGS": "1"}
    return {**os.environ, **told}
