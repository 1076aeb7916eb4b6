"""Crisis lines of the demonstration: the numbers are real, the people who checked some of them are made up."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from hearthside.accounts.models import Person
from hearthside.safety import helplines
from hearthside.safety.actions.lines import verify
from hearthside.safety.enums import How
from hearthside.safety.ledger import Outcome

# Who is said to have checked which line, and how many days ago. All others are due.
CHECKED: Final = {
    ("GB", "999", "call"): {"Lighthouse": 40, "Anchor": 38},
    ("GB", "116 123", "call"): {"Lighthouse": 40, "Anchor": 38},
    ("GB", "85258", "text"): {"Anchor": 170, "Faro": 168},
    ("GB", "0800 068 4141", "call"): {"Anchor": 3},
    ("ES", "112", "call"): {"Faro": 20, "Anchor": 12},
    ("ES", "024", "call"): {"Faro": 20},
}


def check(*, people: Mapping[str, Person], now: datetime) -> None:
    """Some lines are verified, one runs out soon, some wait for a second person, and some for the first.

    Each row says that it is made up, and counts in a demonstration only.
    """
    for (country, number, channel), checked in CHECKED.items():
        known = helplines.for_country(country).every
        line = next(each for each in known if (each.number, each.channel) == (number, channel))
        for pseudonym, days in checked.items():
            verify(
                line=line,
                outcome=Outcome.RIGHT,
                how=How.MADE_UP,
                by=people[pseudonym],
                now=now - timedelta(days=days),
            )
