"""Feasible pairs and fits of a generated instance: the same numbers as their published definition."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from peerkit.matching.compiled import compiled, compiled_with_room
from peerkit.matching.placing.arrays import WEEK, Ints, Longs
from peerkit.matching.placing.solving.board import Reals

COMFORTS = 255
ONLINE, IN_PERSON = 0, 1
WOMEN, MEN = 1, 2

HALF_DAY, LIFE_AWAY = 1 / 12.0, 1 / 30.0

Bits = NDArray[np.uint64]


class People(NamedTuple):
    """Members' attributes; free and preferred half-hours as bits, languages -1 where there is no second."""

    main: Ints
    second: Ints
    languages: Ints
    where: Reals
    metro: Ints
    age: Ints
    gender: Ints
    wants_single: Ints
    format: Ints
    prefers_online: Ints
    reach: Reals
    comfort: Ints
    free: Bits
    preferred: Bits


class Offers(NamedTuple):
    """Groups' attributes, in the order of `listed` by topic and language (rows begin at `begin`)."""

    begin: Longs
    listed: Ints
    topics: Ints
    where: Reals
    metro: Ints
    ages: Ints
    age: Reals
    identity: Ints
    online: Ints
    start: Ints
    length: Ints
    comfort: Ints
    category: Ints
    languages: int


def pairs_of(found: dict[str, NDArray[Any]]) -> tuple[Longs, Ints, Ints]:
    """Compressed rows by member: where they begin, groups (ascending), fits."""
    people, offers = _people(found), _offers(found)
    begin = np.zeros(len(people.main) + 1, np.int64)
    nothing = np.zeros(0, np.int32)
    pair_all(people, offers, begin, nothing, nothing)
    np.cumsum(begin, out=begin)
    group, fit = np.empty(begin[-1], np.int32), np.empty(begin[-1], np.int32)
    pair_all(people, offers, begin, group, fit)
    sort_rows(begin, group, fit)
    return begin, group, fit


def _people(found: dict[str, NDArray[Any]]) -> People:
    ints = {
        name: found[name].astype(np.int32)
        for name in (
            "main",
            "sec",
            "metro",
            "age",
            "gender",
            "wantsingle",
            "fmt",
            "fmtpref",
            "comfort",
        )
    }
    return People(
        ints["main"],
        ints["sec"],
        np.stack([found["lang1"], found["lang2"]], 1).astype(np.int32),
        np.stack([found["lat"], found["lon"], found["tz"]], 1).astype(np.float64),
        ints["metro"],
        ints["age"],
        ints["gender"],
        ints["wantsingle"],
        ints["fmt"],
        ints["fmtpref"],
        found["reach"].astype(np.float64),
        ints["comfort"],
        np.ascontiguousarray(found["avb"]),
        np.ascontiguousarray(found["pfb"]),
    )


def _offers(found: dict[str, NDArray[Any]]) -> Offers:
    ints = {
        name: found[name].astype(np.int32)
        for name in ("gmetro", "ident", "online", "gst", "gdur", "gcomf", "tcat")
    }
    languages = 1 + int(
        max(
            found["glang"].max(initial=0),
            found["lang1"].max(initial=0),
            found["lang2"].max(initial=0),
        )
    )
    begin, listed = _by_topic(found, languages)
    return Offers(
        begin,
        listed,
        np.stack([found["gtopic"], found["gtopic2"]], 1).astype(np.int32),
        np.stack([found["glat"], found["glon"], found["gtz"]], 1).astype(np.float64),
        ints["gmetro"],
        np.stack([found["lo"], found["hi"]], 1).astype(np.int32),
        found["gage"].astype(np.float64),
        ints["ident"],
        ints["online"],
        ints["gst"],
        ints["gdur"],
        ints["gcomf"],
        ints["tcat"],
        languages,
    )


def _by_topic(found: dict[str, NDArray[Any]], languages: int) -> tuple[Longs, Ints]:
    """Groups by (topic, language): those about the topic, or about another of its category."""
    first, second, category = found["gtopic"], found["gtopic2"], found["tcat"]
    lists = []
    for topic in range(len(category)):
        about = (first == topic) | (second == topic) | (category[first] == category[topic])
        lists += [np.flatnonzero(about & (found["glang"] == one)) for one in range(languages)]
    begin = np.zeros(len(lists) + 1, np.int64)
    np.cumsum([len(one) for one in lists], out=begin[1:])
    return begin, np.concatenate(lists).astype(np.int32)


@compiled_with_room
def pair_all(people: People, offers: Offers, begin: Longs, group: Ints, fit: Ints) -> None:
    """Count each member's options into `begin[i + 1]`; or, with room for them, write them."""
    for one in range(len(people.main)):
        at = begin[one] if len(group) else 0
        for source in range(3):
            for tongue in range(2):
                at = pair_one(people, offers, one, source, tongue, at, group, fit)
        if len(group) == 0:
            begin[one + 1] = at


@compiled
def pair_one(
    people: People,
    offers: Offers,
    one: int,
    source: int,
    tongue: int,
    at: int,
    group: Ints,
    fit: Ints,
) -> int:
    """The options of a member that one experience and one language lead to; the next free place."""
    topic = people.main[one] if source == 0 else people.second[one, source - 1]
    language = people.languages[one, tongue]
    if topic < 0 or language < 0 or (tongue == 1 and language == people.languages[one, 0]):
        return at
    row = topic * offers.languages + language
    for place in range(offers.begin[row], offers.begin[row + 1]):
        where = offers.listed[place]
        if source > 0 and not leads(people, offers, one, source, where):
            continue
        far = how_far(people, offers, one, where)
        if not is_open_to(people, offers, one, where) or far < 0.0:
            continue
        if not covers(people.free, one, offers.start[where], offers.length[where]):
            continue
        if len(group):
            group[at] = where
            fit[at] = points(people, offers, one, where, tongue, far)
        at += 1
    return at


@compiled
def leads(people: People, offers: Offers, one: int, source: int, where: int) -> bool:
    """Whether a second experience leads to a group that no earlier one led to."""
    main, topic, other = people.main[one], offers.topics[where, 0], offers.topics[where, 1]
    mine = people.second[one, source - 1]
    first = people.second[one, 0]
    if main in (topic, other) or offers.category[topic] == offers.category[main]:
        return False
    if mine not in (topic, other):
        return False
    return not (source == 2 and first >= 0 and first in (topic, other))  # noqa: PLR2004


@compiled
def is_open_to(people: People, offers: Offers, one: int, where: int) -> bool:
    """Age, women or men only, and the wish for such a group."""
    identity = offers.identity[where]
    if people.age[one] < offers.ages[where, 0] or people.age[one] > offers.ages[where, 1]:
        return False
    if identity in (WOMEN, MEN):
        return bool(people.gender[one] == identity - 1)
    return bool(people.wants_single[one] == 0)


@compiled
def how_far(people: People, offers: Offers, one: int, where: int) -> float:
    """Kilometres to a group in person, 0 to one online; -1 where the format or the reach forbids it."""
    if offers.online[where]:
        return -1.0 if people.format[one] == IN_PERSON else 0.0
    if people.format[one] == ONLINE or people.metro[one] != offers.metro[where]:
        return -1.0
    north = np.float64(np.float32(people.where[one, 0] - offers.where[where, 0])) * 111.2
    east = np.float64(np.float32(people.where[one, 1] - offers.where[where, 1]))
    east *= np.cos(people.where[one, 0] * 0.0174533) * 111.2
    far = np.sqrt(east * east + north * north)
    return -1.0 if far > people.reach[one] else far


@compiled
def covers(bits: Bits, one: int, start: int, length: int) -> bool:
    """Whether all half-hours of a meeting are marked."""
    for step in range(length):
        slot = (start + step) % WEEK
        if not (bits[one, slot >> 6] >> np.uint64(slot & 63)) & np.uint64(1):
            return False
    return True


@compiled
def points(people: People, offers: Offers, one: int, where: int, tongue: int, far: float) -> int:
    """How well a group fits somebody who may join it, rounded.

    One option in forty is worth a whole number and a half: there the order of these steps decides,
    and it is that of the machine code which compilers make of the published definition.
    """
    online = offers.online[where]
    if online:
        apart = abs(people.where[one, 2] - offers.where[where, 2])
        away = 100.0 * min(1.0, apart * HALF_DAY)
    else:
        away = 100.0 * far / people.reach[one] if far > 0.0 else 0.0
    years = abs(people.age[one] - offers.age[where])
    either = ones((people.comfort[one] | offers.comfort[where]) & COMFORTS)
    both = ones(people.comfort[one] & offers.comfort[where] & COMFORTS)
    prefers = covers(people.preferred, one, offers.start[where], offers.length[where])
    total = 4.5 * nearness(people, offers, one, where) + (350.5 if prefers else 275.5)
    total += 100.0 if online == people.prefers_online[one] else 60.0
    total -= away
    total += 50.0 * both / either if either > 0 else 50.0
    total += (50.0 if tongue == 0 else 30.0) - 100.0 * min(1.0, years * LIFE_AWAY)
    return int(total)


@compiled
def nearness(people: People, offers: Offers, one: int, where: int) -> int:
    """How near a group's topics are to a member's experiences, 0..100."""
    main, topic = people.main[one], offers.topics[where, 0]
    if topic == main:
        return 100
    if offers.topics[where, 1] == main:
        return 70
    if topic in (people.second[one, 0], people.second[one, 1]):
        return 60
    return 35 if offers.category[topic] == offers.category[main] else 30


@compiled
def ones(bits: int) -> int:
    """How many bits are set."""
    count = 0
    while bits:
        bits &= bits - 1
        count += 1
    return count


@compiled
def sort_rows(begin: Longs, group: Ints, fit: Ints) -> None:
    """Each row by group, ascending (insertion: rows are nearly in order)."""
    for row in range(len(begin) - 1):
        for at in range(begin[row] + 1, begin[row + 1]):
            where, worth, place = group[at], fit[at], at
            while place > begin[row] and group[place - 1] > where:
                group[place], fit[place] = group[place - 1], fit[place - 1]
                place -= 1
            group[place], fit[place] = where, worth
