"""What visitors ask, as this site's own sealed words and as its form sends it."""

from datetime import datetime
from urllib.parse import urlencode

from town import Town

from hearthside.finder.sealed import sealed
from hearthside.finder.search import KM, Search
from hearthside.groups.enums import Access, Comfort
from peerkit.matching import Seeker


def sealed_words(count: int, *, now: datetime) -> list[tuple[str, str]]:
    """Searches sealed for the address, each with the clock of whoever asks."""
    return [(sealed(search, now=now), zone) for search, zone in _searches(count, seed=2)]


def bodies(count: int) -> list[tuple[str, str]]:
    """Searches as the form sends them when a box is ticked."""
    return [
        (urlencode(_form(search), doseq=True), zone) for search, zone in _searches(count, seed=3)
    ]


def _searches(count: int, *, seed: int) -> list[tuple[Search, str]]:
    town = Town(seed)
    return [(_search(one), one.zone) for one in (town.seeker() for _ in range(count))]


def _search(seeker: Seeker) -> Search:
    around = seeker.around
    return Search(
        about=tuple(want.term_id for want in seeker.experiences),
        free=seeker.free,
        ways=tuple(sorted(seeker.formats)),
        languages=seeker.languages,
        access=tuple(one for one in sorted(seeker.access) if one in Access.values),
        comfort=tuple(one for one in sorted(seeker.comfort) if one in Comfort.values),
        only=seeker.only,
        place=f"{around.latitude:.2f},{around.longitude:.2f}" if around else "",
        km=min(KM, key=lambda km: abs(km - around.km)) if around else KM[2],
        age=seeker.age,
        i_am=(seeker.gender,) if seeker.gender else (),
    )


def _form(search: Search) -> dict[str, object]:
    return {
        "words": "",
        "read": "",
        "about": search.about,
        "free": [f"{day}-{start}-{until}" for day, start, until in search.free],
        "ways": search.ways,
        "languages": search.languages,
        "access": search.access,
        "comfort": search.comfort,
        "only": search.only,
        "place": search.place,
        "km": search.km,
        "age": search.age or "",
        "i_am": search.i_am,
    }
