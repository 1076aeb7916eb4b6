"""The same through a running site: how long a visitor's search takes until its answer page is read."""

from collections.abc import Sequence
from time import perf_counter
from urllib.parse import urlencode
from urllib.request import Request, urlopen


def through_http(address: str, searches: Sequence[dict[str, str]]) -> list[float]:
    """Ask the finder at `address` (as http://127.0.0.1:8000/find/answer/) each search; seconds each.

    The site is started and filled by whoever calls. OSError when it does not answer with a page.
    """
    taken = []
    for search in searches:
        request = Request(f"{address}?{urlencode(search)}", headers={"Accept": "text/html"})
        began = perf_counter()
        with urlopen(request, timeout=30) as answer:
            answer.read()
        taken.append(perf_counter() - began)
    return taken
