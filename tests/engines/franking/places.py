"""Where franking.js runs: Node, a window of Chromium and a Worker of Chromium, each asked by JSON."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Route

from tests.conftest import ROOT, missing

HERE = Path(__file__).parent
FRANKING = ROOT / "src/hearthside/rooms/static/rooms/franking.js"
# A page on this machine counts as secure, and so has WebCrypto.
ORIGIN = "http://localhost"

Calls = list[list[Any]]
Answers = list[dict[str, Any]]
Place = Callable[[Calls], Answers]

IN_WINDOW = """async (calls) => {
  const { answers } = await import("/twin.mjs");
  return answers(await import("/franking.js"), calls);
}"""
IN_WORKER = """(calls) => new Promise((resolve, reject) => {
  const worker = new Worker("/in_worker.mjs", { type: "module" });
  worker.addEventListener("error", () => reject(new Error("the worker did not start")));
  worker.addEventListener("message", ({ data }) => resolve(data));
  worker.postMessage(calls);
})"""


def in_node(calls: Calls) -> Answers:
    """Skips (or fails, in CI) where there is no Node."""
    node = shutil.which("node")
    if node is None:
        missing("Node is not installed")
    done = subprocess.run(
        [node or "node", HERE / "in_node.mjs", FRANKING],
        input=json.dumps(calls),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answered: Answers = json.loads(done.stdout)
    return answered


def in_chromium(browser: Browser, code: str) -> Place:
    """`IN_WINDOW` or `IN_WORKER`, on a page that holds nothing but these files."""

    def ask(calls: Calls) -> Answers:
        context = browser.new_context()
        try:
            page = context.new_page()
            page.route("**/*", _serve)
            page.goto(f"{ORIGIN}/")
            answered: Answers = page.evaluate(code, calls)
            return answered
        finally:
            context.close()

    return ask


def _serve(route: Route) -> None:
    name = route.request.url.removeprefix(f"{ORIGIN}/")
    files = {path.name: path for path in (FRANKING, FRANKING.with_name("bytes.js"))}
    files |= {**{path.name: path for path in HERE.glob("*.mjs")}}
    if name in files:
        route.fulfill(body=files[name].read_text(), content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>Empty</title>", content_type="text/html")
