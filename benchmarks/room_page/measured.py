"""Measures joining, coming back and being seen on each kind of slow phone, and prints the figures."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import perf_counter

import figures
import where_time_goes
from company import PATIENCE_MS, PEOPLE, Company, company
from figures import JOIN_MS, SEEN_MS, Figure
from playwright.sync_api import Page
from slow_phones import HOW, PHONES, Slowing, how_slow

FIRST, AGAIN = "open the room: new device", "open the room: page loaded again"
SAYS, HEARS = "press Send on the phone, seen by another", "another presses Send, seen on the phone"
LIMITS = {FIRST: JOIN_MS, AGAIN: JOIN_MS, SAYS: SEEN_MS, HEARS: SEEN_MS}
OPENED = "() => watching.open > 0"
TO_OPEN = "() => watching.open - performance.timeOrigin"
# Four a second is what one person may say.
BETWEEN_MS = 400
BEGAN = perf_counter()
_numbers = count(1)


@dataclass(frozen=True)
class Plan:
    """How often each is measured on each phone."""

    joins: int
    reloads: int
    messages: int
    # Then nothing is begun another time; each is measured once whatever the machine is busy with.
    ends_within_s: float

    @property
    def is_late(self) -> bool:
        return perf_counter() - BEGAN > self.ends_within_s


FULL = Plan(joins=9, reloads=9, messages=20, ends_within_s=900)
QUICK = Plan(joins=2, reloads=2, messages=4, ends_within_s=28)


def main() -> None:
    """Print a table, one line of JSON per figure, or where the time goes."""
    asked = arguments()
    plan = QUICK if asked.quick else FULL
    with tempfile.TemporaryDirectory(prefix="room-page-") as home, company(Path(home)) as others:
        if asked.where:
            sys.stdout.write("\n".join(where(others, asked.only)) + "\n")
            return
        found = [each for phone in asked.only for each in measured(others, phone, plan)]
        told = figures.about(chromium=others.browser.version, people=PEOPLE, is_quick=asked.quick)
    lines = [figures.as_json(each, told) for each in found]
    sys.stdout.write("\n".join(lines if asked.json else [figures.as_table(found, told)]) + "\n")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks/room_page.py", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds: under 50 s")
    parser.add_argument("--only", nargs="+", choices=[*PHONES], default=[*PHONES], metavar="PHONE")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="one JSON object per figure")
    shape.add_argument("--where", action="store_true", help="steps and busy functions, not figures")
    return parser.parse_args()


def measured(others: Company, phone: str, plan: Plan) -> list[Figure]:
    """Every figure on one kind of phone."""
    slowing = PHONES[phone]
    slower = calibrated(others, slowing)
    found = {name: Figure(name, limit, phone, slower) for name, limit in LIMITS.items()}
    for _ in rounds(plan.joins, plan):
        page, time = joined(others, slowing)
        found[FIRST].times_ms.append(time)
    with slowing(page):
        for _ in rounds(plan.messages, plan):
            found[SAYS].times_ms.append(said(page, others.witness))
            found[HEARS].times_ms.append(said(others.witness, page))
        for _ in rounds(plan.reloads, plan):
            page.reload(wait_until="commit")
            found[AGAIN].times_ms.append(opened(page))
            page.wait_for_timeout(BETWEEN_MS)
    return [*found.values()]


def rounds(most: int, plan: Plan) -> Iterator[int]:
    """As often as planned; once it is late, no more than once."""
    return (number for number in range(most) if number == 0 or not plan.is_late)


def where(others: Company, phones: list[str]) -> Iterator[str]:
    """The steps and the busiest functions of each, on each kind of phone."""
    for phone in phones:
        slowing = PHONES[phone]
        yield f"== {phone}: {HOW[phone]}"
        page = others.phone()
        page.add_init_script(where_time_goes.WHERE)
        acts = {
            FIRST: lambda page=page: (
                page.goto(others.url("in/"), wait_until="commit") and opened(page)
            ),
            SAYS: lambda page=page: said(page, others.witness),
            HEARS: lambda page=page: said(others.witness, page),
            AGAIN: lambda page=page: page.reload(wait_until="commit") and opened(page),
        }
        with slowing(page):
            for name, act in acts.items():
                yield from where_time_goes.told(page, name, act)
                page.wait_for_timeout(2 * BETWEEN_MS)


def calibrated(others: Company, slowing: Slowing) -> dict[str, float]:
    page = others.browser.new_context().new_page()
    page.goto("data:text/html,<title>A loop</title>")
    found = how_slow(page, slowing)
    page.context.close()
    return found


def joined(others: Company, slowing: Slowing) -> tuple[Page, float]:
    """The phone with the room open, and the time from asking for the page until the room stood open on it."""
    page = others.phone()
    with slowing(page):
        page.goto(others.url("in/"), wait_until="commit")
        time = opened(page)
    others.settles(PEOPLE)
    return page, time


def opened(page: Page) -> float:
    """Milliseconds from asking for the page until it shows that the room is open."""
    page.wait_for_function(OPENED, polling=50, timeout=PATIENCE_MS)
    return float(page.evaluate(TO_OPEN))


def said(by: Page, to: Page) -> float:
    """Milliseconds from pressing Send on one page until the words are on the screen of the other."""
    words = f"I slept better this week. ({next(_numbers)})"
    to.evaluate("(words) => Object.assign(watching, {text: words, seen: 0})", words)
    by.get_by_label("Your words").first.fill(words)
    by.wait_for_timeout(BETWEEN_MS)
    by.locator("[data-send]").first.click()
    to.wait_for_function("() => watching.seen > 0", polling=50, timeout=PATIENCE_MS)
    return float(to.evaluate("() => watching.seen")) - float(by.evaluate("() => watching.pressed"))


if __name__ == "__main__":
    main()
