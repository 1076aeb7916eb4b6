"""Compares every script and stylesheet that a running site serves with this checkout, byte for byte.

    .venv/bin/python scripts/integrity.py https://your.site
    .venv/bin/python scripts/integrity.py https://your.site --page saved-room.html

Check out the release that the site says it runs (it serves its own source at /source.tar.gz), run `make install`,
and run this on another machine than the server. A sealed room is only as honest as the code that the page
loads: whoever alters a served script could read what is typed. `--page` looks at a page that you saved
from your own browser (a room needs you signed in): every script in it must be one of those compared.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("/", "/account/login/", "/help-now/")
KINDS = (".js", ".css")
SCRIPT = re.compile(r"<script\b[^>]*>")
SOURCE = re.compile(r"""\bsrc=["']([^"']+)["']""")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("site", help="where the site is, e.g. https://your.site")
    parser.add_argument("--page", type=Path, action="append", default=[], help="a page you saved")
    asked = parser.parse_args()
    site = asked.site.rstrip("/")
    with tempfile.TemporaryDirectory() as home:
        ours = built(Path(home))
        found = [
            wrong for path, content in ours.items() if (wrong := compared(site, path, content))
        ]
    pages = {path: fetched(site + path).decode("utf-8", "replace") for path in PAGES}
    pages |= {str(page): page.read_text("utf-8") for page in asked.page}
    for name, page in pages.items():
        found += [f"{name}: {words}" for words in strangers(page, ours.keys())]
    print(
        "\n".join(found)
        or f"{len(ours)} files are identical, and {len(pages)} pages load no other script."
    )
    return 1 if found else 0


def built(home: Path) -> dict[str, bytes]:
    """Scripts and stylesheets as this checkout would serve them: path below /static/ to content."""
    environment = {**os.environ, "HEARTHSIDE_HOME": str(home)}
    environment["DJANGO_SETTINGS_MODULE"] = "hearthside.project.settings"
    command = [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(command, env=environment, cwd=ROOT, check=True)
    static = home / "static"
    files = (file for file in static.rglob("*") if file.suffix in KINDS)
    return {file.relative_to(static).as_posix(): file.read_bytes() for file in files}


def compared(site: str, path: str, content: bytes) -> str:
    """What is wrong with one served file; empty if nothing is."""
    try:
        served = fetched(f"{site}/static/{urllib.parse.quote(path)}")
    except urllib.error.HTTPError as error:
        return f"{path}: the site answers {error.code}"
    return "" if served == content else f"{path}: differs from this checkout"


def strangers(page: str, known: Iterable[str]) -> list[str]:
    """Scripts in a page that are not among the compared files, or that are written into the page."""
    known, found = set(known), []
    for tag in SCRIPT.findall(page):
        source = SOURCE.search(tag)
        if source is None:
            found.append(f"holds a script of its own: {tag}")
        elif urllib.parse.urlsplit(source[1]).path.partition("/static/")[2] not in known:
            found.append(f"loads {source[1]}")
    return found


def fetched(address: str) -> bytes:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "identity"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        content: bytes = answer.read()
    return content


if __name__ == "__main__":
    sys.exit(main())
