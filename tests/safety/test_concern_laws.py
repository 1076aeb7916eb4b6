"""Laws of concerns, whatever people do and in whatever order: the state only goes on, nobody shut out is ever told,
and each is answered or stands on somebody's list."""

import contextlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import world
from tests.safety.concerned import about, called, fresh, lead, on_duty, raised, watched
from tests.world import NOW

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.notices.models import Letter
from hearthside.safety.actions import concerns, duty_calls
from hearthside.safety.actions.concern_refusals import Refusal
from hearthside.safety.enums import ConcernState, Done
from hearthside.safety.models import Concern, Page
from hearthside.safety.models.concerns import ANSWERED
from hearthside.safety.queries.concerns import view_of

pytestmark = pytest.mark.django_db

ORDER = list(ConcernState)
# What happens, by whom of the people there, and how many minutes later.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["see", "here", "say", "add", "close", "appeal", "settle", "clock", "erase"]),
        st.integers(0, 4),
        st.integers(0, 15),
    ),
    max_size=14,
)  # fmt: skip


def does(what: str, concern: Concern, who: Person, raiser: Person, minute: int) -> None:
    """As the doors do it: whoever may not answer finds no door."""
    now = NOW + timedelta(minutes=minute)
    view = view_of(who, concern.pk, now=now)
    may_answer = view is not None and not view.is_own
    told: dict[str, Any] = {"concern": concern, "now": now}
    if what == "clock":
        duty_calls.escalate(now=now)
    elif what == "erase":
        concerns.erase_expired(now=now)
    elif what == "add":
        concerns.add(words="More.", by=raiser, **told)
    elif what == "appeal":
        concerns.appeal(words="No.", by=raiser, **told)
    elif may_answer and what == "see":
        concerns.see(by=who, **told)
    elif may_answer and what == "here":
        concerns.acknowledge(by=who, **told)
    elif may_answer and what == "say":
        concerns.say(words="Hello.", by=who, **told)
    elif may_answer and what == "close":
        concerns.close(done=Done.HELP, words="Yes.", by=who, **told)
    elif may_answer and what == "settle":
        concerns.settle(done=Done.HELP, words="Yes.", by=who, **told)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS, is_call=st.booleans())
def test_the_state_only_goes_on_nobody_shut_out_is_told_and_nothing_is_lost(
    steps: list[tuple[str, int, int]], is_call: bool
) -> None:
    with transaction.atomic():
        shut, raiser = lead(on_duty(weekday=0)), on_duty(weekday=0)
        people = [shut, lead(), lead(), on_duty(weekday=0), world.role(RoleKind.OPERATOR)]
        subject = about(shut)
        concern = called(raiser, subject) if is_call else raised(raiser, subject=subject)
        before, minute = ConcernState.RECEIVED, 0
        for what, who, minutes in steps:
            minute += minutes
            with contextlib.suppress(Refusal):
                does(what, concern, people[who], raiser, minute)
            found = fresh(concern)
            assert ORDER.index(ConcernState(found.state)) >= ORDER.index(before)
            before = ConcernState(found.state)
            stands = watched(found).stands_with(found)
            assert bool(stands) != (found.state in ANSWERED)
            assert not {shut, raiser} & {*stands, *watched(found).readers_of(found)}
        assert not Page.objects.filter(person__in=[shut, raiser]).exists()
        assert not Letter.objects.filter(person=shut).exists()
        assert view_of(shut, concern.pk, now=NOW) is None
        transaction.set_rollback(True)
