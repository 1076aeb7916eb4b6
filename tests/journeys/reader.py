"""One person at their own browser. Whatever page they come to is checked before the story goes on.

Checked are: no barrier that axe finds (WCAG 2.2 AA), nothing to scroll sideways, nothing that the browser
refused or complained about. With HEARTHSIDE_SHOTS=<folder> every page is also photographed.
"""

import itertools
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.utils.text import slugify
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from hearthside.accounts.models import Person
from tests import world

RULES = {
    "preload": False,
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1180, "height": 860}}
# How Chromium itself reports an answer that says "not like this"; the page then explains it in words.
EXPECTED = re.compile(
    r"Failed to load resource.* status of (404|422)|net::ERR_INTERNET_DISCONNECTED"
)
WAIT_MS = 10_000
_shots = itertools.count(1)

UNSETTLED = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"
SIDEWAYS = "document.scrollingElement.scrollWidth - innerWidth"
FOCUS = """() => {
    const it = document.activeElement;
    if (it === document.body) return {words: "", shown: true, covered: false};
    const ringed = (each) => getComputedStyle(each).outlineStyle !== "none";
    const around = [it, ...(it.labels || []), it.closest("label, .card-linked")].filter(Boolean);
    const bar = document.querySelector(".safety-bar").getBoundingClientRect();
    const box = it.getBoundingClientRect();
    const own = it.closest(".safety-bar, .skip-link");
    const words = it.labels?.[0]?.innerText || it.getAttribute("aria-label") || it.innerText || it.value || it.id;
    return {
        words: words.trim().replace(/\\s+/g, " "),
        shown: around.some(ringed) || getComputedStyle(it).boxShadow !== "none",
        covered: !own && box.height > 0 && box.top >= bar.top && box.bottom <= bar.bottom,
    };
}"""


class Reader:
    """Someone reads, presses and writes; `told` is the address of the site."""

    def __init__(self, chromium: Browser, told: str, *, name: str = "", **context: Any) -> None:
        # Without motion: a colour on its way to another is not the one whose contrast is to be judged.
        usual = {"locale": "en-GB", "timezone_id": "Europe/London", "reduced_motion": "reduce"}
        self.context: BrowserContext = chromium.new_context(**{**usual, **DESK, **context})
        self.chromium = chromium
        self.has_scripts = context.get("java_script_enabled", True)
        self.name = name
        self.address = told
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(WAIT_MS)
        self.second: Page | None = None
        self.complaints: list[str] = []
        self.page.on("console", self._hears)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def signs_in(self, person: Person) -> "Reader":
        """By a session made beforehand, with both proofs given; signing in has journeys of its own."""
        cookie = world.browser(person).cookies[settings.SESSION_COOKIE_NAME]
        self.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": self.address}]
        )
        return self

    def goes(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.looks()

    def follows(self, words: str | re.Pattern[str], *, within: str = "main") -> None:
        self._then(self.page.locator(within).get_by_role("link", name=words).first.click)

    def presses(self, words: str, *, within: str = "main") -> None:
        """A button that leads to another page."""
        self._then(self.button(words, within=within).click)

    def taps(self, words: str, *, within: str = "main") -> None:
        """A button that changes a part of this page."""
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            self.button(words, within=within).click()
        expect(self.page.locator(UNSETTLED)).to_have_count(0)
        self.looks()

    def button(self, words: str, *, within: str = "main") -> Locator:
        return self.page.locator(within).get_by_role("button", name=words, exact=True).first

    def writes(self, label: str, words: str) -> None:
        self.page.locator("main").get_by_label(label).first.fill(words)

    def chooses(self, label: str, words: str) -> None:
        self.page.locator("main").get_by_label(label).first.select_option(label=words)

    def opens(self, words: str) -> None:
        """Something folded."""
        self.page.locator("main summary", has_text=words).first.click()

    def ticks(self, label: str) -> None:
        self.page.get_by_label(label).first.check()

    def reads(self, words: str | re.Pattern[str], *, within: str = "body") -> None:
        expect(self.page.locator(within)).to_contain_text(words)

    def does_not_read(self, words: str) -> None:
        expect(self.page.locator("body")).not_to_contain_text(words)

    def is_at(self, title: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def tabs_to(self, words: str, *, key: str = "Tab", most: int = 90) -> None:
        """Goes on with one key until the focus is there; on the way it can always be seen."""
        for _step in range(most):
            self.page.keyboard.press(key)
            focus = self.page.evaluate(FOCUS)
            assert focus["shown"], f"the focus cannot be seen on “{focus['words']}”"
            assert not focus["covered"], f"the bar hides “{focus['words']}”"
            if focus["words"].startswith(words):
                return
        raise AssertionError(f"the keyboard never reached “{words}” on {self.page.url}")

    def hits(self, key: str) -> None:
        """A key that leads to another page."""
        self._then(lambda: self.page.keyboard.press(key))

    def looks(self) -> None:
        """Checks the page that stands there, and photographs it when asked to."""
        self.page.wait_for_load_state("load")
        self.fits()
        self._photographs()
        barriers = self._barriers()
        assert not barriers, f"{self.page.url}: {barriers}"

    def fits(self) -> None:
        assert self.page.evaluate(SIDEWAYS) <= 0, f"{self.page.url} must be scrolled sideways"

    def leaves(self) -> None:
        """Closes the browser; whatever it complained about on the way fails the story."""
        self.context.close()
        if self.second is not None:
            self.second.context.close()
        assert not self.complaints, self.complaints

    def _then(self, act: Callable[[], None]) -> None:
        with self.page.expect_navigation(wait_until="load"):
            act()
        self.looks()

    def _hears(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not EXPECTED.search(message.text):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _barriers(self) -> list[dict[str, Any]]:
        page = self.page if self.has_scripts else self._same_page_for_axe()
        found = Axe().run(page, options=RULES).response["violations"]
        return [
            {"rule": one["id"], "at": [node["html"][:200] for node in one["nodes"][:3]]}
            for one in found
        ]

    def _same_page_for_axe(self) -> Page:
        """Axe is a script itself: where scripts are off, it looks at the same page in another browser."""
        shown = re.sub(r"<script\b.*?</script>", "", self.page.content(), flags=re.DOTALL)
        if self.second is None:
            self.second = self.chromium.new_context(viewport=self.page.viewport_size).new_page()
        address = self.page.url.partition("#")[0]
        self.second.unroute_all()
        self.second.route(
            address,
            lambda route: route.fulfill(body=shown, content_type="text/html; charset=utf-8"),
        )
        self.second.goto(address)
        return self.second

    def _photographs(self) -> None:
        folder = os.environ.get("HEARTHSIDE_SHOTS")
        if not folder:
            return
        words = slugify(re.sub(r"[0-9a-f-]{36}|\?.*", "", self.page.url.removeprefix(self.address)))
        size = self.page.viewport_size or {"width": 0}
        name = f"{next(_shots):03}-{self.name}-{size['width']}-{words or 'home'}.png"
        # With the caret as it is: hiding it takes a style of its own, which the page's policy refuses.
        self.page.screenshot(path=Path(folder) / name, full_page=True, caret="initial")
