"""How far a group is from a reader who has said neither a language nor a place."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from hearthside.finder.enums import Way
from hearthside.finder.queries.listings import Listing

NOWHERE_NEAR = timedelta(hours=1)


@dataclass(frozen=True)
class Reach:
    """A reader by the clock they keep and the languages they use."""

    zone: str
    now: datetime
    languages: AbstractSet[str]

    def distance(self, listing: Listing, ignored: tuple[bool, bool] = (False, False)) -> int:
        """0 within reach; 1 for each of: another language, a room in another part of the world."""
        is_foreign = not ignored[0] and self.languages.isdisjoint(listing.languages)
        is_far = not ignored[1] and listing.ways == (Way.IN_PERSON,) and self._is_far(listing.zone)
        return is_foreign + is_far

    def _is_far(self, zone: str) -> bool:
        apart = _offset(zone, self.now.date().toordinal()) - _offset(
            self.zone, self.now.date().toordinal()
        )
        return abs(apart) > NOWHERE_NEAR


@lru_cache(maxsize=1024)
def _offset(zone: str, day: int) -> timedelta:
    noon = datetime.fromordinal(day).replace(hour=12, tzinfo=ZoneInfo(zone))
    return noon.utcoffset() or timedelta(0)
