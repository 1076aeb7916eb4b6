"""Static files as production serves them: fingerprinted, compressed, and the stylesheet in one piece."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

INDEX: Final = "shell/css/site.css"
_IMPORT: Final = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>\w+)\);')
_FROM: Final = (r"""(?P<matched>\bfrom "(?P<url>\.\.?/[^"]+\.js)";)""", 'from "%(url)s";')


class OneStylesheetStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Puts every file that the stylesheet's index imports into it, so that a page waits for one file."""

    # Modules import each other by name: the names in their imports get fingerprints too. Django's own switch would
    # rewrite everybody's scripts, and stumbles over those that only speak of imports.
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("rooms/*.js", (_FROM,)),
        ("safety/*.js", (_FROM,)),
    )

    def post_process(self, paths: dict[str, Any], **options: Any) -> Iterator[Any]:
        if INDEX in paths and not options.get("dry_run"):
            self.delete(INDEX)
            self.save(
                INDEX,
                ContentFile(
                    in_one_piece(self._read(INDEX, paths), lambda path: self._read(path, paths))
                ),
            )
            paths = {**paths, INDEX: (self, INDEX)}
        yield from super().post_process(paths, **options)

    def _read(self, name: str, paths: dict[str, Any]) -> str:
        storage, path = paths[name]
        return str(storage.open(path).read().decode())


def in_one_piece(index: str, read: Callable[[str], str]) -> str:
    """The index with each `@import url(…) layer(…)` replaced by what it names, inside that layer.

    `read` takes a static path. Files below the index's folder may not use relative url()s.
    """
    folder = Path(INDEX).parent

    def inlined(found: re.Match[str]) -> str:
        content = read(str(folder / found["path"]))
        return f"@layer {found['layer']} {{\n{content}}}"

    return _IMPORT.sub(inlined, index)
