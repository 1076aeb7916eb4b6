"""What flags about a person weigh, and the looks that wait for somebody."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from hearthside.accounts.models import Person
from hearthside.safety.independence import Voice, weight
from hearthside.safety.models import Flag, Look
from hearthside.safety.ports import group_facts

# So many who speak for themselves ask for a look.
LOOK_AT: Final = 3


@dataclass(frozen=True)
class Weighed:
    """The flags that count about one person: what they weigh, how many there are, and where most were made."""

    weight: float
    flags: int
    group: UUID | None

    @property
    def voices(self) -> int:
        """How many of them speak for themselves."""
        return int(self.weight)

    @property
    def asks_for_a_look(self) -> bool:
        return self.weight >= LOOK_AT


@dataclass(frozen=True)
class LookLine:
    """A look as a page shows it."""

    look: Look
    place: str


def weighed(about: Person, *, now: datetime) -> Weighed:
    """The flags about the person that nobody has looked at yet, weighed by independence."""
    last = Look.objects.filter(about=about, looked_at__isnull=False).order_by("-looked_at").first()
    found = Flag.objects.counted(now=now).filter(about=about).select_related("by")
    # Who made new flags after a look is heard anew; what was looked at is not counted twice.
    rows = [row for row in found if last is None or row.at > (last.looked_at or row.at)]
    ties = group_facts().ties({row.by_id for row in rows}, about=about)
    voices = [
        Voice(
            person=str(row.by_id),
            spoke_at=row.at,
            joined_at=row.by.joined_at,
            groups=ties[row.by_id].groups,
            company=ties[row.by_id].company,
        )
        for row in rows
    ]
    places = Counter(row.group for row in rows if row.group)
    return Weighed(weight(voices), len(rows), places.most_common(1)[0][0] if places else None)


def look_lines(looks: list[Look]) -> list[LookLine]:
    """The looks with the names of the groups, in one query."""
    names = group_facts().names({one.group for one in looks if one.group})
    return [LookLine(one, names.get(one.group, "") if one.group else "") for one in looks]
