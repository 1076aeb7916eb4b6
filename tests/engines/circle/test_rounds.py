"""A round as people at the table see it: who gets the piece, who puts it off, who listens."""

import pytest

from peerkit.circle import (
    Accept,
    CountMeIn,
    GiveTo,
    Hold,
    LowerHand,
    Mode,
    NeedAMinute,
    NotYourTurn,
    OpenFloor,
    Pass,
    PassOn,
    PieceIsHeld,
    PieceIsOffered,
    RaiseHand,
    SkipMe,
    may_speak,
    tick,
    view,
)
from tests.engines.circle.table import NOW, back, begun, coming, gone, later, seated, tapped


def test_the_piece_goes_round_in_order_and_the_round_ends_when_all_have_had_it() -> None:
    circle = begun("ana", "ben", "cid")
    for key in ("ana", "ben", "cid"):
        assert view(circle, now=NOW).seat == key
        circle = tapped(tapped(circle, Accept, key), PassOn, key)
    seen = view(circle, now=NOW)
    assert (seen.mode, seen.hold, seen.seat, seen.is_open) == (Mode.ROUND, Hold.IDLE, "", False)
    assert seen.spoken == ("ana", "ben", "cid")


def test_only_who_holds_the_piece_may_speak() -> None:
    circle = begun("ana", "ben")
    assert not may_speak(circle, "ana")
    circle = tapped(circle, Accept, "ana")
    assert may_speak(circle, "ana")
    assert not may_speak(circle, "ben")


def test_anybody_may_speak_when_talk_is_free_and_nobody_between_rounds() -> None:
    circle = begun("ana")
    circle = tapped(circle, Pass, "ana")
    assert not may_speak(circle, "ana")
    assert may_speak(tapped(circle, OpenFloor, "fay"), "ana")


@pytest.mark.parametrize("is_held", [False, True])
def test_passing_is_possible_before_and_after_taking_the_piece(is_held: bool) -> None:
    circle = begun("ana", "ben")
    if is_held:
        circle = tapped(circle, Accept, "ana")
    circle = tapped(circle, Pass, "ana")
    assert view(circle, now=NOW).passed == ("ana",)
    assert coming(circle) == ("ben",)


def test_whoever_needs_a_minute_comes_last_and_may_do_so_once() -> None:
    circle = tapped(begun("ana", "ben", "cid"), NeedAMinute, "ana")
    assert coming(circle) == ("ben", "cid", "ana")
    assert view(circle, now=NOW).put_off == ("ana",)
    for key in ("ben", "cid"):
        circle = tapped(circle, Pass, key)
    circle = tapped(circle, NeedAMinute, "ana")
    assert view(circle, now=NOW).passed == ("ben", "cid", "ana")
    assert not circle.is_open


def test_silence_is_waited_for_once_more_at_the_end_and_then_counts_as_passed() -> None:
    circle = begun("ana", "ben")
    assert tick(circle, later(44.9)) is circle
    circle = tick(circle, later(45))
    assert coming(circle) == ("ben", "ana")
    circle = tapped(circle, Pass, "ben", now=later(50))
    circle = tick(circle, later(95))
    assert view(circle, now=NOW).passed == ("ben", "ana")


def test_an_answer_after_the_time_still_counts_while_nobody_has_moved_the_piece() -> None:
    assert may_speak(tapped(begun("ana", "ben"), Accept, "ana", now=later(600)), "ana")


def test_a_late_clock_costs_one_person_one_offer_and_not_everybody() -> None:
    circle = tick(begun("ana", "ben", "cid"), later(3600))
    assert coming(circle) == ("ben", "cid", "ana")
    assert tick(circle, later(3644)) is circle


def test_listeners_are_not_offered_the_piece_until_they_raise_a_hand() -> None:
    circle = begun("ana", listening=("lea",))
    assert coming(circle) == ("ana",)
    circle = tapped(circle, RaiseHand, "lea")
    assert coming(circle) == ("ana", "lea")
    circle = tapped(circle, Pass, "ana")
    assert (coming(circle), view(circle, now=NOW).hands) == (("lea",), ())


def test_a_hand_put_down_again_is_not_called() -> None:
    circle = tapped(begun("ana", listening=("lea",)), RaiseHand, "lea")
    circle = tapped(tapped(circle, LowerHand, "lea"), Pass, "ana")
    assert view(circle, now=NOW).hold is Hold.IDLE


def test_raised_hands_come_in_order_after_those_who_have_not_had_the_piece() -> None:
    circle = tapped(begun("ana", "ben", "cid", "dee"), Pass, "ana")
    circle = tapped(circle, NeedAMinute, "ben")
    for key in ("dee", "ana"):
        circle = tapped(circle, RaiseHand, key)
    circle = tapped(tapped(circle, Accept, "cid"), PassOn, "cid")
    circle = tapped(circle, RaiseHand, "cid")
    assert coming(circle) == ("dee", "ben", "ana", "cid")
    assert view(circle, now=NOW).hands == ("ana", "cid")


def test_a_listener_who_needs_a_minute_or_says_nothing_keeps_a_hand_up_behind_the_others() -> None:
    circle = begun("ana", listening=("lea", "max"))
    for key in ("lea", "max"):
        circle = tapped(circle, RaiseHand, key)
    circle = tapped(circle, Pass, "ana")
    assert coming(tapped(circle, NeedAMinute, "lea")) == ("max", "lea")
    assert coming(tick(circle, later(45))) == ("max", "lea")


def test_who_has_spoken_and_passes_a_second_turn_has_still_spoken() -> None:
    circle = tapped(tapped(begun("ana", "ben"), Accept, "ana"), PassOn, "ana")
    circle = tapped(tapped(tapped(circle, RaiseHand, "ana"), Pass, "ben"), Pass, "ana")
    assert view(circle, now=NOW).spoken == ("ana",)


def test_a_second_turn_put_off_waits_behind_the_other_hands() -> None:
    circle = tapped(begun("ana", "ben", "cid"), Pass, "ana")
    circle = tapped(tapped(circle, RaiseHand, "ana"), Pass, "ben")
    circle = tapped(tapped(circle, RaiseHand, "ben"), Pass, "cid")
    circle = tapped(circle, NeedAMinute, "ana")
    assert (coming(circle), circle.hands) == (("ben", "ana"), ("ana",))


def test_a_hand_raised_by_whoever_has_the_piece_asks_for_nothing() -> None:
    circle = tapped(begun("ana", "ben"), RaiseHand, "ana")
    assert view(circle, now=NOW).hands == ()


def test_a_hand_raised_in_free_talk_is_kept_in_order() -> None:
    circle = tapped(tapped(seated("ana", "ben"), RaiseHand, "ben"), RaiseHand, "ana")
    assert view(circle, now=NOW).hands == ("ben", "ana")
    assert tapped(circle, RaiseHand, "ben").hands == ("ben", "ana")


def test_skip_me_lasts_for_the_meeting_and_count_me_in_keeps_the_place() -> None:
    circle = tapped(begun("ana", "ben", "cid"), SkipMe, "ben")
    assert coming(circle) == ("ana", "cid")
    assert view(circle, now=NOW).skipping == ("ben",)
    assert coming(tapped(circle, CountMeIn, "ben")) == ("ana", "ben", "cid")


@pytest.mark.parametrize(("is_held", "noted"), [(False, "passed"), (True, "spoken")])
def test_skip_me_with_the_piece_moves_it_on(is_held: bool, noted: str) -> None:
    circle = begun("ana", "ben")
    if is_held:
        circle = tapped(circle, Accept, "ana")
    circle = tapped(circle, SkipMe, "ana")
    assert coming(circle) == ("ben",)
    assert getattr(view(circle, now=NOW), noted) == ("ana",)
    assert coming(tapped(circle, CountMeIn, "ana")) == ("ben",)


def test_skip_me_takes_a_raised_hand_down() -> None:
    circle = tapped(tapped(begun("ana", "ben"), RaiseHand, "ben"), SkipMe, "ben")
    assert (coming(circle), circle.hands) == (("ana",), ())


def test_leaving_with_the_piece_in_hand_moves_it_on_and_it_has_been_held() -> None:
    circle = back(gone(tapped(begun("ana", "ben"), Accept, "ana"), "ana"), "ana")
    assert coming(circle) == ("ben",)
    assert view(circle, now=NOW).spoken == ("ana",)


def test_a_line_that_drops_during_an_offer_costs_the_place_but_not_the_turn() -> None:
    circle = gone(begun("ana", "ben"), "ana")
    assert (coming(circle), view(circle, now=NOW).missed) == (("ben",), ("ana",))
    circle = tapped(back(circle, "ana"), Pass, "ben")
    assert coming(circle) == ("ana",)
    assert view(gone(circle, "ana"), now=NOW).passed == ("ben", "ana")


def test_who_is_away_for_a_while_finds_their_place_and_hand_as_they_were() -> None:
    circle = tapped(begun("ana", "ben", "cid", listening=("lea",)), RaiseHand, "lea")
    away = gone(gone(circle, "ben"), "lea")
    assert (coming(away), view(away, now=NOW).hands) == (("ana", "cid"), ())
    returned = back(back(away, "lea"), "ben")
    assert coming(returned) == ("ana", "ben", "cid", "lea")


def test_the_round_does_not_wait_for_who_is_away_and_says_whom_it_missed() -> None:
    circle = tapped(gone(begun("ana", "ben"), "ben"), Pass, "ana")
    assert (circle.is_open, view(circle, now=NOW).missed) == (False, ("ben",))
    circle = back(circle, "ben")
    assert view(circle, now=NOW).hold is Hold.IDLE
    assert coming(tapped(circle, GiveTo, "fay", seat="ben")) == ("ben",)


def test_a_newcomer_joins_a_running_round_at_its_end_and_no_round_that_is_over() -> None:
    circle = back(begun("ana", "ben"), "new")
    assert coming(circle) == ("ana", "ben", "new")
    over = tapped(begun("ana"), Pass, "ana")
    assert view(back(over, "new"), now=NOW).missed == ()


def test_nobody_can_answer_for_somebody_else() -> None:
    circle = begun("ana", "ben")
    for kind in (Accept, PassOn, Pass, NeedAMinute):
        with pytest.raises(NotYourTurn):
            tapped(circle, kind, "ben")
        with pytest.raises(NotYourTurn):
            tapped(seated("ana"), kind, "")


def test_only_an_offer_is_accepted_or_put_off_and_only_a_held_piece_passed_on() -> None:
    circle = begun("ana")
    with pytest.raises(PieceIsOffered):
        tapped(circle, PassOn, "ana")
    for kind in (Accept, NeedAMinute):
        with pytest.raises(PieceIsHeld):
            tapped(tapped(circle, Accept, "ana"), kind, "ana")
