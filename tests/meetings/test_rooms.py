"""Meetings meet in rooms: who has a chair, when the way in is shown, and which door leads there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from hearthside.accounts.models import Person
from hearthside.groups.actions import membership
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Membership
from hearthside.meetings import actions
from hearthside.meetings.actions.refusals import HasNoRoom, MeetingIsCancelled, MeetingIsOver
from hearthside.meetings.enums import DutyKind, Mark
from hearthside.meetings.models import Attendance, Duty, Meeting
from hearthside.meetings.queries.chairs import chair_of, chairs_at
from hearthside.notices.models import Letter
from hearthside.rooms.enums import Part
from hearthside.rooms.models import Room
from hearthside.rooms.queries.chairs import chairs_of
from tests import world
from tests.meetings.in_rooms import may_be_in, meeting_in_room, online, room_in, seated
from tests.meetings.people import leader, ready
from tests.world import NOW

pytestmark = pytest.mark.django_db

ENTER, OPENS, CLOSED = "Enter the room", "The room opens:", "The room is closed."


def soon(minutes: int = 10, **fields: object) -> Meeting:
    """A meeting that many minutes from now, of a group that meets in a room."""
    starts_at = timezone.now() + timedelta(minutes=minutes)
    return world.meeting(online(), starts_at=starts_at, **fields)


def page(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_a_seat_gives_a_chair_as_the_person_wants_to_come() -> None:
    meeting = meeting_in_room()
    listening = seated(meeting, is_listening_only=True)
    talking = seated(meeting, is_listening_only=False)
    chairs = chairs_of(room_in(meeting), now=NOW)
    assert {key: chair.part for key, chair in chairs.items()} == {
        listening.pk: Part.MEMBER,
        talking.pk: Part.MEMBER,
    }
    assert chairs[listening.pk].is_listening_only
    assert not chairs[talking.pk].is_listening_only


def test_who_came_to_the_group_before_is_not_here_for_the_first_time() -> None:
    meeting = meeting_in_room()
    new, missed, known = seated(meeting), seated(meeting), seated(meeting)
    earlier = world.meeting(meeting.group, starts_at=NOW - timedelta(days=7))
    for person, mark in ((missed, Mark.MISSED), (known, Mark.LATE)):
        Attendance.objects.create(meeting=earlier, person=person, mark=mark, recorded_at=NOW)
    first = {chair.person for chair in chairs_at(meeting, now=NOW) if chair.is_first_time}
    assert first == {new, missed}


def test_the_team_has_a_chair_without_a_seat_and_leading_counts_for_more_than_greeting() -> None:
    meeting = meeting_in_room()
    both = leader(meeting.group, RoleKind.GREETER, leader(meeting.group))
    greeter = seated(meeting, leader(meeting.group, RoleKind.GREETER, ready(meeting.group)))
    chairs = {chair.person: chair for chair in chairs_at(meeting, now=NOW)}
    assert chairs[both].part == Part.FACILITATOR
    assert chairs[greeter].part == Part.GREETER
    assert not any(chair.is_first_time for chair in chairs.values())


def test_who_said_that_they_lead_this_meeting_has_a_chair_and_who_has_not_answered_has_none() -> (
    None
):
    meeting = meeting_in_room()
    standing_in, silent = world.person(), world.person()
    for person, confirmed_at in ((standing_in, NOW), (silent, None)):
        Duty.objects.create(
            meeting=meeting, person=person, kind=DutyKind.LEAD, asked_at=NOW, confirmed_at=confirmed_at
        )  # fmt: skip
    assert [(chair.person, chair.part) for chair in chairs_at(meeting, now=NOW)] == [
        (standing_in, Part.FACILITATOR)
    ]


def test_nobody_else_may_be_in_the_room() -> None:
    meeting = meeting_in_room()
    sitting = seated(meeting)
    world.seat(meeting, ready(meeting.group), number=None)
    seated(meeting, number=2, released_at=NOW)
    gone = seated(meeting)
    Membership.objects.filter(person=gone).update(until_at=NOW)
    barred = seated(meeting)
    barred_leader = leader(meeting.group)
    Person.objects.filter(pk__in=[barred.pk, barred_leader.pk]).update(is_active=False)
    ready(meeting.group)
    world.role(RoleKind.COORDINATOR, site=meeting.group.site)
    world.role(RoleKind.COORDINATOR)
    world.role(RoleKind.OPERATOR)
    world.role(RoleKind.SAFETY_LEAD)
    leader(online())
    former = leader(meeting.group)
    former.roles.update(until_at=NOW)
    assert may_be_in(meeting) == {sitting}


def test_nobody_may_be_in_the_room_of_a_cancelled_meeting() -> None:
    meeting = meeting_in_room()
    person = seated(meeting)
    assert chair_of(person, meeting, now=NOW) is not None
    cancelled = actions.cancel(meeting=meeting, message="", by=None, now=NOW)
    assert chairs_at(Meeting.objects.with_group().get(pk=cancelled.pk), now=NOW) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_chairs_cost_five_queries_however_many_there_are(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = meeting_in_room()
    for _ in range(rows):
        seated(meeting)
        leader(meeting.group)
        leader(meeting.group, RoleKind.GREETER)
    room = room_in(meeting)
    with django_assert_num_queries(5):
        assert len(chairs_of(room, now=NOW)) == 3 * rows


def test_a_room_is_made_when_the_first_person_asks_and_is_the_same_for_all() -> None:
    meeting = world.meeting(online())
    first = actions.room_of(meeting=meeting, now=NOW)
    assert actions.room_of(meeting=Meeting.objects.get(pk=meeting.pk), now=NOW) == first
    assert (first.starts_at, first.ends_at) == (meeting.starts_at, meeting.ends_at)
    assert Room.objects.get().group == meeting.group


def test_no_room_is_made_for_a_meeting_elsewhere_nor_for_one_that_is_off_or_over() -> None:
    with pytest.raises(HasNoRoom):
        actions.room_of(meeting=world.meeting(world.group()), now=NOW)
    over = world.meeting(online(), starts_at=NOW - timedelta(hours=3))
    with pytest.raises(MeetingIsOver):
        actions.room_of(meeting=over, now=NOW)
    off = world.meeting(online())
    actions.cancel(meeting=off, message="", by=None, now=NOW)
    with pytest.raises(MeetingIsCancelled):
        actions.room_of(meeting=off, now=NOW)
    assert not Room.objects.exists()


def test_the_door_of_a_meeting_leads_those_with_a_chair_to_the_lobby() -> None:
    meeting = soon()
    door = reverse("meeting_room", args=[meeting.pk])
    for person in (seated(meeting), leader(meeting.group)):
        answer = world.browser(person).get(door)
        assert answer["Location"] == reverse("room_lobby", args=[room_in(meeting).pk])
        assert world.browser(person).get(answer["Location"]).status_code == 200
    assert Room.objects.count() == 1


def test_a_coordinator_without_a_seat_comes_to_the_meetings_page_and_finds_no_lobby() -> None:
    meeting = soon()
    coordinator = world.role(RoleKind.COORDINATOR, site=meeting.group.site)
    client, door = world.browser(coordinator), reverse("meeting_room", args=[meeting.pk])
    assert client.get(door)["Location"] == meeting.get_absolute_url()
    # Nobody without a chair makes a room either.
    assert not Room.objects.exists()
    room = actions.room_of(meeting=meeting, now=timezone.now())
    for name in ("room_lobby", "room"):
        assert client.get(reverse(name, args=[room.pk])).status_code == 404
    seated(meeting, ready(meeting.group, coordinator))
    assert client.get(reverse("room_lobby", args=[room.pk])).status_code == 200


def test_the_door_tells_strangers_nothing() -> None:
    hidden = soon()
    hidden.group.stage = "draft"
    hidden.group.save()
    client = world.browser(world.person())
    assert client.get(reverse("meeting_room", args=[hidden.pk])).status_code == 404
    signed_out = Client().get(reverse("meeting_room", args=[hidden.pk]))
    assert reverse("account_login") in signed_out["Location"]


@pytest.mark.parametrize(("minutes", "words"), [(20, OPENS), (14, ENTER), (-30, ENTER)])
def test_who_has_a_seat_sees_the_way_in_from_fifteen_minutes_before(
    minutes: int, words: str
) -> None:
    meeting = soon(minutes)
    client = world.browser(seated(meeting))
    for shown in (page(client, "meeting", meeting.pk), page(client, "my_meetings")):
        assert [each for each in (ENTER, OPENS, CLOSED) if each in shown] == [words]


@pytest.mark.parametrize(("minutes", "words"), [(70, OPENS), (50, ENTER)])
def test_who_leads_sees_the_way_in_from_an_hour_before(minutes: int, words: str) -> None:
    meeting = soon(minutes)
    client = world.browser(leader(meeting.group))
    for shown in (page(client, "meeting", meeting.pk), page(client, "today")):
        assert [each for each in (ENTER, OPENS, CLOSED) if each in shown] == [words]


def test_the_way_in_is_shown_to_nobody_else_and_only_where_there_is_a_room() -> None:
    meeting, elsewhere = soon(), world.meeting(world.group(), starts_at=timezone.now())
    coordinator = world.role(RoleKind.COORDINATOR, site=meeting.group.site)
    waiting = ready(meeting.group)
    world.seat(meeting, waiting, number=None)
    for person in (None, coordinator, waiting, ready(meeting.group)):
        shown = page(world.browser(person), "meeting", meeting.pk)
        assert not [each for each in (ENTER, OPENS, CLOSED) if each in shown]
    assert "you are not in its room" in page(world.browser(coordinator), "meeting", meeting.pk)
    client = world.browser(seated(elsewhere))
    assert ENTER not in page(client, "meeting", elsewhere.pk)
    assert "in writing" in page(Client(), "meeting", meeting.pk)
    assert "in writing" not in page(Client(), "meeting", elsewhere.pk)


def test_a_meeting_that_runs_late_keeps_its_way_in_until_the_room_closes() -> None:
    meeting = soon()
    client = world.browser(seated(meeting))
    room = actions.room_of(meeting=meeting, now=timezone.now())
    start = timezone.now() - timedelta(minutes=95)
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=start, ends_at=start + timedelta(minutes=90)
    )
    shown = page(client, "meeting", meeting.pk)
    assert ENTER in shown
    assert "its room is still open" in shown
    Room.objects.filter(pk=room.pk).update(phase="closed", closed_at=timezone.now())
    shown = page(client, "meeting", meeting.pk)
    assert CLOSED in shown
    assert ENTER not in shown


def test_a_link_of_a_group_with_a_room_is_an_extra_for_those_with_a_seat() -> None:
    meeting = world.meeting(online(link="https://voice.example.org/x"))
    person = ready(meeting.group)
    assert "voice.example.org" not in page(world.browser(person), "meeting", meeting.pk)
    shown = page(world.browser(seated(meeting, person)), "meeting", meeting.pk)
    assert "Voice or video" in shown
    assert "voice.example.org" in shown
    assert "Join here" not in shown


def test_the_letter_before_a_meeting_leads_to_its_room() -> None:
    group = online()
    meeting = world.meeting(group, starts_at=NOW + timedelta(minutes=50))
    seated(meeting, seated_at=NOW - timedelta(days=2))
    there = world.meeting(world.group(), starts_at=NOW + timedelta(minutes=50))
    seated(there, seated_at=NOW - timedelta(days=2))
    actions.remind(now=NOW)
    letters = {letter.person_id: letter.text for letter in Letter.objects.filter(kind="soon")}
    door = reverse("meeting_room", args=[meeting.pk])
    assert door in letters[meeting.seats.get().person_id]
    assert "/room/" not in letters[there.seats.get().person_id]


def test_a_visitor_who_leaves_the_group_is_led_to_no_lobby() -> None:
    meeting = soon()
    person = seated(meeting)
    room = actions.room_of(meeting=meeting, now=timezone.now())
    lobby = reverse("room_lobby", args=[room.pk])
    client = world.browser(person)
    assert client.get(lobby).status_code == 200
    own = Membership.objects.select_related("group", "person").get(person=person)
    membership.leave(membership=own, now=timezone.now())
    assert client.get(lobby).status_code == 404
