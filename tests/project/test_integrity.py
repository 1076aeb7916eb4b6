"""Whoever wants to know whether a site serves the published code can find out from outside."""

import subprocess
import sys
from pathlib import Path

from tests.running import Installation

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "integrity.py"


def check(site: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), site, *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_an_untouched_site_is_identical_and_an_altered_one_is_named(tmp_path: Path) -> None:
    installation = Installation(tmp_path / "home")
    with installation.serving() as served:
        honest = check(served.url)
        assert honest.returncode == 0, honest.stdout + honest.stderr
        assert "files are identical" in honest.stdout

        saved = tmp_path / "room.html"
        saved.write_text("<script type=module src='https://elsewhere.example/x.js'></script>")
        strange = check(served.url, "--page", str(saved))
        assert strange.returncode == 1
        assert "loads https://elsewhere.example/x.js" in strange.stdout

    worker = next((installation.home / "static" / "rooms").glob("seal-worker.*.js"))
    for file in (worker, worker.with_name(worker.name + ".gz")):
        if file.exists():
            file.write_bytes(b"/* altered */" + file.read_bytes())
    with installation.serving() as served:
        altered = check(served.url)
    assert altered.returncode == 1
    assert worker.name in altered.stdout
