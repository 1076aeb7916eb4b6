"""The documents say what the code does: settings, routes, translations, links."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from scripts import routes

from tests.conftest import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_every_setting_is_in_the_docs() -> None:
    read = set(
        re.findall(
            r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "src/hearthside/project/settings.py").read_text()
        )
    )
    told = set(
        re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/run/settings.md").read_text(), re.MULTILINE)
    )
    assert read
    assert read <= told
    assert told - {"PORT"} <= read


def test_every_route_is_in_the_docs_and_says_what_it_is() -> None:
    assert routes.TARGET.read_text() == routes.page(), "run: python scripts/routes.py"
    silent = [line for line in routes.page().splitlines() if "|  |" in line]
    assert not silent


def test_every_port_is_on_the_map() -> None:
    registries = {
        f"{path.parent.name}.ports"
        for path in (ROOT / "src/hearthside").glob("*/ports.py")
        if "register_" in path.read_text()
    }
    told = (ROOT / "docs/map.md").read_text()
    assert registries
    assert not [port for port in registries if port not in told]


def test_every_phrase_is_translated() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/messages.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    broken = [
        link
        for link in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", document.read_text())
        if not (document.parent / link).exists()
    ]
    assert not broken


def test_nothing_published_names_the_shared_data_or_a_path_of_a_machine() -> None:
    forbidden = re.compile("\\.\\./" + "shared|/work" + "/|/tmp/" + "hs")
    named = [
        str(path.relative_to(ROOT)) for path in DOCUMENTS if forbidden.search(path.read_text())
    ]
    assert not named
