"""The made-up programme as written down in data/demo; programme.toml there explains the keys."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data" / "demo"


@cache
def programme() -> dict[str, Any]:
    return _table("programme.toml")


@cache
def people() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = _table("people.toml")["people"]
    return listed


@cache
def groups() -> list[tuple[str, dict[str, Any]]]:
    """Each group with the short name of its site."""
    paths = sorted((DATA / "groups").glob("*.toml"))
    return [
        (path.stem, group) for path in paths for group in _table(f"groups/{path.name}")["groups"]
    ]


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
