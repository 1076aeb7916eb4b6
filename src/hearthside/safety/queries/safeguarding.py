"""What the public page about keeping children and adults safe says that is not the same everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hearthside.accounts.models import Person
from hearthside.safety.helplines import Kind
from hearthside.safety.ledger import Checked
from hearthside.safety.ports import stewards
from hearthside.safety.queries.concerns import ANSWER_WITHIN
from hearthside.safety.queries.lines import (
    Note,
    Section,
    emergencies,
    lines_for,
    notes_on,
    sections,
)

# Who helps where a child, or an adult who cannot protect themselves, is hurt or neglected.
OUTSIDE: Final = (Kind.PROTECTION, Kind.CHILDREN, Kind.DOMESTIC_ABUSE, Kind.SEXUAL_ASSAULT)


@dataclass(frozen=True)
class Safeguarding:
    """Who answers here, by when, and who helps outside in one country."""

    leads: Sequence[Person]
    # Who answers for people under 18; "" where the programme is for adults.
    children_lead: str
    days_to_answer: int
    emergencies: Sequence[Checked]
    sections: Sequence[Section]

    @property
    def notes(self) -> list[Note]:
        return notes_on(self.emergencies)


def safeguarding(code: str, *, now: datetime) -> Safeguarding:
    """The programme's safety leads, and the lines of a country that protect people."""
    lines, children_lead = lines_for(code, now=now), stewards().children_lead()
    return Safeguarding(
        leads=stewards().safety_leads(now=now),
        children_lead=children_lead.pseudonym if children_lead else "",
        days_to_answer=ANSWER_WITHIN // timedelta(days=1),
        emergencies=emergencies(lines),
        sections=sections([each for each in lines if each.line.kind in OUTSIDE]),
    )
