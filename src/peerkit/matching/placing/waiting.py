"""Somebody who waits for a place, as what opening new groups needs to know."""

from dataclasses import dataclass
from typing import Final

from peerkit.matching.values import Around, Free

YOUNG_UNTIL: Final = 17


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody without a place, and what a new group would have to be for them.

    `formats` are the ways they can come ("online", "in_person"); in person needs `around`. `free` is
    meant in the IANA zone `zone`. `age` None counts as grown up. `only` is the group's limit they ask
    for ("women", "men"; "" is none).
    """

    id: str
    experience: str
    languages: tuple[str, ...]
    free: tuple[Free, ...]
    zone: str = "UTC"
    formats: frozenset[str] = frozenset(("online",))
    around: Around | None = None
    age: int | None = None
    only: str = ""
    is_new: bool = True

    @property
    def is_young(self) -> bool:
        """Whether they are under 18, and so never in a group with grown-ups."""
        return self.age is not None and self.age <= YOUNG_UNTIL
