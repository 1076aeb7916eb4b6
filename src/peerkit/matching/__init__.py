"""Matching: read what a person says, rank groups for them, and say why.

    lexicon = matching.Lexicon(terms, "en")             # once
    read = lexicon.understand("can't cope with drinking and my mum died")
    ranking = matching.rank(seeker, offers, now=now, tree=lexicon.tree)

Ranking speaks in codes with params; the site words them.

Reasons (they carry points; the score is their sum):

| code                  | params                | for example                                     |
|-----------------------|-----------------------|-------------------------------------------------|
| `experience_same`     | wanted, offered       | It is about alcohol.                            |
| `experience_narrower` | wanted, offered       | It is about being widowed, a part of grief.     |
| `experience_broader`  | wanted, offered       | It is about grief of every kind.                |
| `experience_related`  | wanted, offered       | It is about burnout, which is close to caring.  |
| `time`                | at, minutes, zone     | It meets when you are free: Tuesday, 19:00.     |
| `soon`                | at, minutes, zone     | Next meeting: Tuesday, 4 March, 19:00.          |
| `language`            | language              | It is held in Spanish.                          |
| `format`              | formats               | You can come online.                            |
| `near`                | km                    | It is 2.4 km away.                              |
| `access`              | needs                 | It is step-free.                                |
| `only`                | rule                  | It is for women only, as you asked.             |
| `seats`               | free                  | 5 seats are free.                               |
| `newcomers`           |                       | It welcomes people who come for the first time. |

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

| code          | params                        | for example                      |
|---------------|-------------------------------|----------------------------------|
| `age_rule`    | from, until (either may lack) | It is for people from 18 to 25.  |
| `gender_rule` | rule                          | It is for women only.            |
"""

from peerkit.matching.lexicon import Found, Lexicon, Understanding
from peerkit.matching.ranking import rank
from peerkit.matching.values import (
    Around,
    Closed,
    Free,
    Match,
    Offer,
    Ranking,
    Reason,
    Seeker,
    Start,
    Wanted,
)
from peerkit.matching.vocabulary import Kinship, Nearness, Term, Tree

__all__ = [
    "Around",
    "Closed",
    "Found",
    "Free",
    "Kinship",
    "Lexicon",
    "Match",
    "Nearness",
    "Offer",
    "Ranking",
    "Reason",
    "Seeker",
    "Start",
    "Term",
    "Tree",
    "Understanding",
    "Wanted",
    "rank",
]
