"""The ladder by itself: its laws, whatever order answers arrive in, and each of its rungs."""

import ast
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearthside.meetings import ladder, room_safety, rungs
from hearthside.meetings.ladder import (
    OUTCOMES,
    Act,
    Answer,
    Ask,
    Case,
    Part,
    Reserve,
    Rung,
    Step,
    answered,
    next_step,
    taken,
)
from tests.world import NOW

STARTS = NOW + timedelta(days=7)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def team(*, lead: Answer = Answer.OPEN, cover: Answer = Answer.OPEN) -> tuple[Ask, ...]:
    return Ask("lead", Part.LEAD, lead), Ask("cover", Part.COVER, cover)


def pool(count: int, *, short_notice: bool = True) -> tuple[Reserve, ...]:
    return tuple(Reserve(f"reserve-{n}", short_notice) for n in range(count))


def at_the_door(**fields: Any) -> Case:
    """Somebody said that they lead, and nobody sees whether they are there."""
    return Case(STARTS, asks=team(lead=Answer.YES), pool=pool(2), is_by_tap=True, **fields)


def climbed(case: Case, now: datetime) -> tuple[Case, list[Step]]:
    """The case after everything that is due was done, and what that was."""
    done = []
    while (step := next_step(case, now=now)).act not in (Act.WAIT, Act.DONE):
        done.append(step)
        assert len(done) < 50
        case = taken(case, step, at=now)
    return case, done


def climbed_rungs(case: Case) -> list[tuple[Rung, int]]:
    return [(climb.rung, climb.wave) for climb in case.climbs]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    asks = tuple(
        Ask(
            name,
            Part.LEAD if name == "lead" else Part.COVER,
            draw(st.sampled_from(list(Answer)[:3])),
        )
        for name in ["lead", "cover", "third"][: draw(st.integers(0, 3))]
    )
    reserves = tuple(
        Reserve(f"reserve-{n}", draw(st.booleans())) for n in range(draw(st.integers(0, 8)))
    )
    return Case(STARTS, asks=asks, pool=reserves, has_haven=draw(st.booleans()))


# Minutes that pass, and then somebody answers, or comes to the door, or nothing.
EVENTS = st.lists(
    st.tuples(
        st.integers(0, 9 * 60),
        st.sampled_from(
            ["lead", "cover", "third", *(f"reserve-{n}" for n in range(8)), "here", "away", ""]
        ),
        st.booleans(),
    ),
    max_size=40,
)


@settings(max_examples=400, deadline=None)
@given(cases(), EVENTS, st.booleans(), st.booleans())
def test_whatever_happens_one_person_leads_each_rung_is_climbed_once_and_it_ends_in_one_way(
    case: Case, events: list[tuple[int, str, bool]], is_seen: bool, is_by_tap: bool
) -> None:
    case = replace(case, is_by_tap=is_by_tap)
    now = STARTS - timedelta(days=2)
    for minutes, who, yes in [*events, (3 * 24 * 60, "", False)]:
        now += timedelta(minutes=minutes)
        if who in ("here", "away") and is_seen and now >= STARTS - 15 * MINUTE:
            case = replace(case, is_lead_here=who == "here")
        before = case.lead
        if case.of(who) is not None:
            case = answered(case, who, yes=yes)
            # A confirmed person keeps the chair, unless they gave it up themselves.
            assert before is None or case.lead == before or (who == before.person and not yes)
        while (step := next_step(case, now=now)).act not in (Act.WAIT, Act.DONE):
            lead, sure = case.lead, {ask.person for ask in case.asks if ask.answer == Answer.YES}
            refused = {ask.person for ask in case.asks if ask.answer == Answer.NO}
            if step.act == Act.ASK:
                assert not sure & set(step.people)
            assert not refused & set(step.people)
            case = taken(case, step, at=now)
            assert lead is None or case.lead == lead
            assert len(climbed_rungs(case)) == len(set(climbed_rungs(case)))
        assert sum(ask.part == Part.LEAD and ask.answer == Answer.YES for ask in case.asks) <= 1
        assert len({ask.person for ask in case.asks}) == len(case.asks)
    assert sum(climb.rung in OUTCOMES for climb in case.climbs) == 1
    assert next_step(case, now=now + HOUR).act == Act.DONE


@settings(max_examples=200, deadline=None)
@given(cases(), st.integers(0, 40))
def test_nobody_answers_and_members_always_hear_of_it_before_the_start(
    case: Case, pause: int
) -> None:
    case = replace(case, asks=tuple(replace(ask, answer=Answer.OPEN) for ask in case.asks))
    now = STARTS - timedelta(days=3)
    while now < STARTS:
        case, _done = climbed(case, now)
        now += MINUTE * (5 + pause)
    case, _done = climbed(case, STARTS - MINUTE)
    assert case.outcome == (Rung.GUESTS if case.has_haven else Rung.TOLD)


def test_a_silent_lead_is_waited_for_until_the_day_before_and_then_cover_is_asked() -> None:
    case = Case(STARTS, asks=team(), pool=pool(8))
    assert climbed(case, STARTS - 25 * HOUR) == (case, [])
    case, done = climbed(case, STARTS - 24 * HOUR)
    assert [(step.rung, step.people) for step in done] == [(Rung.COVER, ("cover",))]
    # Whoever says yes first leads, the silent lead too.
    case = answered(case, "lead", yes=True)
    case = answered(case, "cover", yes=True)
    assert case.lead is not None
    assert (case.lead.person, case.cover and case.cover.person) == ("lead", "cover")


def test_cover_who_had_said_yes_leads_at_once_when_the_lead_cannot() -> None:
    case = answered(Case(STARTS, asks=team(lead=Answer.YES, cover=Answer.YES)), "lead", yes=False)
    case, done = climbed(case, STARTS - 90 * HOUR)
    assert [step.act for step in done] == [Act.HAND_OVER]
    assert case.lead is not None
    assert case.lead.person == "cover"


def test_the_pool_is_asked_three_at_a_time_and_the_first_yes_wins() -> None:
    case = Case(STARTS, asks=team(lead=Answer.NO, cover=Answer.NO), pool=pool(8))
    case, done = climbed(case, STARTS - 10 * HOUR)
    assert [len(step.people) for step in done] == [3]
    assert climbed(case, STARTS - 10 * HOUR + 99 * MINUTE)[1] == []
    case, done = climbed(case, STARTS - 10 * HOUR + 100 * MINUTE)
    assert [step.people for step in done] == [("reserve-3", "reserve-4", "reserve-5")]
    case = answered(case, "reserve-4", yes=True)
    case = answered(case, "reserve-0", yes=True)
    assert case.lead is not None
    assert case.lead.person == "reserve-4"
    freed = case.of("reserve-0")
    assert freed is not None
    assert freed.answer == Answer.FREED
    # Should the one who leads fall ill, whoever was thanked is asked first.
    case, done = climbed(answered(case, "reserve-4", yes=False), STARTS - 6 * HOUR)
    assert done == [] or done[0].people[0] == "reserve-0"


def test_a_lead_who_is_not_at_the_door_is_not_replaced_but_somebody_stands_by() -> None:
    case = Case(STARTS, asks=team(lead=Answer.YES), pool=pool(2), is_lead_here=False)
    case, done = climbed(case, STARTS - 15 * MINUTE)
    assert (done[0].rung, done[0].sure) == (Rung.LATE, ("lead",))
    assert set(done[0].people) == {"cover", "reserve-0", "reserve-1"}
    case = answered(case, "reserve-1", yes=True)
    assert case.lead is not None
    assert case.lead.person == "lead"
    assert case.cover is not None
    assert case.cover.person == "reserve-1"
    case = replace(case, is_lead_here=True)
    assert climbed(case, STARTS)[0].outcome == Rung.LED


def test_short_notice_is_asked_only_of_those_who_said_that_it_is_fine() -> None:
    reserves = (Reserve("slow"), Reserve("quick", short_notice=True))
    case = Case(STARTS, asks=team(lead=Answer.YES), pool=reserves)
    case = answered(case, "lead", yes=False)
    case = answered(case, "cover", yes=False)
    _case, done = climbed(case, STARTS - 14 * MINUTE)
    assert [step.people for step in done] == [("quick",)]


def test_whoever_leads_has_five_minutes_to_tap_before_others_are_asked() -> None:
    untapped = at_the_door(is_lead_here=False)
    assert climbed(untapped, STARTS - 11 * MINUTE)[1] == []
    _case, done = climbed(untapped, STARTS - 10 * MINUTE)
    assert [(step.rung, step.sure) for step in done] == [(Rung.LATE, ("lead",))]
    assert climbed(at_the_door(is_lead_here=True), STARTS - 10 * MINUTE)[1] == []
    # Where nobody said yes, there is nothing to wait for.
    nobody = Case(STARTS, asks=team(), pool=pool(2), is_by_tap=True, is_lead_here=False)
    assert climbed(nobody, STARTS - 15 * MINUTE)[1][-1].rung == Rung.LATE


def test_a_tap_that_is_missing_sends_nobody_home_and_an_empty_room_does() -> None:
    case, _done = climbed(at_the_door(is_lead_here=False), STARTS - 10 * MINUTE)
    assert climbed(case, STARTS + 4 * MINUTE)[0].outcome is None
    assert climbed(case, STARTS + 5 * MINUTE)[0].outcome == Rung.LED
    seen = replace(case, is_by_tap=False)
    assert climbed(seen, STARTS + 5 * MINUTE)[0].outcome == Rung.TOLD
    refused = answered(case, "lead", yes=False)
    assert climbed(refused, STARTS - 5 * MINUTE)[0].outcome == Rung.TOLD


@pytest.mark.parametrize("module", [ladder, room_safety, rungs])
def test_the_ladder_knows_no_framework(module: ModuleType) -> None:
    tree = ast.parse(Path(module.__file__ or "").read_text())
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    plain = {"collections.abc", "dataclasses", "datetime", "enum", "typing"}
    assert imported <= plain | {"hearthside.meetings.ladder", "hearthside.meetings.rungs"}
