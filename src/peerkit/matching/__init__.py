"""Matching: read what a person says, rank groups for them, and say why.

    lexicon = matching.Lexicon(terms, "en")             # once
    read = lexicon.understand("can't cope with drinking and my mum died")
    ranking = matching.rank(seeker, offers, now=now, tree=lexicon.tree)

    index = matching.Index(offers, tree=lexicon.tree, now=now)             # many thousands of groups
    ranking = index.rank(seeker, now=now, most=20)                         # the same answer
    index.put(offer)                                                       # a group changed

    placement = matching.place(problem, seconds=60, seed=1)                # a waiting list

Ranking speaks in codes with params; the site words them.

Reasons (they carry points; the score is their sum):

| code                  | params                | for example                                     |
|-----------------------|-----------------------|-------------------------------------------------|
| `experience_same`     | wanted, offered       | It is about alcohol.                            |
| `experience_narrower` | wanted, offered       | It is about being widowed, a part of grief.     |
| `experience_broader`  | wanted, offered       | It is about grief of every kind.                |
| `experience_related`  | wanted, offered       | It is about burnout, which is close to caring.  |
| `time`                | at, minutes, zone,    | It meets when you are free: Tuesday, 19:00.     |
|                       | fitting, coming       | (18 of its 20 next meetings)                    |
| `soon`                | at, minutes, zone     | Next meeting: Tuesday, 4 March, 19:00.          |
| `language`            | language              | It is held in Spanish.                          |
| `format`              | formats               | You can come online.                            |
| `near`                | km                    | It is 2.4 km away.                              |
| `access`              | needs                 | It is step-free.                                |
| `only`                | rule                  | It is for women only, as you asked.             |
| `seats`               | free                  | 5 seats are free.                               |
| `newcomers`           |                       | It welcomes people who come for the first time. |
| `comfort`             | met                   | You may listen only, as you wished.             |
| `others`              | experience, at_least  | You would not be the only one: 5 or more there  |
|                       | (3, 5 or 10)          | live with alcohol.                              |
| `returns`             | of_ten                | About 8 of 10 who came once came again.         |
| `tried_right`         |                       | It felt right when you were there.              |

Misses (what would have to change):

| code            | params                          | for example                                   |
|-----------------|---------------------------------|-----------------------------------------------|
| `experience`    |                                 | It is about something else.                   |
| `not_wanted`    | term                            | It is also about alcohol, which you left out. |
| `time`          | at, minutes, zone, minutes_off  | It meets 30 minutes before you are free.      |
| `no_meeting`    |                                 | No meeting is planned at the moment.          |
| `language`      | offered                         | It is held in Polish.                         |
| `format`        | offered                         | It meets in person only.                      |
| `distance`      | km, within                      | It is 14 km away; you asked for 10.           |
| `place_unknown` |                                 | We do not know where it meets.                |
| `access`        | need                            | It does not say that it has captions.         |
| `age`           | from, until (either may lack)   | It is for people from 18 to 25.               |
| `gender`        | rule                            | It is for women only.                         |
| `only`          | rule                            | It is not limited to women.                   |
| `not_open`      |                                 | It is not taking new members now.             |
| `full`          |                                 | It is full; there is a waiting list.          |

Notes (neither for nor against; age and gender were not told):

| code               | params                        | for example                                     |
|--------------------|-------------------------------|-------------------------------------------------|
| `age_rule`         | from, until (either may lack) | It is for people from 18 to 25.                 |
| `gender_rule`      | rule                          | It is for women only.                           |
| `time_from`        | at, minutes, zone             | It fits from 29 March on, when clocks change.   |
| `time_until`       | at, minutes, zone             | From 29 March this is 20:00 for you.            |
| `tried_unsure`     |                               | You were there and were not sure.               |
| `tried_not_for_me` |                               | You were there, and it was not for you.         |

`time_until` tells of the first meeting that no longer fits (its `at` on the person's clock is the new
hour), `time_from` of the first that does. A group that was not for somebody stands behind all others.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from peerkit.matching.finding.clock import week_number
from peerkit.matching.finding.ranking import rank
from peerkit.matching.finding.weights import Weights
from peerkit.matching.reading.lexicon import Found, Lexicon, Named, Towns, Understanding
from peerkit.matching.values import (
    Around,
    Closed,
    Free,
    Match,
    Offer,
    Ranking,
    Reason,
    Rhythm,
    Scored,
    Seeker,
    Start,
    Wanted,
)
from peerkit.matching.vocabulary import Kinship, Nearness, Term, Tree

if TYPE_CHECKING:
    from peerkit.matching.finding.index import Index as Index
    from peerkit.matching.placing import (
        Explainer,
        Facilitator,
        Group,
        Member,
        Pair,
        Placement,
        Problem,
        Progress,
        Rules,
        assign,
        check,
        clashes,
        explain,
        floor_prices,
        place,
        propose_groups,
        read_problem,
        write_problem,
    )

__all__ = [
    "Around",
    "Closed",
    "Explainer",
    "Facilitator",
    "Found",
    "Free",
    "Group",
    "Index",
    "Kinship",
    "Lexicon",
    "Match",
    "Member",
    "Named",
    "Nearness",
    "Offer",
    "Pair",
    "Placement",
    "Problem",
    "Progress",
    "Ranking",
    "Reason",
    "Rhythm",
    "Rules",
    "Scored",
    "Seeker",
    "Start",
    "Term",
    "Towns",
    "Tree",
    "Understanding",
    "Wanted",
    "Weights",
    "assign",
    "check",
    "clashes",
    "explain",
    "floor_prices",
    "place",
    "propose_groups",
    "rank",
    "read_problem",
    "week_number",
    "write_problem",
]
_PLACING = (
    "Explainer",
    "Facilitator",
    "Group",
    "Member",
    "Pair",
    "Placement",
    "Problem",
    "Progress",
    "Rules",
    "assign",
    "check",
    "clashes",
    "explain",
    "floor_prices",
    "place",
    "propose_groups",
    "read_problem",
    "write_problem",
)
_LAZY = {
    "Index": "peerkit.matching.finding.index",
    **dict.fromkeys(_PLACING, "peerkit.matching.placing"),
}


def __getattr__(name: str) -> object:
    """Load what needs NumPy or a solver when it is first asked for: a web page may never do so."""
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_LAZY[name]), name)
    return found
