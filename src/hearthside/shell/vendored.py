"""Browser code made by others, as vendor.json lists it: name, version, licence, source, integrity."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

MANIFEST: Final = Path(__file__).parent / "vendor.json"
STATIC: Final = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class VendoredFile:
    """One file as it is served: its static path, and the sha384 that a browser checks it against."""

    path: str
    integrity: str


def script(package: str) -> VendoredFile:
    """The one script of a vendored package."""
    return next(file for file in _files(package) if file.path.endswith(".js"))


@cache
def _files(package: str) -> tuple[VendoredFile, ...]:
    packages = json.loads(MANIFEST.read_text("utf-8"))["packages"]
    entry = next(entry for entry in packages if entry["name"] == package)
    return tuple(VendoredFile(file["path"], file["integrity"]) for file in entry["files"])
