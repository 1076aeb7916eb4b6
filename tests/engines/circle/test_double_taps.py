"""Taps that come twice, late or in the wrong order change nothing for anybody else."""

import pytest

from peerkit.circle import (
    Accept,
    AddTime,
    Arrive,
    Circle,
    EndRound,
    GiveTo,
    LowerHand,
    MoveOn,
    NeedAMinute,
    Pass,
    PassOn,
    Pause,
    RaiseHand,
    Resume,
    SeatIsUnknown,
    SkipMe,
    StartRound,
    Tap,
    TurnIsNotYet,
    TurnIsPast,
    apply,
)
from tests.engines.circle.table import NOW, back, begun, coming, gone, seated, tapped


def twice(circle: Circle, tap: Tap) -> Circle:
    """The circle after the first tap; the second must be refused."""
    after = apply(circle, tap, now=NOW)
    with pytest.raises(TurnIsPast):
        apply(after, tap, now=NOW)
    return after


def test_a_double_tap_on_pass_never_passes_the_next_person() -> None:
    circle = begun("ana", "ben")
    assert coming(twice(circle, Pass(by="ana", version=circle.version))) == ("ben",)


def test_a_double_tap_on_done_never_ends_the_same_persons_later_turn() -> None:
    circle = tapped(begun("ana"), Accept, "ana")
    tap = PassOn(by="ana", version=circle.version)
    circle = tapped(twice(circle, tap), GiveTo, "fay", seat="ana")
    circle = tapped(circle, Accept, "ana")
    with pytest.raises(TurnIsPast):
        apply(circle, tap, now=NOW)


def test_a_double_tap_for_a_minute_is_no_pass_even_when_nobody_else_is_left() -> None:
    circle = begun("ana")
    circle = twice(circle, NeedAMinute(by="ana", version=circle.version))
    assert coming(circle) == ("ana",)


def test_a_double_tap_on_take_it_does_not_end_the_turn() -> None:
    circle = begun("ana", "ben")
    circle = twice(circle, Accept(by="ana", version=circle.version))
    with pytest.raises(TurnIsPast):
        apply(circle, Pass(by="ana", version=circle.version - 1), now=NOW)


def test_a_double_tap_on_a_hand_does_not_raise_it_again_after_it_was_called() -> None:
    circle = tapped(begun("ana", "ben"), Pass, "ana")
    tap = RaiseHand(by="ana", version=circle.version)
    circle = tapped(apply(circle, tap, now=NOW), Pass, "ben")
    circle = tapped(circle, Pass, "ana")
    with pytest.raises(TurnIsPast):
        apply(circle, tap, now=NOW)


def test_a_hand_raised_by_whoever_has_the_piece_does_not_go_up_later() -> None:
    circle = begun("ana", "ben")
    tap = RaiseHand(by="ana", version=circle.version)
    circle = tapped(apply(circle, tap, now=NOW), Pass, "ana")
    with pytest.raises(TurnIsPast):
        apply(circle, tap, now=NOW)


def test_what_others_do_is_no_obstacle_to_ones_own_tap() -> None:
    page = begun("ana", "ben", "cid", listening=("lea",))
    circle = tapped(tapped(page, RaiseHand, "lea"), SkipMe, "cid")
    circle = tapped(circle, Pause, "fay")
    assert coming(apply(circle, Pass(by="ana", version=page.version), now=NOW)) == ("ben", "lea")
    circle = apply(circle, RaiseHand(by="ben", version=page.version), now=NOW)
    assert circle.hands == ("lea", "ben")


def test_a_round_is_begun_once_and_time_added_once_however_often_it_is_tapped() -> None:
    circle = seated("ana", "ben")
    start = StartRound(by="fay", version=circle.version, order=("ana", "ben"), seconds_each=60)
    circle = tapped(twice(circle, start), Accept, "ana")
    assert circle.round_number == 1
    circle = twice(circle, AddTime(by="fay", version=circle.version, seconds=30))
    assert circle.piece.extra_seconds == 30
    twice(circle, MoveOn(by="fay", version=circle.version))
    twice(circle, GiveTo(by="fay", version=circle.version, seat="ben"))
    twice(circle, EndRound(by="fay", version=circle.version))


def test_time_added_for_one_person_is_not_given_to_the_next() -> None:
    circle = begun("ana", "ben", seconds_each=60)
    tap = AddTime(by="fay", version=circle.version, seconds=30)
    with pytest.raises(TurnIsPast):
        apply(tapped(circle, Pass, "ana"), tap, now=NOW)


def test_of_two_facilitators_who_steer_at_once_the_first_counts() -> None:
    page = begun("ana", "ben")
    circle = apply(page, Pause(by="fay", version=page.version), now=NOW)
    with pytest.raises(TurnIsPast):
        apply(circle, EndRound(by="gus", version=page.version), now=NOW)
    assert tapped(circle, Resume, "gus").paused_at is None


def test_a_late_pause_does_not_stop_the_circle_again() -> None:
    circle = begun("ana")
    tap = Pause(by="fay", version=circle.version)
    circle = tapped(apply(circle, tap, now=NOW), Resume, "fay")
    with pytest.raises(TurnIsPast):
        apply(circle, tap, now=NOW)


def test_taps_in_the_wrong_order_are_refused_until_their_page_has_come() -> None:
    page = begun("ana")
    held = tapped(page, Accept, "ana")
    done = PassOn(by="ana", version=held.version)
    with pytest.raises(TurnIsNotYet):
        apply(page, done, now=NOW)
    assert not apply(held, done, now=NOW).is_open


def test_a_tap_by_somebody_who_never_came_is_refused() -> None:
    with pytest.raises(SeatIsUnknown):
        tapped(seated("ana"), LowerHand, "nobody")
    with pytest.raises(SeatIsUnknown):
        gone(seated("ana"), "nobody")


def test_coming_and_going_twice_is_as_good_as_once() -> None:
    circle = begun("ana", "ben")
    away = gone(circle, "ana")
    assert gone(away, "ana") is away
    assert back(circle, "ben") is circle


def test_who_came_to_listen_still_listens_after_coming_back() -> None:
    circle = begun("ana", listening=("lea",))
    circle = apply(gone(circle, "lea"), Arrive(by="lea", listens=False), now=NOW)
    assert coming(circle) == ("ana",)
