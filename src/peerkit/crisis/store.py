"""The packs and weights that come with the library, read and verified once."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from peerkit.crisis.key import PUBLIC_KEY
from peerkit.crisis.linear import Linear
from peerkit.crisis.pack import Pack
from peerkit.crisis.signing import PackIsAltered, files_of, verified

FOLDER: Final = Path(__file__).parent / "data"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"


def pack_of(language: str, folder: Path = FOLDER) -> Pack | None:
    """Return the rules of a language (ISO 639-1, with or without a region), None where there are none.

    Raises PackIsAltered if they are not the ones that were signed.
    """
    return _pack(_plain(language), folder)


def model_of(language: str, folder: Path = FOLDER) -> Linear | None:
    """Return the linear model of a language, None where there is none.

    Raises PackIsAltered if it is not the one that was signed.
    """
    return _model(_plain(language), folder)


def languages(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the languages that there are signed rules for, in alphabetical order."""
    names = (Path(name) for name in files(folder))
    return tuple(sorted(name.stem for name in names if name.suffix == ".json"))


@cache
def files(folder: Path = FOLDER) -> Mapping[str, str]:
    """Return the SHA-256 of each signed file. Raises PackIsAltered."""
    try:
        manifest, signature = (folder / MANIFEST).read_bytes(), (folder / SIGNATURE).read_text()
    except OSError as gone:
        raise PackIsAltered("There is no signed list of the rules.") from gone
    return files_of(manifest, signature, PUBLIC_KEY)


@cache
def _pack(language: str, folder: Path) -> Pack | None:
    content = _content(f"{language}.json", folder)
    return None if content is None else Pack.of(json.loads(content))


@cache
def _model(language: str, folder: Path) -> Linear | None:
    content = _content(f"{language}.weights.bin", folder)
    return None if content is None else Linear.of(content)


def _content(name: str, folder: Path) -> bytes | None:
    if name not in files(folder):
        return None
    return verified(name, (folder / name).read_bytes(), files(folder))


def _plain(language: str) -> str:
    return language.lower().replace("_", "-").partition("-")[0]
