"""The scripts as production serves them: fingerprinted, on a port of their own, under the site's security policy."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.files.storage import FileSystemStorage

from hearthside.shell.storage import OneStylesheetStorage

POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'"


@dataclass(frozen=True)
class Site:
    """Where the scripts are, by the names they have in the source."""

    origin: str
    names: dict[str, str]

    def script(self, name: str) -> str:
        return f"{self.origin}/static/{self.names[name]}"


class Handler(SimpleHTTPRequestHandler):
    """Files, an empty page at /, and no words on the terminal."""

    extensions_map = {".js": "text/javascript", "": "text/html"}

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


def fingerprinted(source: Path, target: Path) -> dict[str, str]:
    """Copy `source` to `target` as `collectstatic` would; returns the manifest."""
    storage = OneStylesheetStorage(location=str(target), base_url="/static/")
    assert isinstance(storage, ManifestFilesMixin)
    files = {
        str(path.relative_to(source)): (FileSystemStorage(location=source), path)
        for path in sorted(source.glob("*/*"))
    }
    paths = {name: (from_storage, name) for name, (from_storage, _) in files.items()}
    for name, (_, path) in files.items():
        with path.open("rb") as content:
            FileSystemStorage(location=target).save(name, content)
    for _, _, done in storage.post_process(paths):
        assert not isinstance(done, Exception), done
    return {name: storage.stored_name(name) for name in files}


@contextlib.contextmanager
def serving(folder: Path, names: dict[str, str]) -> Iterator[Site]:
    (folder / "index.html").write_text("<!doctype html><title>Sealing</title>")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Site(f"http://localhost:{server.server_port}", names)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
