"""What a measure closes: rooms, seats, groups and the data of others; and what it leaves open."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import world
from tests.meetings.people import ready
from tests.safety import measuring

from hearthside.groups.actions import membership
from hearthside.groups.actions.ground_rules import accept
from hearthside.groups.enums import RoleKind
from hearthside.groups.queries.belonging import rules_in_force
from hearthside.groups.queries.rights import rights_of
from hearthside.meetings.actions import take_seat
from hearthside.meetings.actions.refusals import OnABreak
from hearthside.meetings.actions.rooms import room_of
from hearthside.meetings.models import Meeting, Seat
from hearthside.rooms.actions import entries
from hearthside.rooms.actions.refusals import KeptOutside
from hearthside.rooms.enums import Part, Phase, Stance
from hearthside.rooms.models import Entry, Room
from hearthside.rooms.queries.chairs import chairs_of
from hearthside.rooms.queries.gate import gate_of
from hearthside.safety.actions import measures

pytestmark = pytest.mark.django_db


def evening() -> tuple[Meeting, Room]:
    """A meeting that runs now, and its open room."""
    now = timezone.now()
    meeting = world.meeting(world.group(format="online"), starts_at=now - timedelta(minutes=5))
    room = room_of(meeting=meeting, now=now)
    Room.objects.filter(pk=room.pk).update(phase=Phase.OPEN, opened_at=now)
    room.refresh_from_db()
    return meeting, room


def seated(meeting: Meeting, number: int = 1) -> Seat:
    return world.seat(meeting, ready(meeting.group), number=number)


def come_in(room: Room, seat: Seat, stance: Stance = Stance.SPEAK) -> Entry:
    now = timezone.now()
    return entries.come_in(
        room=room, person=seat.person, chair=chairs_of(room, now=now)[seat.person_id],
        stance=stance, rules=rules_in_force(room.group), now=now,
    )  # fmt: skip


def test_somebody_in_the_room_is_out_of_it_at_once_and_back_when_it_ends() -> None:
    meeting, room = evening()
    seat, other = seated(meeting), seated(meeting, 2)
    come_in(room, seat)
    come_in(room, other)
    before = room.revision
    held = measuring.hold(seat.person, meeting.group, by=world.person(), now=timezone.now())
    gate = gate_of(room.pk, now=timezone.now())
    assert gate is not None
    assert gate.revision > before
    assert gate.farewell(seat.person_id) == "measure"
    assert gate.farewell(other.person_id) == ""
    with pytest.raises(KeptOutside):
        come_in(room, seat)
    measures.end(measure=held, by=None, now=timezone.now())
    assert come_in(room, seat).part == Part.MEMBER
    # The seat was kept all the time.
    assert Seat.objects.held().filter(pk=seat.pk).exists()


def test_the_lobby_says_so_in_kind_words_and_nobody_else_is_told() -> None:
    meeting, room = evening()
    seat, leader = seated(meeting), world.role(RoleKind.FACILITATOR, group=meeting.group)
    measuring.hold(seat.person, meeting.group, by=world.person(), now=timezone.now())
    page = world.browser(seat.person).get(f"/rooms/{room.pk}/", follow=True).content.decode()
    assert "you are on a break from these meetings" in page
    assert "/me/decisions/" in page
    browser = world.browser(leader)
    entries.come_in(
        room=room, person=leader, chair=chairs_of(room, now=timezone.now())[leader.pk],
        stance=Stance.SPEAK, rules=rules_in_force(room.group), now=timezone.now(),
    )  # fmt: skip
    assert seat.person.pseudonym not in browser.get(f"/rooms/{room.pk}/").content.decode()


def test_listening_only_lets_them_in_and_takes_no_word_of_theirs_but_in_private() -> None:
    meeting, room = evening()
    seat = seated(meeting)
    come_in(room, seat, Stance.SPEAK)
    measuring.restrict(seat.person, meeting.group, by=world.person(), now=timezone.now())
    gate = gate_of(room.pk, now=timezone.now())
    assert gate is not None
    assert gate.guests[seat.person_id].why_not == "measure"
    assert Entry.objects.get(room=room, person=seat.person).stance == Stance.LISTEN
    entries.change_stance(room=room, person=seat.person, stance=Stance.TIME, now=timezone.now())
    assert Entry.objects.get(room=room, person=seat.person).stance == Stance.LISTEN
    assert come_in(room, seat, Stance.SPEAK).stance == Stance.LISTEN
    browser = world.browser(seat.person)
    browser.post(f"/rooms/{room.pk}/side/")
    side = Room.objects.get(parent=room, member=seat.person)
    beside = gate_of(side.pk, now=timezone.now())
    assert beside is not None
    assert beside.guests[seat.person_id].why_not == ""


def test_on_a_break_there_is_no_new_seat_before_it_ends_and_one_after() -> None:
    group, now = world.group(), timezone.now()
    person = ready(group)
    measuring.hold(person, group, by=world.person(), days=7, now=now)
    soon = world.meeting(group, starts_at=now + timedelta(days=2))
    later = world.meeting(group, starts_at=now + timedelta(days=8))
    with pytest.raises(OnABreak):
        take_seat(meeting=soon, person=person, now=now)
    assert take_seat(meeting=later, person=person, now=now).number == 1
    elsewhere = world.meeting(world.group(), starts_at=now + timedelta(days=2))
    ready_there = world.member(elsewhere.group, person)
    rules = elsewhere.group.ground_rules.get()
    accept(ground_rules=rules, person=ready_there, now=now)
    assert take_seat(meeting=elsewhere, person=person, now=now).number == 1


def test_a_suspension_gives_seats_to_others_and_takes_away_what_a_role_shows() -> None:
    group, now = world.group(), timezone.now()
    leader = world.role(RoleKind.FACILITATOR, ready(group), group=group)
    soon = world.meeting(group, starts_at=now + timedelta(days=2))
    later = world.meeting(group, starts_at=now + timedelta(days=5))
    for meeting in (soon, later):
        world.seat(meeting, leader)
    waiting = world.seat(soon, ready(group), number=None)
    assert rights_of(leader, now=now).leads(group)
    measuring.suspend(leader, by=world.role(RoleKind.SAFETY_LEAD), now=now)
    waiting.refresh_from_db()
    # By what is decided today: the three days that one person alone may say.
    assert waiting.number == 1
    assert set(Seat.objects.open().of(leader).values_list("meeting", flat=True)) == {later.pk}
    assert not rights_of(leader, now=now).has_any
    assert world.browser(leader).get(f"/groups/{group.slug}/people/").status_code == 404
    other = world.group()
    with pytest.raises(membership.OnABreak):
        membership.visit(
            group=other, person=world.agree(leader), ground_rules=rules_in_force(other),
            says_it_fits=True, now=now,
        )  # fmt: skip


def test_what_keeps_people_safe_stays_open_to_whoever_is_suspended() -> None:
    person = world.person()
    measuring.suspend(person, by=world.role(RoleKind.SAFETY_LEAD), now=timezone.now())
    browser = world.browser(person)
    for path in ("/help-now/", "/me/", "/me/data/", "/me/decisions/", "/"):
        assert browser.get(path).status_code == 200
