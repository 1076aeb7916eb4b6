"""Why a place was given or not: codes with params, for the site to put into words.

What stands between a member and a group (`WhyNot.code`):

| code          | params          | for example                                                     |
|---------------|-----------------|-----------------------------------------------------------------|
| `full`        | seats           | All 12 seats are taken.                                         |
| `facilitator` | most            | Whoever leads it looks after as many as they can.               |
| `only_one`    | needs           | You would be the only one with this experience there.           |
| `not_opened`  | needs           | It opens when 3 more come.                                      |
| `openings`    | most            | No more groups may open now.                                    |
| `newcomers`   | needs           | Too many there are new; 2 who come for long would make room.    |
| `floor`       | fit, floor      | It fits less well than the least anybody is placed with.        |
| `together`    |                 | Whoever you are to be with cannot come there too.               |
| `moved_less`  | better, needs   | It would fit better by less than what a move is worth.          |
| `needed_here` |                 | Others in your group count on you being there.                  |
| `seated`      |                 | You have a seat and did not ask to move.                        |
| `pinned`      |                 | A coordinator decided your place.                               |
| `missed`      |                 | It would be possible; the plan as a whole was found better.     |
| `unavailable` |                 | It is not available. (Neutral: says nothing of the cause.)      |

`Why.code`: `placed`, `pinned`, `seated`; for those who wait `nothing_fits`, or what bars the option that
fits best. What would place somebody who waits (`Would.code`), each true by itself with all others
staying where they are:

| code          | params      | for example                                                         |
|---------------|-------------|---------------------------------------------------------------------|
| `seats`       | count       | One more seat in G.                                                 |
| `facilitator` | count       | Whoever leads G could look after one more.                          |
| `alike`       | count       | 1 more person with the same experience who could come to G.         |
| `people`      | count, alike | 3 more people for G, 1 of them with the same experience.           |
| `experienced` | count       | 2 more people in G who come for long.                               |
| `openings`    | count       | One more group may open.                                            |
| `floor`       | floor       | The floor lowered to 430.                                           |
| `group`       | experience  | A new group: nothing there is fits.                                 |
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Params = Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """A group that fits better than what somebody got, and what stands between."""

    group: str
    fit: int
    code: str
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Would:
    """Something that would give a place to somebody who waits; `group` is empty when it is about none."""

    code: str
    group: str = ""
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Why:
    """Why a member is where they are. `rank` counts from 1 among their options; 0 for those who wait.

    `better` are the groups that fit better (all options for those who wait), best first, each with one
    reason why not.
    """

    member: str
    group: str
    code: str
    fit: int = 0
    rank: int = 0
    better: tuple[WhyNot, ...] = ()
    would: tuple[Would, ...] = ()
    params: Params = field(default_factory=dict)

    @property
    def is_best(self) -> bool:
        """Whether nothing fits this member better than what they have."""
        return self.rank == 1
