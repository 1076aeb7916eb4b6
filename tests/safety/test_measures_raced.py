"""Two people and one measure in the same moment: real threads on a real database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from tests import world
from tests.safety import measuring
from tests.world import NOW

from hearthside.safety.actions import measure_appeals, measures
from hearthside.safety.enums import Verdict
from hearthside.safety.models import Appeal, Measure

pytestmark = pytest.mark.django_db(transaction=True)
REFUSALS = (measures.NothingToSign, measure_appeals.AlreadyAnswered, measure_appeals.NotTheirs)


@pytest.fixture(params=range(3), autouse=True)
def again(request: pytest.FixtureRequest) -> int:
    """Every race is run more than once: the clock does not always meet."""
    return int(request.param)


def at_once(*acts: Callable[[], object]) -> list[bool]:
    """Whether each act was taken, all begun at the same moment, each on its own connection."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> bool:
        try:
            start.wait(timeout=30)
            act()
        except REFUSALS:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def long_hold() -> Measure:
    group = world.group()
    return measuring.hold(world.member(group), group, by=world.person(), days=30)


def test_of_two_who_sign_in_the_same_moment_one_is_the_second_name() -> None:
    held, one, other = long_hold(), world.person(), world.person()
    done = at_once(
        *(lambda who=who: measures.sign(measure=held, by=who, now=NOW) for who in (one, other))
    )
    assert sorted(done) == [False, True]
    held.refresh_from_db()
    assert held.signed_by == (one if done[0] else other)


def test_what_is_ended_while_somebody_signs_is_over_either_way() -> None:
    held, one, other = long_hold(), world.person(), world.person()
    at_once(
        lambda: measures.sign(measure=held, by=one, now=NOW),
        lambda: measures.end(measure=held, by=other, now=NOW),
    )
    held.refresh_from_db()
    assert not held.is_in_force(now=NOW)
    assert not held.waits_for_a_second(now=NOW)


def test_two_holds_in_the_same_moment_are_one() -> None:
    group = world.group()
    person, one, other = world.member(group), world.person(), world.person()
    at_once(
        lambda: measuring.hold(person, group, by=one, days=14),
        lambda: measuring.hold(person, group, by=other, days=14),
    )
    assert Measure.objects.of(person).count() == 1


def test_two_taps_on_an_appeal_are_one_and_two_answers_are_one() -> None:
    held, one, other = long_hold(), world.person(), world.person()
    at_once(
        *(
            lambda: measure_appeals.appeal(measure=held, person=held.person, words="Why?", now=NOW)
            for _ in range(2)
        )
    )
    made = Appeal.objects.get(measure=held)
    done = at_once(
        *(
            lambda who=who, said=said: measure_appeals.answer(
                appeal=made, verdict=said, words="So.", by=who, now=NOW
            )
            for who, said in ((one, Verdict.KEPT), (other, Verdict.LIFTED))
        )
    )
    assert sorted(done) == [False, True]
    made.refresh_from_db()
    held.refresh_from_db()
    assert held.is_in_force(now=NOW + timedelta(days=1)) == (made.verdict == Verdict.KEPT)


def test_whoever_signs_while_answering_does_not_judge_what_they_signed() -> None:
    held, one = long_hold(), world.person()
    made = measure_appeals.appeal(measure=held, person=held.person, words="Why?", now=NOW)
    at_once(
        lambda: measures.sign(measure=held, by=one, now=NOW),
        lambda: measure_appeals.answer(
            appeal=made, verdict=Verdict.LIFTED, words="So.", by=one, now=NOW
        ),
    )
    held.refresh_from_db()
    made.refresh_from_db()
    has_judged, has_signed = made.answered_by == one, held.signed_by == one
    assert has_judged != has_signed
