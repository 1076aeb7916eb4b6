"""After a place was offered: a no, an undo, a withdrawal, what ran out, and the letters about it."""

from datetime import timedelta

import pytest

from hearthside.groups.enums import RoleKind
from hearthside.meetings.models import Seat
from hearthside.notices.enums import Kind
from hearthside.notices.models import Letter
from hearthside.placing.actions import invitations
from hearthside.placing.actions.refusals import (
    PlaceIsGone,
    SaidNo,
    TooLateToUndo,
)
from hearthside.placing.enums import Because
from hearthside.placing.models import Invitation
from hearthside.placing.queries.waiting import places_left
from tests import world
from tests.placing.people import (
    a_group,
    agreeing,
    belongs,
    full_but_one,
    offered,
    say_yes,
    waiting,
)
from tests.world import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
NEXT_WEEK = NOW + timedelta(days=7)


def test_a_no_keeps_waiting_frees_the_place_and_is_for_good() -> None:
    group = full_but_one()
    made = offered(group)
    invitations.decline(invitation=made, now=LATER)
    assert places_left(group, now=LATER) == 1
    assert made.request.is_open()
    with pytest.raises(SaidNo):
        offered(group, made.request, now=NEXT_WEEK)


def test_a_reason_may_be_added_to_a_no_and_goes_with_the_next_offer() -> None:
    made = offered(a_group())
    invitations.decline(invitation=made, now=NOW)
    invitations.decline(invitation=made, because=Because.TIME, now=LATER)
    made.refresh_from_db()
    assert (made.because, made.answered_at) == (Because.TIME, NOW)
    offered(a_group(), made.request, now=LATER)
    made.refresh_from_db()
    assert made.because == ""
    assert made.is_declined()


def test_a_no_is_undone_while_there_is_a_place() -> None:
    group = full_but_one()
    made = offered(group)
    invitations.decline(invitation=made, because=Because.TIME, now=NOW)
    invitations.take_back_no(invitation=made, now=LATER)
    made.refresh_from_db()
    assert made.stands(now=LATER)
    assert made.because == ""
    invitations.decline(invitation=made, now=LATER)
    offered(group, now=LATER)
    with pytest.raises(PlaceIsGone):
        invitations.take_back_no(invitation=made, now=LATER)


def test_a_yes_is_undone_until_the_first_meeting_and_gives_the_seat_back() -> None:
    group = a_group()
    meeting = world.meeting(group)
    made = offered(group)
    say_yes(made, seat_at=meeting)
    invitations.take_back_yes(invitation=made, now=LATER)
    made.refresh_from_db()
    assert made.stands(now=LATER)
    assert made.request.is_open()
    assert not belongs(made.request.person, group)
    assert not Seat.objects.open().exists()
    say_yes(made, now=LATER)
    with pytest.raises(TooLateToUndo):
        invitations.take_back_yes(invitation=made, now=meeting.starts_at)


def test_undoing_a_yes_takes_nobody_out_who_was_there_before() -> None:
    group = a_group()
    made = offered(group)
    world.member(group, made.request.person)
    say_yes(made)
    invitations.take_back_yes(invitation=made, now=LATER)
    assert belongs(made.request.person, group)


def test_a_place_is_withdrawn_once_and_only_while_it_stands() -> None:
    made = offered(a_group())
    assert invitations.withdraw(invitation=made, now=LATER)
    assert not invitations.withdraw(invitation=made, now=LATER)
    made.refresh_from_db()
    assert not made.has_lapsed(now=NEXT_WEEK)
    with pytest.raises(PlaceIsGone):
        say_yes(made, now=LATER)


def test_what_ran_out_is_put_away_once() -> None:
    made, other = offered(a_group()), offered(a_group(), now=LATER)
    assert invitations.expire_due(now=NEXT_WEEK) == 1
    assert invitations.expire_due(now=NEXT_WEEK) == 0
    made.refresh_from_db()
    other.refresh_from_db()
    assert (made.withdrawn_at, other.withdrawn_at) == (NEXT_WEEK, None)
    assert made.request.is_open()


def test_the_letter_names_nothing_in_its_subject_and_everything_in_its_text() -> None:
    group = a_group(name="Living with a stoma")
    world.meeting(group)
    made = offered(group)
    letter = Letter.objects.get(kind=Kind.PLACE)
    assert letter.person == made.request.person
    assert letter.subject == "We have a suggestion for you"
    for said in ("Living with a stoma", "Tuesday 24 November, 7 p.m.", str(made.pk), "30 November"):
        assert said in letter.text
    assert letter.expires_at == made.expires_at


def test_the_letter_speaks_the_persons_language_by_their_clock() -> None:
    group = a_group()
    world.meeting(group)
    person = agreeing(world.person(language="es", time_zone="America/New_York"))
    offered(group, waiting(group.site, person))
    letter = Letter.objects.get(kind=Kind.PLACE)
    assert "New York" in letter.text
    assert letter.language == "es"


def test_an_unsent_letter_is_called_off_and_a_sent_one_is_answered_by_another() -> None:
    quiet, told = offered(a_group()), offered(a_group())
    Letter.objects.filter(person=told.request.person).update(sent_at=NOW)
    for made in (quiet, told):
        invitations.withdraw(invitation=made, now=LATER)
    assert not Letter.objects.waiting().filter(person=quiet.request.person).exists()
    after = Letter.objects.waiting().get(person=told.request.person)
    assert after.subject == "About our suggestion"
    assert told.group.name not in after.text


def test_nothing_of_an_offer_is_lost_when_the_coordinator_leaves() -> None:
    group = a_group()
    coordinator = world.role(RoleKind.COORDINATOR, site=group.site)
    made = invitations.invite(
        request=waiting(group.site), group=group, proposal=None, by=coordinator, now=NOW
    )
    coordinator.delete()
    assert Invitation.objects.get(pk=made.pk).by is None
