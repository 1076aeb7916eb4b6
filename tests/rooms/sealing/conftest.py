"""The scripts that seal, as browsers get them, and the second implementation that tests speak with."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.conftest import ROOT, missing
from tests.rooms.sealing.served import Site, fingerprinted, serving
from tests.rooms.sealing.tabs import tab

SCRIPTS = ROOT / "src/hearthside/rooms/static/rooms"
VENDORED = ROOT / "src/hearthside/shell/static/vendor"
HERE = Path(__file__).parent
NPM_CI = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]


@pytest.fixture(scope="session")
def node() -> str:
    """Node 20 or newer: it has the same WebCrypto as browsers."""
    path = shutil.which("node")
    if path is None:
        missing("Node is not installed")
    assert path
    version = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.removeprefix("v").partition(".")[0]) < 20:
        missing(f"Node is {version.strip()}; WebCrypto as in browsers begins with 20")
    return path


def side_by_side(folder: Path, scripts: Iterable[Path]) -> Path:
    """The folder, with rooms/ and vendor/ side by side in it."""
    (folder / "rooms").mkdir()
    for path in scripts:
        shutil.copy(path, folder / "rooms")
    shutil.copytree(VENDORED, folder / "vendor")
    (folder / "package.json").write_text('{"type": "module"}')
    return folder


def fetched(folder: Path, lock: Path, *, what: str) -> Path:
    """The folder, with what the lock names installed in it; skips where the registry can't be reached."""
    shutil.copytree(lock, folder, dirs_exist_ok=True)
    if shutil.which("npm") is None:
        missing("npm is not installed")
    done = subprocess.run(NPM_CI, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"npm cannot fetch {what}: {done.stderr.strip()[-300:]}")
    return folder


@pytest.fixture(scope="session")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with rooms/ and vendor/ side by side, as they are served."""
    names = [*SCRIPTS.glob("seal*.js"), SCRIPTS / "key-store.js", SCRIPTS / "bytes.js"]
    return side_by_side(tmp_path_factory.mktemp("static"), names)


@pytest.fixture(scope="session")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the second implementation is installed, from the lock beside this file; it is never shipped."""
    # The registry is neither a service nor data of ours: without it nothing of the project is untested.
    folder = tmp_path_factory.mktemp("peer")
    return fetched(folder, HERE / "peer", what="the second implementation")


@pytest.fixture(scope="session")
def environment(scripts: Path) -> dict[str, str]:
    return {**os.environ, "STATIC": str(scripts), "NODE_NO_WARNINGS": "1"}


@pytest.fixture(scope="session")
def site(scripts: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The scripts on a port, as production serves them."""
    folder = tmp_path_factory.mktemp("served")
    names = fingerprinted(scripts, folder / "static")
    with serving(folder, names) as served:
        yield served


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser profile of its own: empty, and gone afterwards."""
    context = chromium.new_context()
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, site: Site) -> Page:
    return tab(context, site)
