"""What holds whatever people tap, in whatever order, however often, and whoever drops out."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from peerkit.circle import (
    Accept,
    AddTime,
    Arrive,
    Circle,
    CircleError,
    CountMeIn,
    EndRound,
    Event,
    GiveTo,
    Hold,
    Leave,
    LowerHand,
    Mode,
    MoveOn,
    NeedAMinute,
    OpenFloor,
    Pass,
    PassOn,
    Pause,
    RaiseHand,
    Resume,
    SkipMe,
    StartRound,
    Tap,
    TurnIsPast,
    apply,
    due,
    from_plain,
    may_speak,
    tick,
    to_plain,
    view,
)
from tests.engines.circle.ledger import Ledger
from tests.engines.circle.table import NOW, back, gone, tapped

FACILITATOR = "fay"
KEYS = ("ana", "ben", "cid", "dee", FACILITATOR)
TURN_TAPS: list[type[Tap]] = [Accept, Accept, PassOn, PassOn, Pass, NeedAMinute]
OWN_TAPS: list[type[Tap]] = [RaiseHand, RaiseHand, LowerHand, SkipMe, CountMeIn]
STEERING: list[type[Tap]] = [Pause, Resume, Resume, EndRound, OpenFloor, MoveOn, MoveOn]

keys = st.sampled_from(KEYS)
# Most pages are up to date; some are a few changes behind, and one shows what is not yet.
ages = st.sampled_from((0, 0, 0, 0, 0, 0, 1, 2, 5, -1))


class Meeting(RuleBasedStateMachine):
    """A meeting of five, one of them the facilitator, with a ledger kept beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.circle, self.now, self.ledger = Circle(), NOW, Ledger()
        self.done: list[Tap] = []

    def happen(self, event: Event) -> None:
        """The event, refused or not; the stored circle does exactly the same."""
        outcome = outcome_of(self.circle, event, self.now)
        assert outcome_of(stored(self.circle), event, self.now) == outcome
        if isinstance(outcome, Circle):
            self.step(event, outcome)
            if isinstance(event, Tap):
                self.done.append(event)

    def step(self, event: Event | None, after: Circle) -> None:
        note(f"{event} -> {after.piece.hold} {after.piece.seat}")
        self.ledger.note(event, self.circle, after)
        self.circle = after

    def page(self, age: int) -> int:
        return max(self.circle.version - age, 0)

    @initialize(listeners=st.sets(st.sampled_from(KEYS[:4]), max_size=2), late=st.sets(keys))
    def people_come(self, listeners: set[str], late: set[str]) -> None:
        for key in KEYS:
            if key not in late:
                self.happen(Arrive(by=key, listens=key in listeners))
        self.happen(StartRound(by=FACILITATOR, version=self.circle.version, order=()))

    @rule(key=keys, listens=st.booleans())
    def somebody_comes(self, key: str, listens: bool) -> None:
        self.happen(Arrive(by=key, listens=listens))

    @rule(key=keys)
    def somebody_goes(self, key: str) -> None:
        self.happen(Leave(by=key))

    @rule(kind=st.sampled_from(TURN_TAPS), age=ages)
    def whoever_has_the_piece_answers(self, kind: Any, age: int) -> None:
        self.happen(kind(by=self.circle.piece.seat, version=self.page(age)))

    @rule(kind=st.sampled_from(TURN_TAPS + OWN_TAPS), key=keys, age=ages)
    def anybody_taps(self, kind: Any, key: str, age: int) -> None:
        self.happen(kind(by=key, version=self.page(age)))

    @rule(order=st.permutations(KEYS), many=st.integers(0, 5), age=ages)
    def a_round_begins(self, order: list[str], many: int, age: int) -> None:
        named = tuple(key for key in order if key in self.ledger.known)[:many]
        start = StartRound(
            by=FACILITATOR, version=self.page(age), order=named, seconds_each=many * 30 or None
        )
        self.happen(start)

    @rule(kind=st.sampled_from(STEERING), age=ages)
    def the_facilitator_steers(self, kind: Any, age: int) -> None:
        self.happen(kind(by=FACILITATOR, version=self.page(age)))

    @rule(key=keys, age=ages)
    def the_facilitator_gives(self, key: str, age: int) -> None:
        self.happen(GiveTo(by=FACILITATOR, version=self.page(age), seat=key))

    @rule(seconds=st.integers(1, 60), age=ages)
    def the_facilitator_adds_time(self, seconds: int, age: int) -> None:
        self.happen(AddTime(by=FACILITATOR, version=self.page(age), seconds=seconds))

    @precondition(lambda self: self.done)
    @rule(data=st.data())
    def a_tap_comes_once_more(self, data: st.DataObject) -> None:
        again = data.draw(st.sampled_from(self.done))
        with suppress(TurnIsPast):
            assert apply(self.circle, again, now=self.now) is self.circle

    @rule(seconds=st.floats(0, 60))
    def time_passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        after = tick(self.circle, self.now)
        assert tick(stored(self.circle), self.now) == after
        self.step(None, after)

    @rule(seconds=st.floats(0, 60))
    def there_is_a_pause(self, seconds: float) -> None:
        self.happen(Pause(by=FACILITATOR, version=self.circle.version))
        used = view(self.circle, now=self.now).seconds_used
        self.now += timedelta(seconds=seconds)
        assert tick(self.circle, self.now) is self.circle
        assert view(self.circle, now=self.now).seconds_used == used
        self.happen(Resume(by=FACILITATOR, version=self.circle.version))
        assert view(self.circle, now=self.now).seconds_used == used

    @rule(key=keys)
    def a_line_drops_for_a_moment(self, key: str) -> None:
        if key in self.ledger.here and key != self.circle.piece.seat:
            returned = back(gone(self.circle, key), key)
            assert replace(returned, version=self.circle.version) == self.circle

    @invariant()
    def it_is_stored_without_loss(self) -> None:
        assert stored(self.circle) == self.circle

    @invariant()
    def nobody_talks_over_anybody(self) -> None:
        speaking = {key for key in KEYS if may_speak(self.circle, key)}
        if self.circle.paused_at:
            assert not speaking
        elif self.circle.mode is Mode.ROUND:
            held = self.circle.piece.hold is Hold.HELD
            assert speaking == ({self.circle.piece.seat} if held else set())
        else:
            assert speaking == set(KEYS)

    @invariant()
    def a_running_round_always_has_the_piece_with_somebody_here(self) -> None:
        seen = view(self.circle, now=self.now)
        assert not self.circle.is_open or seen.hold is not Hold.IDLE
        assert seen.hold is Hold.IDLE or seen.seat in self.ledger.here
        assert seen.seat not in seen.coming
        assert len(set(seen.coming)) == len(seen.coming)
        assert seen.seconds_used >= 0

    @invariant()
    def it_ends_by_itself_when_the_facilitator_vanishes(self) -> None:
        circle, now = self.circle, self.now
        if FACILITATOR in self.ledger.here:
            circle = gone(circle, FACILITATOR)
        if circle.paused_at:
            circle = tapped(circle, Resume, "gus", now=now)
        reachable = len({circle.piece.seat, *circle.order, *circle.hands})
        for _ in range(3 * reachable + 1):
            if circle.piece.hold is Hold.IDLE:
                break
            if circle.piece.hold is Hold.HELD:
                circle = tapped(circle, PassOn, circle.piece.seat, now=now)
            else:
                now = due(circle) or now
                circle = tick(circle, now)
        assert circle.piece.hold is Hold.IDLE
        assert not circle.is_open

    def teardown(self) -> None:
        """Whatever has happened, everybody here still gets the piece before the round is over."""
        if self.circle.paused_at:
            self.happen(Resume(by="gus", version=self.circle.version))
        while self.circle.piece.hold is not Hold.IDLE:
            kind = PassOn if self.circle.piece.hold is Hold.HELD else Accept
            self.happen(kind(by=self.circle.piece.seat, version=self.circle.version))


def stored(circle: Circle) -> Circle:
    return from_plain(json.loads(json.dumps(to_plain(circle))))


def outcome_of(circle: Circle, event: Event, now: datetime) -> Circle | type[CircleError]:
    try:
        return apply(circle, event, now=now)
    except CircleError as refusal:
        return type(refusal)


TestMeeting = Meeting.TestCase
TestMeeting.settings = settings(max_examples=150, stateful_step_count=50, deadline=None)
