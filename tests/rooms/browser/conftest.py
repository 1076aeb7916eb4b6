"""The room's scripts as browsers get them, and IndexedDB for Node."""

import os
import shutil
from pathlib import Path

import pytest

from tests.rooms.sealing.conftest import SCRIPTS, fetched, node, side_by_side

__all__ = ["node"]

HERE = Path(__file__).parent
FRAMES = HERE.parent / "frames.json"


@pytest.fixture(scope="session")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with rooms/ and vendor/ side by side, as they are served."""
    folder = side_by_side(tmp_path_factory.mktemp("modules"), SCRIPTS.glob("*.js"))
    shutil.copytree(SCRIPTS / "room", folder / "rooms/room")
    return folder


@pytest.fixture(scope="session")
def indexeddb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where IndexedDB for Node is installed, from the lock beside this file; it is never shipped."""
    # Without it, the journeys still drive the same scripts in Chromium, with its own IndexedDB.
    folder = tmp_path_factory.mktemp("indexeddb")
    return fetched(folder, HERE / "indexeddb", what="IndexedDB for Node")


@pytest.fixture(scope="session")
def surroundings(modules: Path) -> dict[str, str]:
    """What the tests in Node are told."""
    told = {"STATIC": str(modules), "FRAMES": str(FRAMES), "NODE_NO_WARNINGS": "1"}
    return {**os.environ, **told}
