"""A page in a real browser for the few things that only a browser can show."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(
        locale="en-GB", timezone_id="Europe/Madrid", viewport={"width": 1024, "height": 800}
    )
    yield context.new_page()
    context.close()
