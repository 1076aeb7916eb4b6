"""Groups and people shaped like real ones, always the same for one seed.

Shares of hours, lengths, ways to meet, limits and Spanish are those of 10,119 groups in public lists
(Meeting Guide format); hours of the day are counts of their starts. Where people live with what is invented.
"""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeVar

from peerkit.matching import Around, Free, Offer, Rhythm, Seeker, Term, Tree, Wanted

T = TypeVar("T")
VOCABULARY = Path(__file__).parents[2] / "src/hearthside/groups/data/vocabulary.toml"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOURS = {
    5: 37, 6: 530, 7: 962, 8: 490, 9: 371, 10: 609, 11: 169, 12: 1378, 13: 152, 14: 72, 15: 111, 16: 146,
    17: 491, 18: 1058, 19: 2021, 20: 1470, 21: 55, 22: 85, 23: 43, 0: 57,
}  # fmt: skip
MINUTES = {0: 74, 30: 20, 15: 4, 45: 2}
LENGTHS = {60: 70, 90: 28, 120: 2}
WAYS = {("in_person",): 59, ("online",): 27, ("in_person", "online"): 12, ("phone",): 2}
RULES = {"": 884, "women": 57, "men": 39, "lgbtq": 20}
ACCESS = ["step_free", "captions", "hearing_loop", "sign_language", "large_print", "text_only"]
COMFORT = ["listening", "camera_off", "text_only", "faith", "secular", "quiet", "children"]


class Place(NamedTuple):
    """A metropolis: its clock, middle, languages, and how many groups there are."""

    zone: str
    latitude: float
    longitude: float
    languages: str
    many: int


PLACES = [
    Place("America/New_York", 40.7, -74.0, "en en en en en en en en en es", 30),
    Place("America/Los_Angeles", 34.1, -118.2, "en en en es", 20),
    Place("America/Chicago", 41.9, -87.6, "en en en en en en en en en es", 15),
    Place("America/Denver", 39.7, -105.0, "en", 5),
    Place("America/Phoenix", 33.4, -112.1, "en en es", 5),
    Place("America/Toronto", 43.7, -79.4, "en en en fr", 6),
    Place("America/Mexico_City", 19.4, -99.1, "es", 6),
    Place("America/Sao_Paulo", -23.6, -46.6, "pt", 5),
    Place("Europe/London", 51.5, -0.1, "en", 18),
    Place("Europe/Dublin", 53.3, -6.3, "en", 3),
    Place("Europe/Paris", 48.9, 2.35, "fr", 6),
    Place("Europe/Berlin", 52.5, 13.4, "de", 7),
    Place("Europe/Madrid", 40.4, -3.7, "es", 6),
    Place("Europe/Warsaw", 52.2, 21.0, "pl", 3),
    Place("Europe/Amsterdam", 52.4, 4.9, "nl nl nl en", 3),
    Place("Africa/Johannesburg", -26.2, 28.0, "en", 3),
    Place("Asia/Kolkata", 19.1, 72.9, "hi en", 5),
    Place("Australia/Sydney", -33.9, 151.2, "en", 5),
    Place("Pacific/Auckland", -36.8, 174.8, "en", 2),
]


class Town:
    """Draws groups and people one after another."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)
        self._terms = [term.id for term in terms() if term.parent]
        # What people live with is very uneven: Zipf's law with exponent 0.7 over the vocabulary.
        self._common = [1 / rank**0.7 for rank in range(1, len(self._terms) + 1)]

    def offer(self, number: int) -> Offer:
        """A group."""
        chance = self._chance
        place = self._place()
        ways = self._one_of(WAYS)
        about = self._about(1, 2, 2, 3)
        is_young = chance.random() < 0.013
        return Offer(
            f"{number:08x}-5f1c-4e0b-9d3a-{number * 2654435761 % 2**48:012x}",
            frozenset(about),
            rhythms=(self._rhythm(place.zone),),
            languages=frozenset(self._languages(place)),
            formats=frozenset(ways),
            access=frozenset(one for one in ACCESS if chance.random() < 0.2),
            latitude=place.latitude + chance.gauss(0, 0.12) if "in_person" in ways else None,
            longitude=place.longitude + chance.gauss(0, 0.15) if "in_person" in ways else None,
            age_from=18 if chance.random() < 0.6 else None,
            age_until=30 if is_young else None,
            gender_rule=self._one_of(RULES),
            is_open=chance.random() > 0.03,
            seats_free=None if chance.random() < 0.4 else max(0, int(chance.gauss(4, 3))),
            welcomes_newcomers=chance.random() < 0.5,
            comfort=frozenset(one for one in COMFORT if chance.random() < 0.25),
            makeup={one: chance.randint(1, 12) for one in about},
            returns=round(chance.betavariate(4, 3), 3) if chance.random() < 0.5 else None,
        )

    def seeker(self) -> Seeker:
        """A person."""
        chance = self._chance
        place = self._place()
        is_local = chance.random() < 0.45
        formats = ["in_person", "online"] if chance.random() < 0.5 else ["online"]
        around = Around(
            place.latitude + chance.gauss(0, 0.1),
            place.longitude + chance.gauss(0, 0.1),
            chance.choice([8.0, 15.0, 25.0, 40.0]),
        )
        about = self._about(*([0] * 4 + [1] * 66 + [2] * 30))
        return Seeker(
            tuple(Wanted(one, chance.choice([1.0, 0.9, 0.7])) for one in about),
            free=self._free() if chance.random() < 0.85 else (),
            zone=place.zone,
            languages=tuple(dict.fromkeys(self._languages(place))) if chance.random() < 0.9 else (),
            formats=frozenset(formats) if chance.random() < 0.7 else frozenset(),
            access=frozenset([chance.choice(ACCESS)]) if chance.random() < 0.06 else frozenset(),
            around=around if is_local else None,
            age=chance.randint(15, 80) if chance.random() < 0.5 else None,
            gender=chance.choice(["women", "women", "men"]) if chance.random() < 0.4 else None,
            only="women" if chance.random() < 0.04 else "",
            comfort=frozenset(chance.sample(COMFORT, 2)) if chance.random() < 0.2 else frozenset(),
        )

    def _rhythm(self, zone: str) -> Rhythm:
        chance = self._chance
        hour = self._one_of(HOURS) * 60 + self._one_of(MINUTES)
        held = {"weekday": chance.randrange(7), "minute": hour, "minutes": self._one_of(LENGTHS)}
        kind = chance.random()
        if kind < 0.75:
            return Rhythm(**held, zone=zone)
        if kind < 0.87:
            return Rhythm(**held, zone=zone, every=2, phase=chance.randrange(2))
        return Rhythm(**held, zone=zone, nth=chance.choice([1, 2, 3, 4, -1]))

    def _free(self) -> tuple[Free, ...]:
        """Evenings, early, daytime, weekends or shifts."""
        chance = self._chance
        kind = chance.choice(
            ["evenings", "evenings", "evenings", "early", "days", "weekend", "shifts"]
        )
        if kind == "evenings":
            days = chance.sample(range(5), chance.randint(2, 5))
            return tuple(Free(day, chance.choice([1020, 1050, 1080]), 1320) for day in sorted(days))
        if kind == "early":
            return tuple(Free(day, 360, 540) for day in range(5))
        if kind == "days":
            days = chance.sample(range(5), chance.randint(1, 4))
            return tuple(Free(day, 540, 1020) for day in sorted(days))
        if kind == "weekend":
            return (Free(5, 480, 1440), Free(6, 480, 1320))
        starts = [chance.randrange(0, 1080, 30) for _ in range(5)]
        return tuple(Free(day, start, start + 360) for day, start in enumerate(starts))

    def _about(self, *many: int) -> list[str]:
        found = self._chance.choices(self._terms, self._common, k=self._chance.choice(many))
        return list(dict.fromkeys(found))

    def _languages(self, place: Place) -> list[str]:
        spoken = self._chance.choice(place.languages.split())
        return [spoken, "es"] if self._chance.random() < 0.06 else [spoken]

    def _place(self) -> Place:
        return self._chance.choices(PLACES, [place.many for place in PLACES])[0]

    def _one_of(self, table: dict[T, int]) -> T:
        return self._chance.choices(list(table), list(table.values()))[0]


def terms() -> list[Term]:
    """The vocabulary that a new installation starts with."""
    rows = tomllib.loads(VOCABULARY.read_text("utf-8"))["terms"]
    return [
        Term(row["id"], row.get("parent", ""), (row["en"]["name"],), tuple(row.get("related", ())))
        for row in rows
    ]


def tree() -> Tree:
    """Which experiences of it stand near each other."""
    return Tree.of(terms())


def moment(number: int) -> datetime:
    """When the question of this number is asked: all over one day."""
    return NOW + timedelta(seconds=8 * number)
