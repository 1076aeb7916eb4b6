"""What a facilitator does for the whole circle, and what time does to nobody."""

from datetime import datetime, timedelta, timezone

import pytest

from peerkit.circle import (
    Accept,
    AddTime,
    Circle,
    EndRound,
    GiveTo,
    Hold,
    Mode,
    MoveOn,
    NeedAMinute,
    NoRound,
    NoTimeLimit,
    OpenFloor,
    OrderRepeats,
    Pass,
    PassOn,
    Pause,
    PieceIsIdle,
    RaiseHand,
    Resume,
    SeatIsAway,
    SeatIsUnknown,
    SkipMe,
    StartRound,
    TimeHasNoZone,
    TimeIsNotPositive,
    due,
    is_over_time,
    may_speak,
    tick,
    to_plain,
    view,
)
from tests.engines.circle.table import NOW, begun, coming, gone, later, seated, tapped


def test_the_piece_given_to_somebody_leaves_the_interrupted_offer_in_its_place() -> None:
    circle = tapped(begun("ana", "ben", "cid"), GiveTo, "fay", seat="cid")
    assert coming(circle) == ("cid", "ana", "ben")
    assert coming(tapped(circle, Pass, "cid")) == ("ana", "ben")


def test_an_interrupted_hand_is_up_again_before_the_other_hands() -> None:
    circle = begun("ana", listening=("lea", "max"))
    for key in ("lea", "max"):
        circle = tapped(circle, RaiseHand, key)
    circle = tapped(tapped(circle, Pass, "ana"), GiveTo, "fay", seat="ana")
    assert coming(circle) == ("ana", "lea", "max")


def test_a_holder_moved_on_is_asked_once_more_at_the_end() -> None:
    circle = tapped(tapped(begun("ana", "ben"), Accept, "ana"), MoveOn, "fay")
    assert coming(circle) == ("ben", "ana")
    assert (view(circle, now=NOW).moved_on, circle.hands) == (("ana",), ())
    circle = tapped(tapped(tapped(circle, Pass, "ben"), Accept, "ana"), MoveOn, "fay")
    assert (circle.is_open, view(circle, now=NOW).moved_on) == (False, ("ana",))


def test_who_was_moved_on_and_then_speaks_has_spoken() -> None:
    circle = tapped(tapped(begun("ana"), Accept, "ana"), MoveOn, "fay")
    circle = tapped(tapped(circle, Accept, "ana"), PassOn, "ana")
    seen = view(circle, now=NOW)
    assert (seen.spoken, seen.moved_on) == (("ana",), ())


def test_an_offer_moved_on_is_silence_and_not_a_turn_lost() -> None:
    circle = tapped(begun("ana", "ben"), MoveOn, "fay")
    assert coming(circle) == ("ben", "ana")


def test_the_piece_taken_from_a_holder_for_somebody_else_comes_back_at_the_end() -> None:
    circle = tapped(begun("ana", "ben", "cid"), Accept, "ana")
    assert coming(tapped(circle, GiveTo, "fay", seat="cid")) == ("cid", "ben", "ana")


def test_giving_the_piece_to_whoever_has_it_changes_nothing() -> None:
    circle = tapped(begun("ana", "ben"), Accept, "ana")
    assert tapped(circle, GiveTo, "fay", seat="ana") is circle


def test_after_a_round_the_piece_goes_to_one_person_and_rests_again() -> None:
    circle = tapped(begun("ana", "ben"), EndRound, "fay")
    assert view(circle, now=NOW).missed == ("ana", "ben")
    circle = tapped(tapped(circle, GiveTo, "fay", seat="ben"), Accept, "ben")
    assert may_speak(circle, "ben")
    circle = tapped(tapped(circle, RaiseHand, "ana"), PassOn, "ben")
    assert (circle.piece.hold, circle.hands) == (Hold.IDLE, ("ana",))


def test_the_piece_goes_to_nobody_who_is_away_or_unknown_and_nowhere_in_free_talk() -> None:
    circle = gone(begun("ana", "ben"), "ben")
    with pytest.raises(SeatIsAway):
        tapped(circle, GiveTo, "fay", seat="ben")
    with pytest.raises(SeatIsUnknown):
        tapped(circle, GiveTo, "fay", seat="nobody")
    with pytest.raises(NoRound):
        tapped(seated("ana"), GiveTo, "fay", seat="ana")
    with pytest.raises(NoRound):
        tapped(seated("ana"), EndRound, "fay")
    with pytest.raises(PieceIsIdle):
        tapped(seated("ana"), MoveOn, "fay")


@pytest.mark.parametrize(("kind", "mode"), [(EndRound, Mode.ROUND), (OpenFloor, Mode.FREE)])
def test_a_round_ended_early_notes_the_holder_as_spoken(
    kind: type[EndRound | OpenFloor], mode: Mode
) -> None:
    circle = tapped(tapped(begun("ana", "ben"), Accept, "ana"), kind, "fay")
    seen = view(circle, now=NOW)
    assert (seen.mode, seen.hold, seen.is_open) == (mode, Hold.IDLE, False)
    assert (seen.spoken, seen.missed) == (("ana",), ("ben",))


def test_a_listener_interrupted_by_a_new_round_keeps_a_hand_up() -> None:
    circle = tapped(begun("ana", listening=("lea",)), RaiseHand, "lea")
    circle = tapped(tapped(circle, Pass, "ana"), StartRound, "fay", order=("ana",))
    assert coming(circle) == ("ana", "lea")


def test_an_offer_a_listener_never_asked_for_raises_no_hand_in_their_name() -> None:
    given = tapped(begun("ana", listening=("lea",)), GiveTo, "fay", seat="lea")
    assert coming(tick(given, later(45))) == ("ana",)
    assert coming(tapped(given, NeedAMinute, "lea")) == ("ana", "lea")
    taken = tapped(given, Accept, "lea")
    assert coming(tapped(taken, MoveOn, "fay")) == ("ana", "lea")


def test_a_new_round_begins_afresh_but_for_those_who_sit_the_meeting_out() -> None:
    circle = tapped(tapped(begun("ana", "ben", "cid"), SkipMe, "ben"), Pass, "ana")
    circle = tapped(circle, StartRound, "fay", order=("cid", "ben", "ana"), prompt="topic")
    seen = view(circle, now=NOW)
    assert (coming(circle), seen.passed) == (("cid", "ana"), ())
    assert (seen.round_number, seen.prompt) == (2, "topic")


def test_each_round_gives_everybody_their_minute_again() -> None:
    circle = tapped(begun("ana", "ben"), NeedAMinute, "ana")
    circle = tapped(circle, StartRound, "fay", order=("ana", "ben"))
    assert coming(tapped(circle, NeedAMinute, "ana")) == ("ben", "ana")


def test_whoever_an_order_forgets_comes_after_it() -> None:
    circle = tapped(seated("ana", "ben", "cid"), StartRound, "fay", order=("cid",))
    assert coming(circle) == ("cid", "ana", "ben")


def test_a_round_of_nobody_is_over_at_once() -> None:
    circle = tapped(Circle(), StartRound, "fay", order=())
    assert (circle.mode, circle.is_open, circle.piece.hold) == (Mode.ROUND, False, Hold.IDLE)


def test_an_order_that_cannot_be_followed_is_refused() -> None:
    circle = seated("ana", "ben")
    with pytest.raises(OrderRepeats):
        tapped(circle, StartRound, "fay", order=("ana", "ana"))
    with pytest.raises(SeatIsUnknown):
        tapped(circle, StartRound, "fay", order=("ana", "nobody"))
    with pytest.raises(TimeIsNotPositive):
        tapped(circle, StartRound, "fay", order=("ana",), seconds_each=0)


def test_time_that_runs_out_cuts_nobody_off() -> None:
    circle = tapped(begun("ana", "ben", seconds_each=120), Accept, "ana")
    assert not is_over_time(circle, now=later(120))
    assert is_over_time(circle, now=later(121))
    assert tick(circle, later(9999)) is circle
    assert may_speak(circle, "ana")
    assert due(circle) is None


def test_waiting_for_an_answer_uses_none_of_the_time() -> None:
    circle = begun("ana", seconds_each=30)
    assert not is_over_time(circle, now=later(40))
    circle = tapped(circle, Accept, "ana", now=later(40))
    assert view(circle, now=later(50)).seconds_used == 10


def test_added_time_is_for_this_turn_only() -> None:
    circle = tapped(begun("ana", "ben", seconds_each=60), AddTime, "fay", seconds=30)
    circle = tapped(circle, Accept, "ana")
    assert view(circle, now=NOW).seconds_allowed == 90
    assert not is_over_time(circle, now=later(89))
    assert view(tapped(circle, PassOn, "ana"), now=NOW).seconds_allowed == 60


def test_time_is_added_only_to_a_turn_that_has_a_limit() -> None:
    with pytest.raises(NoTimeLimit):
        tapped(begun("ana"), AddTime, "fay", seconds=30)
    limited = begun("ana", seconds_each=60)
    with pytest.raises(TimeIsNotPositive):
        tapped(limited, AddTime, "fay", seconds=-30)
    with pytest.raises(PieceIsIdle):
        tapped(tapped(limited, Pass, "ana"), AddTime, "fay", seconds=30)


def test_a_pause_stops_the_clocks_and_everybodys_turn_to_speak() -> None:
    circle = tapped(begun("ana", "ben", seconds_each=60), Accept, "ana")
    circle = tapped(circle, Pause, "fay", now=later(50))
    assert not may_speak(circle, "ana")
    assert view(circle, now=later(500)).seconds_used == 50
    circle = tapped(circle, Resume, "fay", now=later(500))
    assert view(circle, now=later(505)).seconds_used == 55
    assert may_speak(circle, "ana")


def test_nobody_speaks_in_a_pause_of_free_talk() -> None:
    assert not may_speak(tapped(seated("ana"), Pause, "fay"), "ana")


def test_an_offer_waits_out_a_pause() -> None:
    circle = tapped(begun("ana", "ben"), Pause, "fay", now=later(40))
    assert due(circle) is None
    assert tick(circle, later(500)) is circle
    circle = tapped(circle, Resume, "fay", now=later(500))
    assert due(circle) == later(505)


def test_a_piece_that_moves_during_a_pause_begins_its_time_after_it() -> None:
    circle = tapped(begun("ana", "ben"), Pause, "fay", now=later(10))
    circle = tapped(circle, Pass, "ana", now=later(100))
    assert view(circle, now=later(150)).seconds_used == 0
    circle = tapped(circle, Resume, "fay", now=later(200))
    assert due(circle) == later(245)


def test_pausing_twice_counts_from_the_first_and_resuming_twice_counts_once() -> None:
    circle = tapped(begun("ana"), Pause, "fay", now=later(10))
    circle = tapped(circle, Pause, "gus", now=later(20))
    assert view(circle, now=later(30)).seconds_used == 10
    circle = tapped(circle, Resume, "fay", now=later(30))
    assert due(tapped(circle, Resume, "gus", now=later(40))) == later(65)


def test_a_moment_means_the_same_in_every_zone_and_nothing_without_one() -> None:
    kathmandu = NOW.astimezone(timezone(timedelta(hours=5, minutes=45)))
    there = tapped(begun("ana"), Accept, "ana", now=kathmandu)
    assert to_plain(there) == to_plain(tapped(begun("ana"), Accept, "ana"))
    naive: datetime = NOW.replace(tzinfo=None)
    with pytest.raises(TimeHasNoZone):
        tapped(begun("ana"), Accept, "ana", now=naive)
