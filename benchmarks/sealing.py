"""How long sealing takes: seal, open, join in rooms of 10 and 100 devices, in Node and in Chromium, and what it weighs.

Run: `python benchmarks/sealing.py [--quick] [--json]`. Needs Node 20 and Chromium. Medians in milliseconds.
"""

import argparse
import gzip
import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "src/hearthside/rooms/static/rooms"
VENDORED = ROOT / "src/hearthside/shell/static/vendor"
OURS = [*sorted(SCRIPTS.glob("seal*.js")), SCRIPTS / "key-store.js"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SLOW = 6
Figures = dict[str, dict[str, Any]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds; under 50 s")
    parser.add_argument("--json", action="store_true", help="one object instead of a table")
    asked = parser.parse_args()
    rounds = 3 if asked.quick else 11
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        served(folder)
        found = {**in_node(folder, rounds), **in_chromium(folder, rounds), "bundle": weight()}
    print(json.dumps(found) if asked.json else table(found))


def served(folder: Path) -> None:
    """Put the scripts side by side as they are served."""
    (folder / "rooms").mkdir()
    for path in OURS:
        shutil.copy(path, folder / "rooms")
    shutil.copytree(VENDORED, folder / "vendor")
    shutil.copyfile(Path(__file__).with_suffix(".mjs"), folder / "measure.js")
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "index.html").write_text("<!doctype html><title>Sealing</title>")


def in_node(folder: Path, rounds: int) -> Figures:
    command = ["node", "measure.js", str(folder / "rooms/sealing.js"), "10,100", str(rounds)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return {f"Node, {size} devices": each for size, each in json.loads(done.stdout).items()}


def in_chromium(folder: Path, rounds: int) -> Figures:
    found: Figures = {}
    with serving(folder) as origin, sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)))
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(origin)
        for size in (10, 100):
            found[f"Chromium, {size} devices"] = seam(page, size, rounds)
        found["Chromium, 10 devices, by way of the worker"] = page.evaluate(
            "async (rounds) => (await import('/measure.js')).measureWorker("
            "await import('/rooms/sealer.js'), '/rooms/seal-worker.js', rounds)",
            rounds,
        )
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW})
        found[f"Chromium, 10 devices, CPU {SLOW} times slower"] = seam(page, 10, rounds)
        browser.close()
    return found


def seam(page: Page, size: int, rounds: int) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        "async ([size, rounds]) => (await import('/measure.js')).measure("
        "await import('/rooms/sealing.js'), size, rounds)",
        [size, rounds],
    )
    return found


def weight() -> dict[str, Any]:
    """What a browser fetches: the bundle, and our own scripts around it."""
    bundle = next(VENDORED.glob("ts-mls-*.min.js"))
    ours = b"".join(path.read_bytes() for path in OURS)
    return {
        "bytes": {
            "bundle": bundle.stat().st_size,
            "bundle, gzip": len(gzip.compress(bundle.read_bytes())),
            "our scripts": len(ours),
            "our scripts, gzip": len(gzip.compress(ours)),
        }
    }


class Quiet(SimpleHTTPRequestHandler):
    """Files, without a word on the terminal."""

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def table(found: Figures) -> str:
    lines = []
    for name, figures in found.items():
        lines.append(name)
        for unit, values in figures.items():
            told = (f"{key} {value:,.1f}".removesuffix(".0") for key, value in values.items())
            lines.append(f"  {unit}: {', '.join(told)}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
