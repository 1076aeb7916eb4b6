"""What browsers fetch: vendored files as published, one stylesheet that names every component, the source."""

import gzip
import hashlib
import io
import json
import re
import tarfile
from base64 import b64encode

import pytest
from django.test import Client
from django.urls import reverse

from hearthside.shell import vendored
from hearthside.shell.storage import in_one_piece

CSS = vendored.STATIC / "shell" / "css"
FILES = [
    file
    for package in json.loads(vendored.MANIFEST.read_text())["packages"]
    for file in package["files"]
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file["path"])
def test_a_vendored_file_is_what_the_manifest_says(file: dict[str, str]) -> None:
    digest = hashlib.sha384((vendored.STATIC / file["path"]).read_bytes()).digest()
    assert file["integrity"] == f"sha384-{b64encode(digest).decode()}"


def test_nothing_lies_among_the_vendored_files_that_the_manifest_does_not_name() -> None:
    found = {f"vendor/{path.name}" for path in (vendored.STATIC / "vendor").iterdir()}
    assert found == {file["path"] for file in FILES}


def test_every_vendored_package_names_version_licence_and_source() -> None:
    for package in json.loads(vendored.MANIFEST.read_text())["packages"]:
        assert all(package[key] for key in ("name", "version", "licence", "source"))


@pytest.mark.django_db
def test_pages_load_the_vendored_script_with_its_integrity(client: Client) -> None:
    htmx = vendored.script("htmx.org")
    page = client.get("/").content.decode()
    assert re.search(
        rf'src="/static/{re.escape(htmx.path)}" integrity="{re.escape(htmx.integrity)}"', page
    )


def test_every_component_stands_in_the_index() -> None:
    index = (CSS / "site.css").read_text()
    for path in sorted(CSS.rglob("*.css")):
        if path.name != "site.css":
            assert f'url("{path.relative_to(CSS)}")' in index, path.name


def test_a_component_fetches_nothing_by_itself() -> None:
    for path in (CSS / "components").iterdir():
        assert "url(" not in path.read_text(), path.name


def test_the_stylesheet_is_put_together_without_losing_a_rule() -> None:
    index = (CSS / "site.css").read_text()
    whole = in_one_piece(index, lambda path: (vendored.STATIC / path).read_text())
    assert "@import" not in whole
    assert whole.index("@layer reset, base, components, utilities;") < whole.index("@layer reset {")
    for path in CSS.rglob("*.css"):
        if path.name != "site.css":
            assert path.read_text() in whole
    assert whole.count("{") == whole.count("}")


def test_the_name_on_a_phones_home_screen_says_nothing(client: Client) -> None:
    manifest = client.get(reverse("manifest")).json()
    assert not re.search("support|group|health|hearth", manifest["short_name"], re.IGNORECASE)
    assert {icon["sizes"] for icon in manifest["icons"]} == {"any", "192x192", "512x512"}


def test_whoever_uses_the_site_can_have_the_source_that_runs(client: Client) -> None:
    answer = client.get(reverse("source"))
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(answer.content))) as tar:
        names = tar.getnames()
        assert all(entry.uname == "" for entry in tar)
    assert "hearthside/shell/source.py" in names
    assert "peerkit/__init__.py" in names
    assert not any(name.endswith((".pyc", "__pycache__", "secret_key")) for name in names)
