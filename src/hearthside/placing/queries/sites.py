"""Where somebody may ask for a place: the nearest site first, then those on one's own clock, then online."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from hearthside.finder.places import Place
from hearthside.finder.queries.reach import is_far
from hearthside.finder.wording import distance_words
from hearthside.groups.enums import Format
from hearthside.groups.models import Group, Site
from peerkit.matching import Around
from peerkit.matching.finding.distance import distance

_FAR = 100_000.0
# About how far a degree of latitude reaches, in kilometres: nobody is asked to go further than 200.
_DEGREES = 3
_POLE = 80


@dataclass(frozen=True)
class SiteChoice:
    """One site, how far its nearest group is where we can tell, and whether some of its groups are online."""

    site: Site
    km: float | None = None
    is_online: bool = False
    is_far: bool = False

    @property
    def words(self) -> str:
        said = []
        if self.km is not None:
            said.append(_("nearest group: %s") % distance_words(self.km))
        if self.is_online:
            said.append(_("some groups are online"))
        return f"{self.site.name} ({', '.join(said)})" if said else self.site.name


def site_choices(place: Place | None, *, zone: str, now: datetime) -> Sequence[SiteChoice]:
    """Every site, in three queries however many groups there are."""
    near = _nearest(place) if place else {}
    remote = Group.objects.findable().exclude(format=Format.IN_PERSON)
    online = set(remote.order_by().values_list("site", flat=True).distinct())
    choices = [
        SiteChoice(
            site=one,
            km=near.get(one.pk),
            is_online=one.pk in online,
            is_far=is_far(one.time_zone, zone, now),
        )
        for one in Site.objects.all()
    ]
    return sorted(choices, key=_nearest_first)


def _nearest_first(choice: SiteChoice) -> tuple[float, bool, bool, str]:
    km = choice.km if choice.km is not None else _FAR
    return km, choice.is_far, not choice.is_online, choice.site.name


def _nearest(place: Place) -> dict[UUID, float]:
    """The distance of each site's nearest group, as far as there is one within some hundred kilometres."""
    around = Around(place.latitude, place.longitude, _FAR)
    wide = _DEGREES if abs(place.latitude) < _POLE else 360
    close = Group.objects.findable().filter(
        latitude__range=(place.latitude - _DEGREES, place.latitude + _DEGREES),
        longitude__range=(place.longitude - 2 * wide, place.longitude + 2 * wide),
        format__in=[Format.IN_PERSON, Format.HYBRID],
    )
    found: dict[UUID, float] = defaultdict(lambda: _FAR)
    for site, latitude, longitude in close.values_list("site", "latitude", "longitude"):
        if latitude is not None and longitude is not None:
            found[site] = min(found[site], distance(around, latitude, longitude))
    return dict(found)
