"""The ASGI applications that `hearthside serve` runs: the site, and what stands where rooms have a port of their own."""

import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearthside.project.settings")
django.setup(set_prefix=False)

from hearthside.project.pages import Pages  # noqa: E402 - the site is set up first

application = Pages()


async def rooms_only(scope: Any, receive: Any, send: Any) -> None:  # noqa: ARG001 - ASGI's signature
    """No pages here: 404 for whatever is not a room's wire."""
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b""})
