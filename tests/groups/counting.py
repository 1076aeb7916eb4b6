"""How many queries a page takes of its own, besides those that the frame takes on every page."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


def own_queries(browser: Client, address: str) -> int:
    """Both pages are asked twice, so that neither counts what only a first request writes."""
    frame = _queries(browser, reverse("privacy"))
    return _queries(browser, address) - frame


def _queries(browser: Client, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)
