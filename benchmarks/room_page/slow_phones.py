"""Two ways to make a phone of a page: Chromium's own, which slows the page's scripts, and one that slows all of it."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from os import kill
from pathlib import Path
from statistics import median

from playwright.sync_api import CDPSession, Page

RATE = 6
LOOP = "let x = 0; for (let i = 0; i < 3e7; i += 1) x += Math.sqrt(i);"
ON_PAGE = f"() => {{ const at = performance.now(); {LOOP} return performance.now() - at; }}"
# In a worker of the kind that rooms have, by an address of its own because of the page's policy.
IN_WORKER = f"""() => new Promise((done, fail) => {{
    const worker = new Worker(URL.createObjectURL(new Blob([
        `onmessage = () => {{ const at = performance.now(); {LOOP} postMessage(performance.now() - at); }}`])));
    worker.onmessage = ({{data}}) => {{ worker.terminate(); done(data); }};
    worker.onerror = fail;
    worker.postMessage(null);
}})"""
# More than any page grows by itself while it is looked at.
BALLAST = 64 * 2**20
TAKE = f"() => {{ window.ballast = new Uint8Array({BALLAST}).fill(1); }}"
DROP = "() => { delete window.ballast; }"
# A program of its own, for its sleeps must be exact. It ends when its input does, and lets the process run.
STOP_AND_GO = """
import contextlib, os, select, signal, sys, time
pid, rate = int(sys.argv[1]), int(sys.argv[2])
# Where it may: woken late, it lets the page run for too long at a time. It hardly computes anything.
with contextlib.suppress(PermissionError):
    os.nice(-10)
print(flush=True)
try:
    while not select.select([sys.stdin], [], [], 0)[0]:
        os.kill(pid, signal.SIGCONT)
        began = time.monotonic()
        time.sleep(0.001)
        os.kill(pid, signal.SIGSTOP)
        # On a busy machine it ran for longer than it should have: then it rests for longer.
        time.sleep((time.monotonic() - began) * (rate - 1))
except ProcessLookupError:
    pass
finally:
    try:
        os.kill(pid, signal.SIGCONT)
    except ProcessLookupError:
        pass
"""
Slowing = Callable[[Page], AbstractContextManager[None]]


@contextmanager
def scripts_slowed(page: Page) -> Iterator[None]:
    """Chromium holds up the thread of the page; its workers, and what Chromium itself does for it, go on at full speed."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": RATE})
    try:
        yield
    finally:
        session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        session.detach()


@contextmanager
def whole_slowed(page: Page) -> Iterator[None]:
    """The page's process is stopped most of the time: its scripts, its workers, its drawing."""
    pid = process_of(page)
    words = [sys.executable, "-c", STOP_AND_GO, str(pid), str(RATE)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as helper:
        assert helper.stdin is not None
        assert helper.stdout is not None
        helper.stdout.readline()
        try:
            yield
        finally:
            helper.stdin.close()
            helper.wait()
            # Whatever became of the helper, the process runs again.
            kill(pid, signal.SIGCONT)


PHONES: dict[str, Slowing] = {"scripts": scripts_slowed, "whole": whole_slowed}
HOW = {
    "scripts": f"the page's own thread {RATE} times slower (Chromium's CPU throttling; the limits are meant for this)",
    "whole": f"the page with its workers and its drawing {RATE} times slower (its process is stopped most of the time)",
}


def process_of(page: Page) -> int:
    """The process that the page's scripts run in: the one that grows when they take memory. Reads /proc."""
    browser = page.context.browser
    assert browser is not None
    session = browser.new_browser_cdp_session()
    before = _sizes(session)
    page.evaluate(TAKE)
    after = _sizes(session)
    page.evaluate(DROP)
    session.detach()
    return max(after, key=lambda pid: after[pid] - before.get(pid, after[pid]))


def how_slow(blank: Page, slowing: Slowing) -> dict[str, float]:
    """How many times longer a loop takes on a page that is slowed, and in its worker."""
    loops = {"on the page": ON_PAGE, "in its worker": IN_WORKER}
    quick = {where: _median(blank, loop) for where, loop in loops.items()}
    with slowing(blank):
        return {where: _median(blank, loop) / quick[where] for where, loop in loops.items()}


def _median(page: Page, loop: str) -> float:
    return median(float(page.evaluate(loop)) for _ in range(5))


def _sizes(session: CDPSession) -> dict[int, int]:
    """How many pages of memory each of the browser's renderers uses."""
    told = session.send("SystemInfo.getProcessInfo")["processInfo"]
    renderers = [each["id"] for each in told if each["type"] == "renderer"]
    return {pid: int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in renderers}
