"""Carries one request for a page from the event loop to a thread and its answer back.

Every page and every middleware here is plain code that waits for a database. Django's own ASGI handler gives
each request a new thread with a new connection, and goes there and back for each middleware; here a request goes
to one of a few threads once, and these keep their connections.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, Final, cast

from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import set_script_prefix

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# Each may hold a connection to the database; whoever comes while all are busy waits for the next to be free.
THREADS: Final = 8


class Pages(ASGIHandler):
    """The site as an ASGI application for HTTP."""

    def __init__(self) -> None:
        self.load_middleware()
        self._threads = ThreadPoolExecutor(THREADS, "pages")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; ValueError for what is no HTTP."""
        if scope["type"] != "http":
            raise ValueError("Pages are asked for by HTTP only.")
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        in_thread = asyncio.get_running_loop().run_in_executor
        answer = await in_thread(self._threads, self._answer, scope, body)
        await send(_head(answer))
        if isinstance(answer, HttpResponse):
            await send({"type": "http.response.body", "body": answer.content})
            return
        try:
            pieces = iter(cast("StreamingHttpResponse", answer))
            while (piece := await in_thread(self._threads, next, pieces, None)) is not None:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body"})
        finally:
            await in_thread(self._threads, answer.close)

    def _answer(self, scope: Scope, body: IO[bytes]) -> HttpResponseBase:
        """The whole answer, made in this thread; of a file only its head, and whoever sends it closes it."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=type(self), scope=scope)
        request, refusal = self.create_request(scope, body)
        answer = self.get_response(request) if request else cast("HttpResponse", refusal)
        if isinstance(answer, HttpResponse):
            answer.close()
            body.close()
        return answer


def _head(answer: HttpResponseBase) -> Message:
    return {
        "type": "http.response.start",
        "status": answer.status_code,
        "headers": list(_headers(answer)),
    }


def _headers(answer: HttpResponseBase) -> Iterator[tuple[bytes, bytes]]:
    for name, value in answer.items():
        yield name.encode("ascii"), value.encode("latin-1")
    for cookie in answer.cookies.values():
        yield b"Set-Cookie", cookie.output(header="").strip().encode("ascii")
