"""Concerns: whom they reach and never reach, how they go on, and that none is lost without an answer."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests import world
from tests.meetings.people import letters_to, reachable
from tests.safety.concerned import about, called, fresh, lead, raised, readers, watched
from tests.world import NOW

from hearthside.accounts.actions import people
from hearthside.groups.enums import RoleKind
from hearthside.notices.models import Letter
from hearthside.safety.actions import concerns as actions
from hearthside.safety.actions.concern_refusals import (
    AlreadyAnswered,
    NothingToAppeal,
    NotYoursToJudge,
    TooManyCalls,
    TooManyConcerns,
)
from hearthside.safety.enums import ConcernState, Done, StepKind
from hearthside.safety.models import Concern, ConcernStep

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=3)


def close(concern: Concern, by: object, words: str = "We spoke with them.") -> None:
    actions.close(concern=concern, done=Done.SPOKE, words=words, by=by, now=LATER)  # type: ignore[arg-type]


def test_a_concern_reaches_safety_leads_by_a_letter_that_names_nobody_and_nothing() -> None:
    safety, robin = lead(), reachable(world.person("robin-red"))
    concern = raised(robin, subject=about(label="Living with a stoma"), words="He shouted.")
    assert readers(concern) == {safety}
    assert letters_to(safety) == ["report"]
    letter = Letter.objects.get(person=safety)
    assert f"/concerns/{concern.pk}/" in letter.text
    secrets = ("robin", "stoma", "shouted")
    assert not [told for told in secrets if told in (letter.subject + letter.text).lower()]


def test_whoever_it_is_about_and_whoever_raised_it_never_get_it() -> None:
    shut, other, robin = lead(), lead(), lead()
    concern = raised(robin, subject=about(shut))
    assert readers(concern) == {other}
    assert letters_to(shut) == letters_to(robin) == []


def test_where_no_safety_lead_is_left_those_who_coordinate_that_site_answer_and_then_operators() -> (
    None
):
    group = world.group()
    shut, operator = lead(), world.role(RoleKind.OPERATOR)
    world.role(RoleKind.COORDINATOR, site=world.site("York"))
    concern = raised(world.person(), subject=about(shut, group=group.pk))
    assert readers(concern) == {operator}
    local = world.role(RoleKind.COORDINATOR, site=group.site)
    assert readers(concern) == {local}
    of_nothing = raised(world.person(), subject=about(shut))
    assert readers(of_nothing) == {operator}


def test_where_nobody_is_left_it_waits_for_whoever_comes() -> None:
    shut = lead()
    concern = raised(world.person(), subject=about(shut))
    assert readers(concern) == set()
    newcomer = lead()
    assert readers(concern) == {newcomer}


def test_a_second_tap_on_the_same_form_is_one_concern_and_other_words_are_another() -> None:
    robin, once, subject = world.person(), uuid4(), about()
    first = raised(robin, subject=subject, once=once)
    assert raised(robin, subject=subject, once=once) == first
    other = raised(robin, subject=subject, once=once, words="And something else.")
    assert other != first
    # The form of another person leads to nobody's concern but their own.
    assert raised(world.person(), subject=subject, once=once) != first
    assert Concern.objects.count() == 3


def test_every_step_is_a_row_and_the_state_only_goes_on() -> None:
    safety, second, robin = lead(), lead(), reachable()
    concern = raised(robin)
    assert actions.see(concern=concern, by=safety, now=NOW)
    assert not actions.see(concern=concern, by=second, now=LATER)
    actions.say(concern=concern, words="Can you tell us more?", by=safety, now=LATER)
    actions.add(concern=concern, words="It was on Tuesday.", by=robin, now=LATER)
    close(concern, safety)
    with pytest.raises(AlreadyAnswered):
        close(concern, second)
    with pytest.raises(AlreadyAnswered):
        actions.say(concern=concern, words="Late.", by=safety, now=LATER)
    with pytest.raises(AlreadyAnswered):
        actions.add(concern=concern, words="Late.", by=robin, now=LATER)
    actions.appeal(concern=concern, words="That is not it.", by=robin, now=LATER)
    with pytest.raises(NothingToAppeal):
        actions.appeal(concern=concern, words="Again.", by=robin, now=LATER)
    with pytest.raises(AlreadyAnswered):
        close(concern, safety)
    actions.settle(concern=concern, done=Done.CHANGED, words="You are right.", by=second, now=LATER)
    with pytest.raises(NothingToAppeal):
        actions.appeal(concern=concern, words="Again.", by=robin, now=LATER)
    assert not actions.see(concern=concern, by=safety, now=LATER)
    assert fresh(concern).state == ConcernState.SETTLED
    kinds = [step.kind for step in ConcernStep.objects.filter(concern=concern)]
    assert sorted(kinds) == sorted(["raised", "seen", "said", "added", "closed", "appealed", "settled"])  # fmt: skip
    # Of each piece of news one letter, and none of them names anybody.
    assert letters_to(robin) == ["report"] * 3
    texts = " ".join(Letter.objects.filter(person=robin).values_list("text", flat=True))
    assert str(safety) not in texts
    assert str(second) not in texts


def test_the_second_look_is_never_by_the_one_who_answered_and_reaches_the_next_circle() -> None:
    safety, operator, robin = lead(), world.role(RoleKind.OPERATOR, reachable()), world.person()
    concern = raised(robin)
    close(concern, safety)
    actions.appeal(concern=concern, words="No.", by=robin, now=LATER)
    assert watched(concern).judges_of(fresh(concern)) == [operator]
    assert letters_to(operator) == ["report"]
    assert operator in readers(concern)
    with pytest.raises(NotYoursToJudge):
        actions.settle(concern=concern, done=Done.WATCH, words="Same.", by=safety, now=LATER)
    actions.settle(concern=concern, done=Done.WATCH, words="I agree.", by=operator, now=LATER)
    assert fresh(concern).state == ConcernState.SETTLED


def test_time_alone_never_makes_a_concern_go_away() -> None:
    safety = lead()
    waiting, answered = raised(world.person()), raised(world.person())
    close(answered, safety)
    years = NOW + timedelta(days=3000)
    assert actions.erase_expired(now=LATER + timedelta(days=179)) == 0
    assert actions.erase_expired(now=years) == 1
    assert list(Concern.objects.all()) == [waiting]
    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.filter(pk=waiting.pk).update(erase_on=years.date())


def test_an_appeal_keeps_it_from_being_erased() -> None:
    safety, robin = lead(), world.person()
    concern = raised(robin)
    close(concern, safety)
    actions.appeal(concern=concern, words="No.", by=robin, now=LATER)
    assert actions.erase_expired(now=NOW + timedelta(days=3000)) == 0


def test_whoever_floods_the_slow_lane_is_told_and_a_call_is_kept_all_the_same() -> None:
    lead()
    robin = world.person()
    for _ in range(actions.CONCERNS_AN_HOUR):
        raised(robin)
    with pytest.raises(TooManyConcerns):
        raised(robin)
    assert called(robin).state == ConcernState.RECEIVED
    raised(world.person())
    raised(robin, now=NOW + timedelta(minutes=61))
    assert Concern.objects.count() == actions.CONCERNS_AN_HOUR + 3


def test_a_script_that_calls_without_end_is_refused_in_words_and_nobody_is_flooded_with_letters() -> (
    None
):
    safety, robin = lead(), world.person()
    for _ in range(actions.CALLS_AN_HOUR):
        called(robin)
    with pytest.raises(TooManyCalls):
        called(robin)
    assert Concern.objects.count() == actions.CALLS_AN_HOUR
    # Three calls, and one letter about all that came on top.
    assert letters_to(safety) == ["call", "call", "call", "report"]
    called(world.person())


def test_a_deleted_account_leaves_the_concern_without_its_name_and_frees_whom_it_was_about() -> (
    None
):
    safety, robin, wren = lead(), world.person(), world.person()
    concern = raised(robin, subject=about(wren))
    people.erase(person=robin, now=NOW)
    people.erase(person=wren, now=NOW)
    kept = fresh(concern)
    assert (kept.raised_by, list(kept.parties.all())) == (None, [])
    assert readers(concern) == {safety}
    close(concern, safety)


def test_nothing_is_answered_that_nobody_has_seen() -> None:
    safety, concern = lead(), raised(world.person())
    close(concern, safety)
    step = ConcernStep.objects.get(concern=concern, kind=StepKind.SEEN)
    assert step.by == safety
    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.filter(pk=concern.pk).update(seen_at=None)
