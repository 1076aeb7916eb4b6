"""The room's scripts as browsers get them, and IndexedDB for Node."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import missing
from tests.rooms.sealing.conftest import NPM_CI, SCRIPTS, VENDORED, node

__all__ = ["node"]

HERE = Path(__file__).parent
FRAMES = HERE.parent / "frames.json"


@pytest.fixture(scope="session")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with rooms/ and vendor/ side by side, as they are served."""
    folder = tmp_path_factory.mktemp("modules")
    (folder / "rooms").mkdir()
    for path in SCRIPTS.glob("*.js"):
        shutil.copy(path, folder / "rooms")
    shutil.copytree(VENDORED, folder / "vendor")
    (folder / "package.json").write_text('{"type": "module"}')
    return folder


@pytest.fixture(scope="session")
def indexeddb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where IndexedDB for Node is installed, from the lock beside this file; it is never shipped."""
    folder = tmp_path_factory.mktemp("indexeddb")
    shutil.copytree(HERE / "indexeddb", folder, dirs_exist_ok=True)
    if shutil.which("npm") is None:
        missing("npm is not installed")
    done = subprocess.run(NPM_CI, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        # The journeys drive the same scripts in Chromium, with its own IndexedDB.
        pytest.skip(f"npm cannot fetch IndexedDB for Node: {done.stderr.strip()[-300:]}")
    return folder


@pytest.fixture(scope="session")
def surroundings(modules: Path) -> dict[str, str]:
    """What the tests in Node are told."""
    told = {"STATIC": str(modules), "FRAMES": str(FRAMES), "NODE_NO_WARNINGS": "1"}
    return {**os.environ, **told}
