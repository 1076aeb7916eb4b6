"""Every template of the project keeps the strict Content-Security-Policy: nothing inline, ever."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent.parent / "src" / "hearthside"
TEMPLATES = sorted(
    path for path in SOURCE.rglob("templates/**/*.html") if "email" not in path.parts
)
FORBIDDEN = {
    "a script inside the page": r"<script(?![^>]*\bsrc=)(?![^>]*\btype=[\"']?application/json)",
    "a style inside the page": r"<style\b",
    "a style attribute": r"\sstyle\s*=",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=\s*[\"']",
    "a javascript: address": r"javascript:",
    "code of another site": r"(?:src|href)=[\"'](?:https?:)?//[^\"']+\.(?:js|css|woff2?)",
    "an htmx expression": r"hx-(?:on|vals=[\"']js:|vars)",
}


def test_there_are_templates_to_look_at() -> None:
    assert SOURCE / "shell" / "templates" / "base.html" in TEMPLATES


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_holds_nothing_that_the_browser_would_have_to_refuse(path: Path) -> None:
    text = path.read_text("utf-8")
    found = [what for what, pattern in FORBIDDEN.items() if re.search(pattern, text, re.IGNORECASE)]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<style>p {}</style>",
        '<p style="color: red">',
        '<a onclick="x()">',
        '<script src="https://cdn.example/x.js"></script>',
    ],
)
def test_the_check_itself_finds_what_it_looks_for(text: str) -> None:
    assert any(re.search(pattern, text, re.IGNORECASE) for pattern in FORBIDDEN.values())
