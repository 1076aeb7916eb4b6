"""A made-up waiting list in the shape of real ones, for measurements of placing."""

import numpy as np
from numpy.typing import NDArray

from peerkit.matching.placing.arrays import Arrays

HOURS = {5: 37, 6: 530, 7: 962, 8: 490, 9: 371, 10: 609, 11: 169, 12: 1378, 13: 152, 14: 72, 15: 111,
         16: 146, 17: 491, 18: 1058, 19: 2021, 20: 1470, 21: 55, 22: 85, 23: 43, 0: 57}  # fmt: skip
"""Meetings by hour of their start: 10,119 real rows in Meeting Guide format."""
ONLINE, HYBRID = 0.27, 0.12
"""Shares of the same rows."""
MEMBERS_PER_GROUP = 10
WINDOWS = ((17, 22), (6, 9), (9, 16), (0, 24))
"""Hours in which somebody may come: evenings, early, daytime, any."""


def world(people: int, seed: int) -> Arrays:
    """`people` members and a tenth as many groups, in as many towns as size and list suggest."""
    chance = np.random.default_rng(seed)
    groups = max(2, people // MEMBERS_PER_GROUP)
    kinds = int(np.clip(people // 150, 6, 60))
    towns = int(np.clip(people // 1500, 1, 60))
    weight = 1.0 / np.arange(1, kinds + 1) ** 0.7
    topic = chance.choice(kinds, groups, p=weight / weight.sum())
    kind = chance.choice(kinds, people, p=weight / weight.sum())
    hour = chance.choice(
        list(HOURS), groups, p=np.array(list(HOURS.values())) / sum(HOURS.values())
    )
    slot = chance.integers(0, 7, groups) * 24 + hour
    option = _options(
        chance, kind=kind, topic=topic, free=_free(chance, people), slot=slot, towns=towns
    )
    opens = chance.random(groups) < 0.45
    facs = np.arange(groups) // 2
    cap = chance.choice([8, 10, 12, 14], groups)
    nobody = np.full(people, -1, np.int32)
    load = np.bincount(facs, weights=cap) * chance.choice([0.75, 0.9, 1.0], facs.max() + 1)
    pairs = chance.integers(0, people, (people // 200, 2))
    return Arrays(
        ptr=np.concatenate([[0], np.cumsum(np.bincount(option[0], minlength=people))]).astype(
            np.int64
        ),
        group=option[1].astype(np.int32),
        fit=option[2].astype(np.int32),
        kind=kind.astype(np.int32),
        new=chance.random(people) < 0.55,
        held=nobody,
        before=nobody,
        cap=cap.astype(np.int32),
        low=np.where(opens, 5, 3).astype(np.int32),
        opens=opens,
        fac=facs.astype(np.int32),
        fac_cap=np.ceil(load).astype(np.int32),
        apart=pairs[pairs[:, 0] != pairs[:, 1]].astype(np.int32),
        together=np.zeros((0, 2), np.int32),
    )


def _free(chance: np.random.Generator, people: int) -> NDArray[np.bool_]:
    """Hours of the week that somebody can come, by one of four patterns on some of the days."""
    free = np.zeros((people, 7, 24), np.bool_)
    pattern = chance.choice(len(WINDOWS), people, p=[0.55, 0.15, 0.2, 0.1])
    days = chance.random((people, 7)) < 0.5
    for number, (start, stop) in enumerate(WINDOWS):
        free[pattern == number, :, start:stop] = True
    return (free & days[:, :, None]).reshape(people, 168)


def _options(
    chance: np.random.Generator, *, kind: NDArray[np.int64], topic: NDArray[np.int64],
    free: NDArray[np.bool_], slot: NDArray[np.int64], towns: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:  # fmt: skip
    home, place = chance.integers(0, towns, len(kind)), chance.integers(0, towns, len(topic))
    remote = chance.random(len(topic)) < ONLINE + HYBRID
    who, where, fit = [], [], []
    for group in range(len(topic)):
        near = kind // 5 == topic[group] // 5
        able = np.flatnonzero(
            near & free[:, slot[group]] & (remote[group] | (home == place[group]))
        )
        same = np.where(kind[able] == topic[group], 450, 160)
        who.append(able)
        where.append(np.full(len(able), group))
        fit.append(same + chance.integers(150, 551, len(able)))
    people = np.concatenate(who)
    order = np.lexsort((np.concatenate(where), people))
    found = np.stack([people, np.concatenate(where), np.concatenate(fit)]).astype(np.int64)[
        :, order
    ]
    return found[0], found[1], found[2]
