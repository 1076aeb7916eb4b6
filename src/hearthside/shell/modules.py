"""Which scripts a script imports, and those in turn: told to the browser at once, it need not find them one by one."""

import re
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final

from django.contrib.staticfiles import finders

IMPORT: Final = re.compile(
    r"""^\s*(?:import|export|\})[^"';]*?["'](\.{1,2}/[^"']+)["'];""", re.MULTILINE
)


@cache
def imported(entry: str) -> tuple[str, ...]:
    """The static paths of a module and of everything it imports, in the order in which they are met.

    Raises FileNotFoundError where a script imports what is not there.
    """
    found: dict[str, None] = {}
    waiting = [entry]
    while waiting:
        path = waiting.pop(0)
        if path in found:
            continue
        found[path] = None
        folder = PurePosixPath(path).parent
        waiting += [_joined(folder, other) for other in IMPORT.findall(_source(path))]
    return tuple(found)


def _source(path: str) -> str:
    file = finders.find(path)
    if not isinstance(file, str):
        raise FileNotFoundError(path)
    return Path(file).read_text("utf-8")


def _joined(folder: PurePosixPath, other: str) -> str:
    parts: list[str] = list(folder.parts)
    for step in PurePosixPath(other).parts:
        if step == "..":
            parts.pop()
        else:
            parts.append(step)
    return "/".join(parts)
