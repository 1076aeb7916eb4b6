"""Which fellowship a list seems to belong to: a guess for a coordinator to look at."""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from hearthside.exchange.queries.lists import Feed

DATA = Path(__file__).parent.parent / "data" / "fellowships.toml"


@dataclass(frozen=True, slots=True)
class Fellowship:
    """A family of groups that publishes lists, and what its groups have in common."""

    name: str
    host: re.Pattern[str]
    experiences: tuple[str, ...]


def guessed(feed: Feed, *, source: str) -> Fellowship | None:
    """The fellowship that most rows link to, or that the list is named after; None if neither tells."""
    for host in (_commonest_host(feed), source.lower()):
        for fellowship in _fellowships():
            if host and fellowship.host.search(host):
                return fellowship
    return None


def _commonest_host(feed: Feed) -> str:
    hosts = Counter(
        host.removeprefix("www.")
        for row in feed.rows
        if row.listing and (host := urlsplit(row.listing.url).hostname)
    )
    host, count = next(iter(hosts.most_common(1)), ("", 0))
    return host if count * 2 > len(feed.rows) else ""


@cache
def _fellowships() -> tuple[Fellowship, ...]:
    tables = tomllib.loads(DATA.read_text(encoding="utf-8"))["fellowships"]
    return tuple(
        Fellowship(table["name"], re.compile(table["host"]), tuple(table["experiences"]))
        for table in tables
    )
