"""A meeting's room with nine people in it, each in a browser of their own, and a tenth chair for the phone."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.browsing import ARGS, NAMES
from tests.running import Installation, Served

LEAD, PHONE = "Marlow", "Quinn"
OTHERS = ["Ash", "Bryn", "Cleo", "Dara", "Ellis", "Fern", "Gale", "Harper"]
PEOPLE = 2 + len(OTHERS)
PATIENCE_MS = 60_000
SMALL: dict[str, Any] = {
    "viewport": {"width": 390, "height": 740},
    "has_touch": True,
    "is_mobile": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1180, "height": 860}}
ROOT = Path(__file__).parents[2]
SEATING = """
import sys
sys.path[:0] = {folders!r}
import seated
seated.main({lead!r}, {members!r})
"""
WATCHING = Path(__file__).with_name("watching.js").read_text("utf-8")
# On everybody's page: exactly so many people can read here, and nothing stands against sealing.
SETTLED = """(people) => {
    const talk = document.querySelector("room-talk")?.conversation;
    return talk?.line === "open" && talk.readers.length === people && talk.keys.isFree;
}"""
KEEP = """async ([url, action, name]) => {
    const talk = document.querySelector("room-talk");
    window.aliases ??= {};
    for (const one of talk.state.people) window.aliases[one.name] = one.alias;
    const {ok, words} = await talk.send(url, {action, alias: window.aliases[name]});
    if (!ok) throw new Error(words);
}"""


class Company:
    """Everybody but the phone."""

    def __init__(self, browser: Browser, served: Served, seated: dict[str, Any]) -> None:
        self.browser, self.served, self.seated = browser, served, seated
        # The first founds the room; the others come in side by side.
        self.pages = {LEAD: self._comes(LEAD)}
        self.settles(1)
        self.pages |= {name: self._comes(name) for name in OTHERS}
        self.settles(PEOPLE - 1)
        begin = self.witness.get_by_role("button", name="Begin the meeting", exact=True)
        begin.first.click()
        # Once through the lobby; from then on the tenth person may open the room by its address.
        self.last: Page | None = None
        goes_in(self.phone())
        self.settles(PEOPLE)

    @property
    def witness(self) -> Page:
        """The one who is watched when the phone says something, and who answers."""
        return self.pages[LEAD]

    def phone(self) -> Page:
        """A new device of the tenth person, in the lobby; the one before it is out of the room's keys."""
        if self.last is not None:
            self._forgets(self.last)
        self.last = page = self._context(PHONE, SMALL).new_page()
        page.goto(self.url(""))
        return page

    def url(self, rest: str) -> str:
        """The address of the lobby, or of something in the room."""
        return f"{self.served.url}/rooms/{self.seated['room']}/{rest}"

    def settles(self, people: int) -> None:
        """Waits until everybody's device is done with who came or went."""
        for page in self.pages.values():
            page.wait_for_function(SETTLED, arg=people, polling=50, timeout=PATIENCE_MS)
        self.witness.wait_for_timeout(300)

    def _forgets(self, phone: Page) -> None:
        """Removed by the facilitator, and let in again: its person comes back with another device."""
        phone.context.close()
        for action in ("remove", "let_in"):
            self.witness.evaluate(KEEP, [self.url("keep/"), action, PHONE])
            self.settles(PEOPLE - 1)

    def _comes(self, name: str) -> Page:
        page = self._context(name, DESK).new_page()
        page.goto(self.url(""))
        goes_in(page)
        return page

    def _context(self, name: str, kind: dict[str, Any]) -> BrowserContext:
        context = self.browser.new_context(locale="en-GB", timezone_id="Europe/London", **kind)
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(WATCHING)
        cookie = {
            "name": self.seated["cookie"],
            "value": self.seated["sessions"][name],
            "url": self.served.url,
        }
        context.add_cookies([cookie])  # type: ignore[list-item] # its type wants a literal
        return context


def goes_in(page: Page) -> None:
    """Through the lobby: yes to the ground rules, here to speak, and in."""
    page.locator("main input[name=stance][value=speak]").check()
    page.locator("main input[type=checkbox]").first.check()
    page.get_by_role("button", name="Go in", exact=True).click()


@contextmanager
def company(home: Path) -> Iterator[Company]:
    """An installation in `home`, served, with nine people in a room whose meeting has begun."""
    installation = Installation(home)
    done = installation.run("setup")
    assert done.returncode == 0, done.stderr
    folders = [str(ROOT), str(Path(__file__).parent)]
    code = SEATING.format(folders=folders, lead=LEAD, members=[*OTHERS, PHONE])
    seated = json.loads(installation.python(code))
    with installation.serving() as served, chromium() as browser:
        yield Company(browser, served, seated)


@contextmanager
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise SystemExit("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()
