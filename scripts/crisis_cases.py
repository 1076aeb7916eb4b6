"""Our own labelled sentences, by which `peerkit.crisis` is measured and its model taught: tests/engines/crisis/cases.

A file is a list of sentences, one to a line, under headings: [explicit plan_means_access], [none idiom_kill_die].
`seen` are those that whoever wrote the rules could look at, `held` those that they could not; `plain` must all be read right.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CASES: Final = Path(__file__).resolve().parent.parent / "tests/engines/crisis/cases"


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, the tier it should be read as, and the way of speaking it stands for."""

    text: str
    language: str
    tier: str
    functionality: str


def cases(language: str, name: str) -> list[Case]:
    """The sentences of a file, such as ("en", "held")."""
    return list(_cases(CASES / language / f"{name}.txt"))


def languages() -> list[str]:
    """The languages there are sentences in."""
    return sorted(folder.name for folder in CASES.iterdir())


def names(language: str) -> list[str]:
    """The files there are in a language."""
    return sorted(file.stem for file in (CASES / language).glob("*.txt"))


def _cases(file: Path) -> Iterator[Case]:
    tier = functionality = ""
    for line in file.read_text("utf-8").split("\n"):
        if line.startswith("["):
            tier, functionality = line.strip("[]").split()
        elif line and not line.startswith("#"):
            yield Case(line, file.parent.name, tier, functionality)
