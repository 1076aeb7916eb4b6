"""Pages leave the event loop once and come back whole: plain ones, files, and what was sent to them."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from hearthside.project.pages import Pages

pytestmark = pytest.mark.django_db(transaction=True)


def in_own_loop(answering: Coroutine[Any, Any, None]) -> None:
    """In a thread of its own: a browser driven by another test keeps a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, answering).result()


def asked(method: str, path: str, *bodies: bytes, **headers: str) -> tuple[dict[str, Any], bytes]:
    """The head of the answer and its whole body."""
    told = [(b"host", b"localhost")]
    told += [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": told}
    parts = [{"type": "http.request", "body": one, "more_body": True} for one in bodies]
    coming = iter([*parts, {"type": "http.request", "body": b"", "more_body": False}])
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return next(coming)

    async def send(message: Any) -> None:
        sent.append(message)

    in_own_loop(Pages()(scope, receive, send))
    assert not sent[-1].get("more_body")
    return sent[0], b"".join(one["body"] for one in sent[1:] if "body" in one)


def test_a_page_comes_with_its_status_and_headers() -> None:
    head, body = asked("GET", "/how-it-works/")
    assert head["status"] == 200
    assert dict(head["headers"])[b"Content-Type"].startswith(b"text/html")
    assert b"</html>" in body


def test_what_is_sent_in_pieces_arrives_whole_and_a_cookie_goes_out() -> None:
    head, _ = asked(
        "POST", "/language/", b"next=/find/&lan", b"guage=es",
        content_type="application/x-www-form-urlencoded", content_length="23",
    )  # fmt: skip
    headers = dict(head["headers"])
    assert (head["status"], headers[b"Location"]) == (302, b"/find/")
    assert b"=es;" in headers[b"Set-Cookie"]


def test_what_is_not_there_is_not_found() -> None:
    assert asked("GET", "/no/such/page/")[0]["status"] == 404


def test_a_file_is_sent_as_it_lies_there() -> None:
    head, body = asked("GET", "/static/shell/icons/mark.svg")
    assert head["status"] == 200
    assert body.startswith(b"<svg")


def test_what_is_no_request_for_a_page_is_refused() -> None:
    with pytest.raises(ValueError, match="HTTP"):
        in_own_loop(Pages()({"type": "websocket"}, None, None))  # type: ignore[arg-type]
