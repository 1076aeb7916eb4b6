"""What a browser asks for when it opens a room's wire, read before anything is granted."""

import re
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from multidict import CIMultiDict

from hearthside.rooms.streams.frames import SUBPROTOCOL

PATH: Final = re.compile(
    r"/rooms/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/wire/"
)
LAST_SEQ: Final = 2**53 - 1
NO_STATE: Final = -1


class Unwelcome(Exception):
    """Not a request for a wire that we serve; `status` is the HTTP answer."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Wanted:
    """The room, the device that asks, what it has worked through (-1: it has no state), and its session."""

    room_id: UUID
    device_id: UUID
    after: int
    session_key: str


def wanted(
    target: bytes, headers: "CIMultiDict[str]", *, is_secure: bool, web_port: int | None
) -> Wanted:
    """What the request asks for. `web_port`: where pages are served, if not here. Raises Unwelcome."""
    try:
        address = urlsplit(target.decode("ascii", "replace"))
    except ValueError as error:
        raise Unwelcome(404) from error
    match = PATH.fullmatch(address.path)
    if match is None:
        raise Unwelcome(404)
    if not _is_ours(headers, is_secure=is_secure, web_port=web_port):
        raise Unwelcome(403)
    offered = [name.strip() for name in headers.get("Sec-WebSocket-Protocol", "").split(",")]
    if SUBPROTOCOL not in offered:
        raise Unwelcome(400)
    query = parse_qs(address.query)
    try:
        device_id, after = UUID(query["device"][0]), int(query.get("after", ["-1"])[0])
    except (KeyError, ValueError) as error:
        raise Unwelcome(400) from error
    if not NO_STATE <= after <= LAST_SEQ:
        raise Unwelcome(400)
    return Wanted(UUID(match[1]), device_id, after, _session_key(headers))


def _is_ours(headers: "CIMultiDict[str]", *, is_secure: bool, web_port: int | None) -> bool:
    """Threat: another site opens the wire from its own page, and the browser sends our cookie along."""
    origin = headers.get("Origin", "")
    if origin == settings.SITE_URL:
        return True
    host = headers.get("Host", "")
    name, _port = split_domain_port(host)
    if not name or not validate_host(name, settings.ALLOWED_HOSTS):
        return False
    scheme = "https" if _is_secure(headers, is_secure=is_secure) else "http"
    hosts = {host} if web_port is None else {f"{name}:{web_port}"}
    return origin.lower() in {f"{scheme}://{one.lower()}" for one in hosts}


def _is_secure(headers: "CIMultiDict[str]", *, is_secure: bool) -> bool:
    trusted: tuple[str, str] | None = getattr(settings, "SECURE_PROXY_SSL_HEADER", None)
    if trusted is None:
        return is_secure
    name, value = trusted
    said = headers.get(name.removeprefix("HTTP_").replace("_", "-"), "")
    return said.split(",")[0].strip() == value


def _session_key(headers: "CIMultiDict[str]") -> str:
    try:
        found = SimpleCookie(headers.get("Cookie", "")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return found.value if found else ""
