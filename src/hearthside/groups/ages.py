"""How old the people of a group are: numbers in, answers out. Nothing here knows who anybody is."""

from dataclasses import dataclass
from typing import Final

# A child is everybody below this age (UN Convention on the Rights of the Child, 1989, article 1).
ADULT_FROM: Final = 18
# Below this age a parent has to agree before a service may keep a child's data, nearly everywhere
# (GDPR, 2016, article 8; COPPA, 1998, for the United States), and no parent's word is kept here.
YOUNG_FROM_LEAST: Final = 13
# A group with somebody under 18 in it ends here. Services for young people that take both sides of 18
# end at 24 or 25 (WHO counts young people from 10 to 24, UN youth statistics from 15 to 24; headspace in
# Australia takes people from 12 to 25): beyond it, a grown-up sits among children.
YOUNG_UNTIL_MOST: Final = 25


@dataclass(frozen=True)
class Ages:
    """What a group says of age. `least` 0 says nothing, and so is for adults; `most` None has no end."""

    least: int = 0
    most: int | None = None

    @property
    def is_young(self) -> bool:
        """Somebody under 18 may come, by what the group says."""
        ends_before = self.most is not None and self.most < ADULT_FROM
        return 0 < self.least < ADULT_FROM or ends_before

    @property
    def lower(self) -> int:
        """The age from which it is, whether it says so or not."""
        return self.least or (0 if self.is_young else ADULT_FROM)

    @property
    def is_within_rule(self) -> bool:
        """Adults only; or young people, from YOUNG_FROM_LEAST to YOUNG_UNTIL_MOST at most."""
        if not self.is_young:
            return True
        return self.least >= YOUNG_FROM_LEAST and self.most is not None and self.most <= YOUNG_UNTIL_MOST  # fmt: skip

    def admits(self, age: int) -> bool:
        return self.lower <= age and (self.most is None or age <= self.most)

    def takes_all_of(self, other: "Ages") -> bool:
        """Whether its people may be guests where this is: children never among adults, nor the other way round."""
        if not self.is_young and not other.is_young:
            return True
        if self.is_young != other.is_young or self.most is None or other.most is None:
            return False
        return self.lower <= other.lower and other.most <= self.most
