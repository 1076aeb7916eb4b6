"""Write docs/routes.md: every address of the site, its name, and the first sentence of the door behind it.

Usage: python scripts/routes.py [--check]. A test runs the check, so that the list cannot drift.
"""

import inspect
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "routes.md"


def page() -> str:
    """The whole document, from the site's own map."""
    from django.urls import get_resolver

    lines = [
        "# Routes",
        "",
        "Every address of the site, written by `python scripts/routes.py` from the site's own map. Sign-in pages under",
        "`account/` and the operator's screens come from django-allauth and Django's admin and are not repeated here.",
        "",
        "| address | name | what it is | code |",
        "|---|---|---|---|",
    ]
    lines += sorted(rows(get_resolver().url_patterns, ""))
    return "\n".join(lines) + "\n"


def rows(patterns: Any, prefix: str) -> Iterator[str]:
    for pattern in patterns:
        address = f"{prefix}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            yield from rows(pattern.url_patterns, address)
            continue
        door = inspect.unwrap(pattern.callback)
        if not door.__module__.startswith("hearthside."):
            continue
        said = (inspect.getdoc(getattr(door, "view_class", door)) or "").split("\n")[0]
        where = door.__module__.removeprefix("hearthside.")
        yield f"| `/{address}` | `{pattern.name}` | {said} | `{where}` |"


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearthside.project.settings")
    django.setup()
    if "--check" in sys.argv:
        sys.exit(
            0
            if TARGET.read_text() == page()
            else "docs/routes.md is out of step: run python scripts/routes.py"
        )
    TARGET.write_text(page())


if __name__ == "__main__":
    main()
