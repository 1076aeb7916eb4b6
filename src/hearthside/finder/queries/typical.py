"""Made-up searches, such as people come with: always the same for the same groups, and nobody's own."""

from dataclasses import replace
from typing import Final

from hearthside.finder.enums import IAm, Part, Way
from hearthside.finder.queries.inventory import Catalogue
from hearthside.finder.search import SPANS, Search
from hearthside.groups.enums import Access, Comfort
from peerkit.matching import Free

MANY: Final = 20
# Every fourth search names a language, each of the commonest three in its turn.
_SPEAKS: Final = 4
_TONGUES: Final = 3
_EVENINGS: Final = tuple(Free(day, *SPANS[Part.EVENING]) for day in range(5))
_WEEKEND: Final = tuple(Free(day, *SPANS[part]) for day in (5, 6) for part in Part)
_MORNINGS: Final = tuple(Free(day, *SPANS[Part.MORNING]) for day in range(5))
# What comes with a subject; together they touch every weight but distance, which needs somebody's town.
_CIRCUMSTANCES: Final = (
    Search(),
    Search(free=_EVENINGS),
    Search(ways=(Way.ONLINE,), free=_EVENINGS),
    Search(ways=(Way.IN_PERSON,), age=34),
    Search(free=_WEEKEND, comfort=(Comfort.SMALL, Comfort.QUIET)),
    Search(access=(Access.STEP_FREE,), age=71),
    Search(free=_MORNINGS, comfort=(Comfort.CHILDREN_WELCOME,), i_am=(IAm.WOMEN,), age=29),
    Search(ways=(Way.ONLINE,), access=(Access.CAMERA_OPTIONAL,)),
    Search(comfort=(Comfort.SECULAR,)),
    Search(free=(*_EVENINGS, *_WEEKEND), comfort=(Comfort.FAITH, Comfort.BRING_SOMEONE), age=52),
)


def typical_searches(held: Catalogue) -> list[Search]:
    """Twenty at most: what most groups are about, each with one of ten circumstances."""
    about = sorted(
        (slug for slug, many in held.counts.items() if many),
        key=lambda slug: (-held.counts[slug], slug),
    )
    languages = sorted(held.spoken, key=lambda code: (-held.languages[code], code))
    made = []
    for number, slug in enumerate(about[:MANY]):
        circumstance = _CIRCUMSTANCES[number % len(_CIRCUMSTANCES)]
        spoken = languages[number // _SPEAKS % _TONGUES :][:1] if number % _SPEAKS == 0 else []
        made.append(replace(circumstance, about=(slug,), languages=tuple(spoken)))
    return made
