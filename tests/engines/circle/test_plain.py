"""A circle stored and read back is the same circle; anything else is refused by name."""

import json
from typing import Any

import pytest

from peerkit.circle import (
    Accept,
    AddTime,
    BrokenForm,
    Circle,
    MoveOn,
    Pause,
    RaiseHand,
    Resume,
    UnknownForm,
    from_plain,
    to_plain,
)
from tests.engines.circle.table import begun, gone, later, tapped


def busy() -> Circle:
    circle = begun("ana", "ben", "cid", listening=("lea",), seconds_each=60)
    circle = tapped(tapped(circle, RaiseHand, "lea"), Accept, "ana")
    circle = tapped(gone(circle, "cid"), MoveOn, "fay", now=later(1 / 3))
    circle = tapped(circle, AddTime, "fay", seconds=30)
    circle = tapped(circle, Pause, "fay", now=later(1))
    circle = tapped(circle, Resume, "fay", now=later(3.141592))
    return tapped(circle, Pause, "fay", now=later(5.000001))


@pytest.mark.parametrize("circle", [Circle(), begun("ana"), busy()])
def test_a_circle_survives_json(circle: Circle) -> None:
    assert from_plain(json.loads(json.dumps(to_plain(circle)))) == circle


def test_every_field_of_a_circle_is_stored() -> None:
    plain, other = to_plain(Circle()), to_plain(busy())
    assert {name for name in plain if plain[name] == other[name]} == {"form", "offer_seconds"}
    assert other["piece"]["stopped_seconds"] == 2.141592
    assert from_plain(other).piece == busy().piece
    assert from_plain({**plain, "offer_seconds": 20}).offer_seconds == 20


@pytest.mark.parametrize("form", [0, 2, "1", None])
def test_a_form_of_another_version_is_refused(form: Any) -> None:
    with pytest.raises(UnknownForm):
        from_plain({**to_plain(Circle()), "form": form})
    with pytest.raises(UnknownForm):
        from_plain({})


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": "shout"},
        {"seats": [{"key": "ana"}]},
        {"seats": None},
        {"piece": {}},
        {"paused_at": "yesterday"},
        {"order": ["nobody"]},
        {"hands": ["nobody"]},
        {"piece": {**to_plain(Circle())["piece"], "seat": "nobody"}},
    ],
)
def test_a_broken_form_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BrokenForm):
        from_plain({**to_plain(Circle()), **wrong})


@pytest.mark.parametrize("name", sorted(to_plain(Circle())))
def test_a_form_that_lacks_anything_is_refused(name: str) -> None:
    plain = to_plain(Circle())
    del plain[name]
    with pytest.raises((BrokenForm, UnknownForm)):
        from_plain(plain)
