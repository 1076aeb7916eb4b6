"""Measures: how long one person alone may decide, who signs, who judges, and that all of it ends by itself."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import world
from tests.meetings.people import letters_to, reachable
from tests.safety import measuring
from tests.world import NOW

from hearthside.groups.enums import RoleKind
from hearthside.notices.models import Letter
from hearthside.safety.actions import measure_appeals, measures
from hearthside.safety.enums import MeasureKind, Verdict
from hearthside.safety.models import Appeal, Measure
from hearthside.safety.queries.measures import kept_out, time_alone_left

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def test_a_short_hold_counts_at_once_and_is_over_by_itself() -> None:
    group = world.group()
    person = world.member(group)
    measuring.hold(person, group, by=world.person(), days=7)
    assert kept_out(group.pk, now=NOW) == {person.pk}
    assert kept_out(group.pk, now=NOW + 7 * A_DAY - timedelta(seconds=1)) == {person.pk}
    assert kept_out(group.pk, now=NOW + 7 * A_DAY) == set()
    assert kept_out(world.group().pk, now=NOW) == set()


def test_a_long_hold_lasts_two_weeks_until_somebody_else_signs() -> None:
    group, author, second = world.group(), world.person(), world.person()
    held = measuring.hold(world.member(group), group, by=author, days=60)
    assert held.until_at == NOW + 14 * A_DAY
    with pytest.raises(measures.OwnAffair):
        measures.sign(measure=held, by=author, now=NOW + A_DAY)
    with pytest.raises(measures.OwnAffair):
        measures.sign(measure=held, by=held.person, now=NOW + A_DAY)
    signed = measures.sign(measure=held, by=second, now=NOW + A_DAY)
    assert signed.until_at == NOW + 60 * A_DAY
    with pytest.raises(measures.NothingToSign):
        measures.sign(measure=held, by=world.person(), now=NOW + A_DAY)


def test_a_suspension_that_nobody_signs_ends_after_three_days() -> None:
    person = world.person()
    made = measuring.suspend(person, by=world.role(RoleKind.SAFETY_LEAD))
    assert kept_out(world.group().pk, now=NOW + timedelta(hours=71)) == {person.pk}
    assert kept_out(world.group().pk, now=NOW + timedelta(hours=72)) == set()
    with pytest.raises(measures.NothingToSign):
        measures.sign(measure=made, by=world.person(), now=NOW + timedelta(hours=72))


def test_the_same_suspension_again_gives_no_more_time_without_a_second_name() -> None:
    person, author = world.person(), world.role(RoleKind.SAFETY_LEAD)
    measuring.suspend(person, by=author)
    later = NOW + timedelta(hours=80)
    again = measuring.suspend(person, by=world.role(RoleKind.SAFETY_LEAD), now=later)
    assert not again.is_in_force(now=later)
    assert kept_out(world.group().pk, now=later) == set()
    measures.sign(measure=again, by=author, now=later)
    assert kept_out(world.group().pk, now=later) == {person.pk}


@settings(max_examples=60, deadline=None)
@given(
    tries=st.lists(
        st.tuples(st.integers(1, 90), st.integers(0, 20), st.booleans()), min_size=1, max_size=8
    )
)
def test_nobody_is_held_longer_than_two_weeks_in_a_quarter_without_a_second_name(
    tries: list[tuple[int, int, bool]],
) -> None:
    group = world.group()
    person, now = world.member(group), NOW
    authors = [world.person(), world.person()]
    for days, wait, is_ended in tries:
        made = measuring.hold(person, group, by=authors[days % 2], days=days, now=now)
        now += wait * A_DAY
        if is_ended:
            measures.end(measure=made, by=authors[0], now=now)
        held = Measure.objects.of(person).filter(until_at__gt=now - 90 * A_DAY)
        spent = sum((one.until_at - one.from_at for one in held), timedelta())
        assert spent <= 14 * A_DAY
        assert time_alone_left(person, MeasureKind.HOLD, group.pk, now=now) == 14 * A_DAY - spent


def test_a_second_tap_makes_no_second_measure() -> None:
    group, author = world.group(), world.person()
    person = world.member(group)
    first = measuring.hold(person, group, by=author)
    assert measuring.hold(person, group, by=author, days=10) == first
    assert Measure.objects.count() == 1


def test_nobody_decides_about_themselves_or_about_those_who_answer_for_safety() -> None:
    group, lead = world.group(), world.role(RoleKind.SAFETY_LEAD)
    with pytest.raises(measures.OwnAffair):
        measuring.hold(lead, group, by=lead)
    for office in (lead, world.role(RoleKind.OPERATOR), world.role(RoleKind.COORDINATOR)):
        with pytest.raises(measures.HoldsAnOffice):
            measuring.suspend(office, by=world.person())
    with pytest.raises(measures.TooLong):
        measuring.hold(world.person(), group, by=lead, days=91)
    with pytest.raises(measures.TooLong):
        measuring.hold(world.person(), group, by=lead, days=0)


def test_the_person_is_told_and_no_letter_says_what_it_is_about() -> None:
    group = world.group("Living with a stoma")
    person = world.member(group, reachable())
    measuring.hold(person, group, by=world.person())
    assert letters_to(person) == ["measure"]
    letter = Letter.objects.get(person=person)
    for secret in ("stoma", "hurt", "Wren", "break"):
        assert secret not in f"{letter.subject} {letter.text}"


def test_an_appeal_is_answered_by_somebody_who_did_not_decide_and_can_end_it() -> None:
    group = world.group()
    author, second = world.role(RoleKind.SAFETY_LEAD), world.role(RoleKind.SAFETY_LEAD)
    third = world.role(RoleKind.SAFETY_LEAD, reachable())
    held = measuring.hold(world.member(group), group, by=author, days=30)
    measures.sign(measure=held, by=second, now=NOW)
    made = measure_appeals.appeal(measure=held, person=held.person, words="It was not me.", now=NOW)
    again = measure_appeals.appeal(measure=held, person=held.person, words="Again", now=NOW)
    assert made == again
    assert "measure" in letters_to(third)
    for party in (author, second, held.person):
        with pytest.raises(measure_appeals.NotTheirs):
            measure_appeals.answer(
                appeal=made, verdict=Verdict.KEPT, words="No.", by=party, now=NOW + A_DAY
            )
    measure_appeals.answer(
        appeal=made, verdict=Verdict.LIFTED, words="You are right.", by=third, now=NOW + A_DAY
    )
    assert kept_out(group.pk, now=NOW + A_DAY) == set()
    with pytest.raises(measure_appeals.AlreadyAnswered):
        measure_appeals.answer(
            appeal=made, verdict=Verdict.KEPT, words="No.", by=third, now=NOW + A_DAY
        )


def test_an_appeal_outlives_its_measure_and_is_answered_all_the_same() -> None:
    group = world.group()
    held = measuring.hold(world.member(group), group, by=world.person(), days=3)
    made = measure_appeals.appeal(measure=held, person=held.person, words="Why?", now=NOW)
    late = NOW + 5 * A_DAY
    measure_appeals.answer(
        appeal=made, verdict=Verdict.LIFTED, words="Sorry.", by=world.person(), now=late
    )
    held.refresh_from_db()
    assert held.until_at == NOW + 3 * A_DAY
    assert Appeal.objects.get().verdict == Verdict.LIFTED


def test_nobody_appeals_what_is_over_or_somebody_elses() -> None:
    group = world.group()
    held = measuring.hold(world.member(group), group, by=world.person(), days=3)
    with pytest.raises(measure_appeals.NothingToAppeal):
        measure_appeals.appeal(measure=held, person=world.person(), words="Hm", now=NOW)
    with pytest.raises(measure_appeals.NothingToAppeal):
        measure_appeals.appeal(measure=held, person=held.person, words="Hm", now=NOW + 3 * A_DAY)


def test_what_ended_a_year_ago_is_gone() -> None:
    group = world.group()
    held = measuring.hold(world.member(group), group, by=world.person(), days=3)
    assert measures.erase_expired(now=held.until_at + timedelta(days=364)) == 0
    assert measures.erase_expired(now=held.until_at + timedelta(days=365)) == 1
