"""Where a published list comes from: a file on this machine, or an address on the web."""

import http.client
import ipaddress
import socket
import ssl
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from peerkit.formats.meeting_guide.feed import MAX_BYTES

PATIENCE_OF_SOCKET: Final = 20.0
PATIENCE_IN_ALL: Final = 90.0
MOST_AT_ONCE: Final = 1 << 16
HEADERS: Final = {
    # Some publishers turn away what does not say what it is.
    "User-Agent": "Hearthside (meeting list import)",
    "Accept": "application/json, text/json;q=0.9, */*;q=0.1",
}


class CannotRead(Exception):
    """The list could not be brought here; the message is a sentence for a coordinator."""


# IPv6 ways to write an IPv4 address (NAT64, 6to4, compatible), which may be a private one.
MAPPED_NETWORKS = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "2002::/16", "::/96")))


def is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))


def name_of(origin: str) -> str:
    """What a list is called unless somebody names it: its host, or its file's name."""
    host = _host(origin) if is_address(origin) else ""
    return (host.removeprefix("www.") or Path(origin).stem)[:120]


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def file_bytes(path: Path) -> bytes:
    """What the file holds. Raises CannotRead."""
    try:
        with path.open("rb") as file:
            return _limited(file)
    except OSError as error:
        raise CannotRead(
            _("The file %(path)s cannot be read: %(why)s.") % {"path": path, "why": error.strerror}
        ) from error


def web_bytes(address: str, *, is_trusted: bool) -> bytes:
    """What the address answers, over http or https and nothing else. Raises CannotRead.

    Unless the asker is trusted with this machine's own network, only public addresses are asked.
    """
    try:
        request = urllib.request.Request(address, headers=HEADERS)  # noqa: S310 - see _opener
        with _opener(is_trusted=is_trusted).open(request, timeout=PATIENCE_OF_SOCKET) as answer:
            return _limited(answer)
    except urllib.error.HTTPError as error:
        with error:
            raise CannotRead(_refusal(error)) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise CannotRead(_failure(error)) from error


def _opener(*, is_trusted: bool) -> urllib.request.OpenerDirector:
    """Only what speaks http: no redirect can lead to a file or an FTP server."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        _Plain(is_trusted=is_trusted),
        _Secure(is_trusted=is_trusted),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


class NotPublic(OSError):
    """The address is one of this machine's own network."""


def _connect_to_public(
    address: tuple[str, int], timeout: Any = None, source: Any = None
) -> socket.socket:
    # Threat: somebody has this server fetch what only the server can reach (a router, a cloud's keys).
    # The address that was looked at is the one connected to, so a name cannot change its mind between.
    host, port = address
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    places = [str(sockaddr[0]) for *_kinds, sockaddr in found]
    if not places or not all(_is_public(place) for place in places):
        raise NotPublic
    return socket.create_connection((places[0], port), timeout, source)


def _is_public(place: str) -> bool:
    address = ipaddress.ip_address(place)
    return address.is_global and not any(address in network for network in MAPPED_NETWORKS)


def _has_proxy(request: urllib.request.Request) -> bool:
    # Asked of each request, redirects too: NO_PROXY names hosts that are met directly, and so are looked at.
    return request.has_proxy() or getattr(request, "_tunnel_host", None) is not None


class _PlainConnection(http.client.HTTPConnection):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._create_connection = _connect_to_public


class _SecureConnection(http.client.HTTPSConnection):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._create_connection = _connect_to_public


class _Plain(urllib.request.HTTPHandler):
    def __init__(self, *, is_trusted: bool) -> None:
        super().__init__()
        self.is_trusted = is_trusted

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        # Behind a proxy, the proxy decides what may be reached, and looks up names itself.
        is_free = self.is_trusted or _has_proxy(req)
        return self.do_open(http.client.HTTPConnection if is_free else _PlainConnection, req)


class _Secure(urllib.request.HTTPSHandler):
    def __init__(self, *, is_trusted: bool) -> None:
        super().__init__()
        self.is_trusted = is_trusted

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        is_free = self.is_trusted or _has_proxy(req)
        kind = http.client.HTTPSConnection if is_free else _SecureConnection
        return self.do_open(kind, req, context=ssl.create_default_context())


def _limited(stream: IO[bytes] | http.client.HTTPResponse) -> bytes:
    """All of it, or one byte more than a list may have: the decoder says so in words."""
    until = time.monotonic() + PATIENCE_IN_ALL
    parts, size = [], 0
    while size <= MAX_BYTES and (part := stream.read(MOST_AT_ONCE)):
        parts.append(part)
        size += len(part)
        if time.monotonic() > until:
            raise TimeoutError
    return b"".join(parts)[: MAX_BYTES + 1]


def _refusal(error: urllib.error.HTTPError) -> str:
    said = error.read(20_000).decode("utf-8", "replace").lower()
    if error.headers.get("cf-mitigated") or "just a moment" in said or "challenge-platform" in said:
        return _(
            "The site answered with a “checking your browser” page instead of its list. Ask the publisher "
            "to let this server through, or save the list in a browser and import the file."
        )
    if error.code in {404, 410}:
        return _(
            "There is nothing at that address (%(code)d). Ask the publisher where the list is."
        ) % {"code": error.code}
    return _("The site refused to give the list (%(code)d %(reason)s).") % {
        "code": error.code,
        "reason": error.reason,
    }


def _failure(error: Exception) -> str:
    cause = getattr(error, "reason", error)
    if isinstance(cause, NotPublic):
        return _("That address belongs to a private network, so it was not asked.")
    if isinstance(cause, ssl.SSLError):
        return _("The site's certificate cannot be trusted, so nothing was read from it.")
    if isinstance(cause, TimeoutError):
        return _("The site took too long to answer. Please try again later.")
    if isinstance(cause, socket.gaierror):
        return _("There is no site of that name. Please look at the address again.")
    return _("The site cannot be reached: %(why)s.") % {"why": cause or _("no answer")}
