"""Collect every translatable phrase, merge it into locale/*/LC_MESSAGES/django.po, and compile the .mo files.

Usage: python scripts/messages.py [--check]. With --check nothing is written: it fails if a catalogue is out of
step with the sources, if a compiled file is not what its source gives, or if a phrase of Spanish is missing.
Babel does the reading, merging and compiling (no GNU gettext needed); Django's own `templatize` turns templates
into something that Babel can read.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from peerkit.formats.meeting_guide import SENTENCES

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "src" / "hearthside"
LANGUAGES = ("es",)
WRITTEN_AT = datetime(2026, 11, 21, tzinfo=UTC)
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def main() -> None:
    is_check = "--check" in sys.argv
    settings.configure()  # templatize asks for settings, but for none in particular
    wanted = collect()
    problems = [
        problem for language in LANGUAGES for problem in bring(language, wanted, is_check=is_check)
    ]
    print("\n".join(problems) or f"{len(wanted)} phrases, all translated.")
    sys.exit(1 if is_check and problems else 0)


def collect() -> Catalog:
    """Every phrase of the site's Python files and templates."""
    catalog = Catalog(charset="utf-8")
    for path in sources():
        place = path.relative_to(ROOT).as_posix()
        content = readable(path)
        for _, found, comments, context in extract(
            "python", BytesIO(content), KEYWORDS, ["Translators:"]
        ):
            catalog.add(found, locations=[(place, 0)], auto_comments=comments, context=context)
    # An engine knows no gettext: it has a table of sentences, and the site translates by them.
    for sentence in SENTENCES.values():
        catalog.add(sentence, locations=[("src/peerkit/formats/meeting_guide", 0)])
    return catalog


def sources() -> Iterator[Path]:
    for path in sorted(SITE.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and not {"migrations", "static", "data"} & set(
            path.parts
        ):
            yield path


def readable(path: Path) -> bytes:
    text = path.read_text()
    if path.suffix == ".py":
        return text.encode()
    # Without indentation: what is left of a template is no Python block, and Babel reads tokens only.
    return "\n".join(
        line.strip() for line in templatize(text, origin=str(path)).splitlines()
    ).encode()


def bring(language: str, wanted: Catalog, *, is_check: bool) -> Iterator[str]:
    """Merge the phrases into one language's catalogue; yields what is wrong with it."""
    folder = SITE / "locale" / language / "LC_MESSAGES"
    source, compiled = folder / "django.po", folder / "django.mo"
    folder.mkdir(parents=True, exist_ok=True)
    catalog = (
        read_po(BytesIO(source.read_bytes()), locale=language)
        if source.exists()
        else Catalog(locale=language)
    )
    before = {(message.id, message.context) for message in catalog if message.id}
    catalog.update(wanted, no_fuzzy_matching=True)
    settle_header(catalog)
    after = {(message.id, message.context) for message in catalog if message.id}
    yield from (
        f"{language}: not in the catalogue yet: {phrase!r}"
        for phrase, _ in sorted(after - before, key=str)
    )
    yield from (
        f"{language}: not translated: {message.id!r}"
        for message in catalog
        if message.id and is_empty(message.string)
    )
    packed = BytesIO()
    write_mo(packed, catalog)
    if is_check:
        if not compiled.exists() or compiled.read_bytes() != packed.getvalue():
            yield f"{language}: the compiled file is not what its source gives; run make messages"
        return
    with source.open("wb") as file:
        write_po(
            file, catalog, width=100, ignore_obsolete=True, sort_output=True, no_location=False
        )
    compiled.write_bytes(packed.getvalue())


def settle_header(catalog: Catalog) -> None:
    """The same head whenever it is written: a date of its own would make every run a change."""
    catalog.fuzzy = False
    catalog.project, catalog.version = "Hearthside", "0"
    catalog.header_comment = "# Translations of Hearthside. AGPL-3.0-or-later."
    catalog.creation_date = catalog.revision_date = WRITTEN_AT


def is_empty(translation: object) -> bool:
    return not all(translation) if isinstance(translation, tuple | list) else not translation


if __name__ == "__main__":
    main()
