"""Where the time goes while a room is opened and something is said: steps in their order, and the busiest functions."""

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

WHERE = Path(__file__).with_name("where.js").read_text("utf-8")
ANSWER = """() => {
    const {requestStart, responseStart, responseEnd} = performance.getEntriesByType("navigation")[0];
    const {pressed, seen} = watching;
    const moment = (at) => at - performance.timeOrigin;
    return [[requestStart, responseStart, "site: the page itself"], [responseStart, responseEnd, "site: the rest of it"],
        ...watching.steps.map(([line, at]) => [moment(at), moment(at), `page: says ${line}`]),
        ...(pressed ? [[moment(pressed), moment(pressed), "page: Send was pressed"]] : []),
        ...(seen ? [[moment(seen), moment(seen), "page: the words are on the screen"]] : [])];
}"""
FUNCTIONS = 14
SAMPLE_US = 200


def told(page: Page, name: str, act: Callable[[], float]) -> list[str]:
    """Does it while the page's own thread is sampled: its time, its steps, its busiest functions."""
    session = page.context.new_cdp_session(page)
    session.send("Profiler.enable")
    session.send("Profiler.setSamplingInterval", {"interval": SAMPLE_US})
    page.evaluate("() => { if (window.where) where.length = 0; }")
    session.send("Profiler.start")
    time = act()
    functions = busiest(session.send("Profiler.stop")["profile"])
    session.detach()
    return ["", f"{name}: {time:.0f} ms", *steps(page), " the page's own thread:", *functions]


def busiest(profile: Mapping[str, Any]) -> list[str]:
    """The functions with the most time of their own, in milliseconds."""
    names = {node["id"]: _name(node["callFrame"]) for node in profile["nodes"]}
    spent: Counter[str] = Counter()
    for node, microseconds in zip(profile["samples"], profile["timeDeltas"], strict=True):
        spent[names[node]] += microseconds
    # Not of interest: waiting, and what the browser does that is no script.
    for name in ("(idle)", "(program)"):
        spent.pop(name, None)
    return [f"  {spent[name] / 1000:8.0f} ms  {name}" for name, _ in spent.most_common(FUNCTIONS)]


def steps(page: Page) -> list[str]:
    """What was noted on the page since it was asked for, by the moment it began."""
    noted = sorted([*page.evaluate("() => where"), *page.evaluate(ANSWER)])
    return [
        f"  {began:7.0f} {max(ended - began, 0):7.0f} ms  {what}" for began, ended, what in noted
    ]


def _name(frame: Mapping[str, Any]) -> str:
    place = frame["url"].rpartition("/")[2]
    return " ".join(filter(None, [frame["functionName"] or "(outside functions)", place]))
