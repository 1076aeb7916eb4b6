"""Checking, correcting and taking away crisis lines: two people, half a year, ten minutes to undo."""

from datetime import datetime, timedelta
from typing import Any, Final

import pytest
from pytest_django import Settings
from tests import world
from tests.world import NOW

from hearthside.accounts.actions import people as accounts
from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.safety import helplines
from hearthside.safety.actions import lines
from hearthside.safety.enums import How
from hearthside.safety.forms.lines import LineForm
from hearthside.safety.helplines import Helpline
from hearthside.safety.ledger import Outcome, State
from hearthside.safety.models import Line, Verification
from hearthside.safety.queries.ledger import lines_of
from hearthside.safety.queries.lines_desk import country_now, desk_of, entry_of, history_of

pytestmark = pytest.mark.django_db

EMERGENCY: Final = helplines.for_country("GB").emergency[0]
SAMARITANS: Final = helplines.for_country("GB").lines[0]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def one() -> Person:
    world.site()
    return world.role(RoleKind.OPERATOR)


@pytest.fixture
def two() -> Person:
    return world.role(RoleKind.SAFETY_LEAD)


def right(line: Helpline, *by: Person, at: datetime = NOW) -> None:
    for person in by:
        lines.verify(line=line, outcome=Outcome.RIGHT, how=How.READ, by=person, now=at)


def state_of(line: Helpline, *, at: datetime = NOW) -> State:
    entry = entry_of(line.facts, now=at)
    assert entry is not None
    return entry.standing.state


def seen(name: str, *, at: datetime = NOW) -> list[str]:
    return [each.line.number for each in lines_of("GB", now=at) if each.line.name == name]


def corrected(by: Person, *, at: datetime = NOW, **other: Any) -> Line:
    values = {**LineForm.of(SAMARITANS), "languages": "en", **other}
    return lines.correct(line=SAMARITANS, thread=SAMARITANS.facts, values=values, by=by, now=at)


def test_two_different_people_verify_a_line_for_half_a_year(one: Person, two: Person) -> None:
    right(SAMARITANS, one)
    assert state_of(SAMARITANS) is State.SECOND
    right(SAMARITANS, one, at=NOW + DAY)
    assert state_of(SAMARITANS, at=NOW + DAY) is State.SECOND
    right(SAMARITANS, two, at=NOW + 2 * DAY)
    assert state_of(SAMARITANS, at=NOW + 180 * DAY) is State.VERIFIED
    assert state_of(SAMARITANS, at=NOW + 181.5 * DAY) is State.SECOND
    assert state_of(SAMARITANS, at=NOW + 183 * DAY) is State.DUE


def test_a_second_tap_changes_nothing(one: Person) -> None:
    first = lines.verify(line=SAMARITANS, outcome=Outcome.RIGHT, how=How.DIALLED, by=one, now=NOW)
    again = lines.verify(
        line=SAMARITANS, outcome=Outcome.RIGHT, how=How.DIALLED, by=one, now=NOW + MINUTE
    )
    assert first == again
    assert Verification.objects.count() == 1


def test_an_emergency_number_is_never_called_to_try_it(one: Person) -> None:
    with pytest.raises(lines.NeverDialled):
        lines.verify(line=EMERGENCY, outcome=Outcome.RIGHT, how=How.DIALLED, by=one, now=NOW)
    assert not Verification.objects.exists()


def test_words_about_one_number_are_worth_nothing_for_another(one: Person, two: Person) -> None:
    right(SAMARITANS, one, two)
    row = corrected(one, number="116 124")
    right(row.helpline(), two, at=NOW + DAY)
    assert seen("Samaritans", at=NOW + DAY) == ["116 124"]
    assert state_of(row.helpline(), at=NOW + DAY) is State.SECOND


def test_whoever_takes_over_one_account_cannot_send_people_to_a_number_of_theirs(
    one: Person, two: Person
) -> None:
    row = corrected(one, number="0900 666 666")
    right(row.helpline(), one, at=NOW + MINUTE)
    assert seen("Samaritans", at=NOW + DAY) == ["116 123"]
    added = lines.add(
        country="GB",
        values={**LineForm.of(SAMARITANS), "name": "New", "number": "0900 1", "languages": "en"},
        by=one,
        now=NOW,
    )
    right(added.helpline(), one, at=NOW + MINUTE)
    assert seen("New", at=NOW + DAY) == []
    right(added.helpline(), two, at=NOW + MINUTE)
    assert seen("New", at=NOW + DAY) == ["0900 1"]


def test_a_correction_takes_the_old_promise_away_at_once(one: Person, two: Person) -> None:
    right(SAMARITANS, one, two, at=NOW - DAY)
    corrected(two, number="116 124")
    shown = next(each for each in lines_of("GB", now=NOW) if each.line.name == "Samaritans")
    assert shown.line.number == "116 123"
    assert shown.standing.state is State.WRONG


def test_a_corrected_line_stays_corrected_when_it_is_corrected_again(
    one: Person, two: Person
) -> None:
    row = corrected(one, number="116 124")
    right(row.helpline(), two, at=NOW + MINUTE)
    values = {**LineForm.of(SAMARITANS), "number": "116 125", "languages": "en"}
    lines.correct(line=row.helpline(), thread=row.thread, values=values, by=two, now=NOW + DAY)
    assert seen("Samaritans", at=NOW + DAY) == ["116 124"]


def test_the_same_facts_are_no_correction(one: Person) -> None:
    with pytest.raises(lines.NothingNew):
        corrected(one)
    assert not Line.objects.exists()
    assert not Verification.objects.exists()


def test_a_line_disappears_when_two_people_say_that_it_is_gone(one: Person, two: Person) -> None:
    row = lines.withdraw(line=SAMARITANS, thread=SAMARITANS.facts, by=one, now=NOW)
    assert seen("Samaritans") == ["116 123"]
    assert state_of(row.helpline()) is State.DUE
    right(row.helpline(), two, at=NOW + MINUTE)
    assert seen("Samaritans", at=NOW + DAY) == []
    assert not country_now("GB", now=NOW + DAY).is_ready


def test_what_one_said_can_be_taken_back_for_ten_minutes(one: Person, two: Person) -> None:
    right(SAMARITANS, one, two, at=NOW - 30 * DAY)
    wrong = lines.verify(line=SAMARITANS, outcome=Outcome.WRONG, how=How.READ, by=one, now=NOW)
    assert state_of(SAMARITANS) is State.WRONG
    with pytest.raises(lines.TooLate):
        lines.take_back(said=wrong, by=two, now=NOW + MINUTE)
    for _ in range(2):
        lines.take_back(said=wrong, by=one, now=NOW + 9 * MINUTE)
    assert state_of(SAMARITANS, at=NOW + 9 * MINUTE) is State.VERIFIED
    late = lines.verify(line=SAMARITANS, outcome=Outcome.WRONG, how=How.READ, by=one, now=NOW)
    with pytest.raises(lines.TooLate):
        lines.take_back(said=late, by=one, now=NOW + 11 * MINUTE)


def test_undoing_the_second_persons_word_hides_what_the_first_wrote(
    one: Person, two: Person
) -> None:
    row = corrected(one, number="116 124")
    said = lines.verify(
        line=row.helpline(), outcome=Outcome.RIGHT, how=How.READ, by=two, now=NOW + MINUTE
    )
    lines.take_back(said=said, by=two, now=NOW + 2 * MINUTE)
    assert seen("Samaritans", at=NOW + DAY) == ["116 123"]


def test_what_one_wrote_can_be_taken_back_until_another_has_looked_at_it(
    one: Person, two: Person
) -> None:
    right(SAMARITANS, one, two, at=NOW - DAY)
    row = corrected(one, number="116 124")
    for _ in range(2):
        lines.take_back_writing(row=row, by=one, now=NOW + MINUTE)
    assert state_of(SAMARITANS, at=NOW + MINUTE) is State.VERIFIED
    row = corrected(one, at=NOW + 2 * MINUTE, number="116 125")
    right(row.helpline(), two, at=NOW + 3 * MINUTE)
    with pytest.raises(lines.TooLate):
        lines.take_back_writing(row=row, by=one, now=NOW + 4 * MINUTE)


def test_each_person_is_asked_what_only_they_can_say(one: Person, two: Person) -> None:
    right(SAMARITANS, one)
    first, second = desk_of(one, now=NOW), desk_of(two, now=NOW)
    assert SAMARITANS not in [entry.line for entry in first.due]
    assert second.due[0].line == SAMARITANS
    right(SAMARITANS, two)
    assert SAMARITANS not in [entry.line for entry in desk_of(two, now=NOW).due]
    later = NOW + 165 * DAY
    assert SAMARITANS in [entry.line for entry in desk_of(one, now=later).due]
    assert SAMARITANS in [entry.line for entry in desk_of(two, now=later).due]


def test_whoever_reached_nobody_is_asked_again_the_next_day(one: Person) -> None:
    lines.verify(line=SAMARITANS, outcome=Outcome.UNREACHED, how=How.DIALLED, by=one, now=NOW)
    assert SAMARITANS not in [entry.line for entry in desk_of(one, now=NOW).due]
    assert SAMARITANS in [entry.line for entry in desk_of(one, now=NOW + DAY).due]


def test_a_line_stays_verified_when_those_who_checked_it_leave(one: Person, two: Person) -> None:
    right(SAMARITANS, one, two)
    accounts.erase(person=one, now=NOW)
    accounts.erase(person=two, now=NOW)
    assert state_of(SAMARITANS) is State.VERIFIED
    entry = entry_of(SAMARITANS.facts, now=NOW)
    assert entry is not None
    assert [row.by for row in history_of(entry)] == [None, None]


def test_made_up_words_count_in_a_demonstration_only(
    one: Person, two: Person, settings: Settings
) -> None:
    for person in (one, two):
        lines.verify(line=SAMARITANS, outcome=Outcome.RIGHT, how=How.MADE_UP, by=person, now=NOW)
    settings.DEMO = True
    assert state_of(SAMARITANS) is State.VERIFIED
    settings.DEMO = False
    assert state_of(SAMARITANS) is State.DUE


@pytest.mark.parametrize("rows", [1, 3])
def test_a_country_costs_two_questions_however_much_was_said(
    one: Person, two: Person, rows: int, django_assert_num_queries: Any
) -> None:
    for line in helplines.for_country("GB").lines[:rows]:
        right(line, one, two)
        values = {**LineForm.of(line), "name": f"{line.name}!", "languages": "en"}
        lines.correct(line=line, thread=line.facts, values=values, by=one, now=NOW)
    with django_assert_num_queries(2):
        lines_of("GB", now=NOW)
    with django_assert_num_queries(2):
        country_now("GB", now=NOW)
