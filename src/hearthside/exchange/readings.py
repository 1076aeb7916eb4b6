"""A list from its origin to a proposal: what the command line and the pages both do first."""

from dataclasses import dataclass

from hearthside.exchange import sources
from hearthside.exchange.queries import fellowships, lists
from hearthside.exchange.queries.listings import Choices
from hearthside.exchange.queries.proposals import Known, Proposal, known_groups, proposal


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody says of a list before it is read; what is left empty is found out.

    `experiences` of None are guessed from the list itself.
    """

    origin: str
    source: str = ""
    zone: str = ""
    language: str = "en"
    experiences: tuple[str, ...] | None = None


def read(data: bytes, wishes: Wishes, *, is_first: bool = False) -> Proposal:
    """What the list would change. Raises NotAMeetingList.

    `is_first` reads it without a look at the database, as on a machine that has none yet.
    """
    feed = lists.opened(data, zone=wishes.zone)
    source = wishes.source or sources.name_of(wishes.origin)
    experiences = wishes.experiences
    if experiences is None:
        guess = fellowships.guessed(feed, source=source)
        experiences = guess.experiences if guess else ()
    choices = Choices(source, experiences, wishes.language, wishes.zone)
    known: dict[str, Known] = {} if is_first else known_groups(source)
    return proposal(feed, choices, known)
