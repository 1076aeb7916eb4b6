"""How much several voices about one person weigh together: as many as speak for themselves, not as many as there are.

Twenty friends who agree to get rid of somebody are one voice that is heard twenty times; three strangers who
never met are three. So voices are tied, two by two, by what they have in common, and what counts is the largest
number of them of which no two are tied (an independent set of the graph of ties; the classical notion, see
R. Diestel, Graph Theory, 5th edition 2017, section 1.1).

Let n be the number of voices and a the size of a largest independent set, counted up to `MOST`. Then

    weight = a + (1 - 2^-(n - a)) / 2

The whole number says how many speak for themselves. The rest, never more than one half, says that more people
said the same; it never adds up to another voice. It follows, and is tested as laws:

- Nobody's order matters (a and n do not depend on it).
- One voice more never weighs less, whoever it is tied to. Threat: a friend of the one who is spoken of joins in,
  so that two strangers seem to be one circle. In a cluster analysis they would then be one; here the two still
  are an independent set.
- A voice tied to all others adds at most a quarter; and one that is tied to whoever speaks already and to
  everybody they are tied to adds no voice, however many such voices come.
- Any number of voices that are all tied weigh no more than 3/2, so less than two strangers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

# More voices than this are no more urgent; and beyond it, counting costs too much for many voices.
MOST: Final = 4
# Two strangers may come to the site in one week, or speak up on one evening, by chance; hardly both.
TIED: Final = 2
JOINED_TOGETHER: Final = timedelta(days=3)
SPOKE_TOGETHER: Final = timedelta(hours=6)


@dataclass(frozen=True)
class Voice:
    """One person who says something about another.

    `groups` are those they share with others, without the ones in which the person they speak of is: to have met
    them there is what every witness has in common. `company` are keys of those who came together, such as by
    one invitation.
    """

    person: str
    spoke_at: datetime
    joined_at: datetime
    groups: frozenset[str] = frozenset()
    company: frozenset[str] = frozenset()


def are_tied(one: Voice, other: Voice) -> bool:
    """Whether two voices are to be counted as one.

    A group they share elsewhere, or that they came together, is enough. That they joined in the same days
    or spoke in the same hours is half a reason each.
    """
    if one.groups & other.groups or one.company & other.company:
        return True
    joined = abs(one.joined_at - other.joined_at) <= JOINED_TOGETHER
    spoke = abs(one.spoke_at - other.spoke_at) <= SPOKE_TOGETHER
    return joined + spoke >= TIED


def weight(voices: Sequence[Voice]) -> float:
    """What the voices of different people weigh together, from 0 for none. Raises ValueError for two of one person."""
    own = list(voices)
    if len({voice.person for voice in own}) < len(own):
        raise ValueError("one person has one voice")
    free = [
        sum(1 << at for at, other in enumerate(own) if at > here and not are_tied(one, other))
        for here, one in enumerate(own)
    ]
    alone = _alone(free, (1 << len(own)) - 1, most=MOST)
    return alone + (1 - 0.5 ** (len(own) - alone)) / 2


def _alone(free: Sequence[int], among: int, *, most: int) -> int:
    """How many of these, as bits, are tied to none of the others chosen: the most possible, up to `most`.

    `free` holds for each voice the later ones to which it is not tied.
    """
    best = 0
    while among and best < most:
        here = (among & -among).bit_length() - 1
        among &= among - 1
        best = max(best, 1 + _alone(free, among & free[here], most=most - 1))
    return best
