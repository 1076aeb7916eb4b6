"""Lists on the web: fetched with care, from a publisher on this machine."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from hearthside.exchange import sources
from peerkit.formats.meeting_guide.feed import MAX_BYTES
from tests.exchange.lists import packed, row

LIST = packed(row())


class Publisher(BaseHTTPRequestHandler):
    """Answers by path as publishers do, well and badly."""

    def do_GET(self) -> None:
        answers = {
            "/list.json": (200, {}, LIST),
            "/moved": (302, {"Location": "/list.json"}, b""),
            "/to-a-file": (302, {"Location": "file:///etc/hostname"}, b""),
            "/to-ftp": (302, {"Location": "ftp://localhost/list.json"}, b""),
            "/shielded": (403, {}, b"<html><title>Just a moment...</title></html>"),
            "/vast": (200, {}, b"[" + b" " * 60_000_000),
        }
        status, headers, body = answers.get(self.path, (404, {}, b"<html>Not found</html>"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except ConnectionError:
            self.close_connection = True

    def log_message(self, *_args: object) -> None:
        """Tests stay quiet."""


@pytest.fixture
def publisher() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Publisher) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_list_is_fetched_also_where_it_has_moved_to(publisher: str) -> None:
    assert sources.web_bytes(f"{publisher}/list.json", is_trusted=True) == LIST
    assert sources.web_bytes(f"{publisher}/moved", is_trusted=True) == LIST


@pytest.mark.parametrize("path", ["/to-a-file", "/to-ftp"])
def test_no_answer_leads_to_a_file_of_this_machine(publisher: str, path: str) -> None:
    with pytest.raises(sources.CannotRead):
        sources.web_bytes(f"{publisher}{path}", is_trusted=True)


@pytest.mark.parametrize(
    ("path", "words"),
    [("/nothing", "nothing at that address"), ("/shielded", "checking your browser")],
)
def test_a_refusal_says_what_to_do(publisher: str, path: str, words: str) -> None:
    with pytest.raises(sources.CannotRead, match=words):
        sources.web_bytes(f"{publisher}{path}", is_trusted=True)


def test_no_more_is_read_than_a_list_may_have(publisher: str) -> None:
    assert len(sources.web_bytes(f"{publisher}/vast", is_trusted=True)) == MAX_BYTES + 1


def test_a_coordinator_cannot_make_the_server_ask_its_own_network(publisher: str) -> None:
    for address in (f"{publisher}/list.json", publisher.replace("127.0.0.1", "localhost")):
        with pytest.raises(sources.CannotRead, match="private network"):
            sources.web_bytes(address, is_trusted=False)


@pytest.mark.parametrize("address", ["file:///etc/hostname", "ftp://a.example/b", "http://[", "x"])
def test_only_web_addresses_are_asked(address: str) -> None:
    with pytest.raises(sources.CannotRead):
        sources.web_bytes(address, is_trusted=True)


def test_a_list_is_called_after_its_host_or_file() -> None:
    assert sources.name_of("https://www.lists.example/feed?x=1") == "lists.example"
    assert sources.name_of("/home/me/my list.json") == "my list"


def test_a_host_that_is_met_without_the_proxy_is_looked_at_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "localhost,127.0.0.1")
    with pytest.raises(sources.CannotRead, match="private network"):
        sources.web_bytes("http://localhost:9/list.json", is_trusted=False)


@pytest.mark.parametrize(
    "place", ["64:ff9b::7f00:1", "2002:7f00:1::", "::7f00:1", "::1", "10.0.0.1"]
)
def test_a_private_address_in_other_letters_is_private(place: str) -> None:
    host = f"[{place}]" if ":" in place else place
    with pytest.raises(sources.CannotRead, match="private network"):
        sources.web_bytes(f"http://{host}:9/", is_trusted=False)
