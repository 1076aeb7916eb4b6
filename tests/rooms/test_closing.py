"""Leaving and closing: quiet, for good, and with an honest receipt."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearthside.rooms import tasks
from hearthside.rooms.actions import closing
from hearthside.rooms.actions import rooms as actions
from hearthside.rooms.actions.receipts import erase_expired
from hearthside.rooms.enums import Exclusion, Part, Phase, Stance
from hearthside.rooms.models import (
    Device,
    Entry,
    Envelope,
    Journal,
    KeyPackage,
    Outside,
    Room,
    Voice,
)
from tests import world
from tests.groups.counting import own_queries
from tests.rooms import rooms
from tests.rooms.rooms import Table
from tests.world import NOW

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def goodbye(room: Room, client: Client) -> str:
    answer = client.get(reverse("room_goodbye", args=[room.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


# Leaving.


def test_leaving_is_one_tap_and_coming_back_another(table: Table) -> None:
    room = rooms.open_room(starts_at=timezone.now())
    person = rooms.inside(room, table, now=timezone.now())
    client = world.browser(person)
    answer = client.post(reverse("room_leave", args=[room.pk]), headers={"Accept": "text/html"})
    assert answer.headers["Location"] == reverse("room_goodbye", args=[room.pk])
    assert Entry.objects.get().left_at
    page = goodbye(room, client)
    assert "Come back in" in page
    assert reverse("room", args=[room.pk]) in page
    assert "check-out" in page


def test_a_script_that_says_goodbye_is_answered_with_nothing(table: Table) -> None:
    room = rooms.open_room(starts_at=timezone.now())
    client = world.browser(rooms.inside(room, table))
    answer = client.post(reverse("room_leave", args=[room.pk]), headers={"Accept": "*/*"})
    assert (answer.status_code, answer.content) == (204, b"")


def test_leaving_a_room_that_was_never_entered_is_nothing(table: Table) -> None:
    room = rooms.open_room()
    stranger = world.browser(table.seat(room))
    assert stranger.post(reverse("room_leave", args=[room.pk])).status_code == 404
    assert stranger.get(reverse("room_goodbye", args=[room.pk])).status_code == 404


# Closing.


def test_a_meeting_comes_to_its_end_before_it_is_closed(table: Table) -> None:
    room = rooms.open_room()
    leader = rooms.inside(room, table, Part.FACILITATOR)
    closing.begin_close(room=room, by=leader, now=NOW + HOUR)
    room.refresh_from_db()
    assert (room.phase, room.revision) == (Phase.CLOSING, 1)
    waiting = rooms.room()
    closing.begin_close(room=waiting, by=leader, now=NOW)
    waiting.refresh_from_db()
    assert waiting.phase == Phase.WAITING


def test_the_close_writes_who_came_and_erases_who_spoke(table: Table) -> None:
    room = rooms.open_room()
    leader = rooms.inside(room, table, Part.FACILITATOR, last_here_at=NOW + HOUR)
    gone = rooms.inside(room, table, left_at=NOW + timedelta(minutes=30))
    lobby_only = rooms.inside(room, table, first_here_at=None, last_here_at=None)
    rooms.envelope(rooms.voice(rooms.journal(room), rooms.device(leader)))
    Outside.objects.create(room=room, person=gone, kind=Exclusion.REMOVED, from_at=NOW)
    closing.close(room=room, by=leader, now=NOW + HOUR)
    (held,) = table.held_rooms
    assert held.by == leader
    assert {(stay.person, stay.came_at, stay.left_at) for stay in held.stays} == {
        (leader, NOW, NOW + HOUR),
        (gone, NOW, NOW + timedelta(minutes=30)),
    }
    for model in (Journal, Voice, Envelope, Outside):
        assert not model.objects.exists()
    room.refresh_from_db()
    assert (room.phase, room.closed_at, room.people_came) == (Phase.CLOSED, NOW + HOUR, 2)
    kept = (NOW + timedelta(days=90)).date()
    assert set(Entry.objects.values_list("kept_until", "stance")) == {(kept, Stance.LISTEN)}
    assert Entry.objects.get(person=lobby_only).first_here_at is None


def test_closing_twice_is_closing_once(table: Table) -> None:
    room = rooms.open_room()
    leader = rooms.inside(room, table, Part.FACILITATOR)
    closing.close(room=room, by=leader, now=NOW + HOUR)
    closing.close(room=room, by=None, now=NOW + 2 * HOUR)
    room.refresh_from_db()
    assert room.closed_at == NOW + HOUR
    assert len(table.held_rooms) == 1


def test_private_words_close_with_their_meeting(table: Table) -> None:
    room = rooms.open_room()
    leader, member = rooms.inside(room, table, Part.FACILITATOR), rooms.inside(room, table)
    side = rooms.side_room(room, member, lead=leader)
    rooms.entry(side, member)
    rooms.envelope(rooms.voice(rooms.journal(side), rooms.device(member)))
    closing.close(room=room, by=leader, now=NOW + HOUR)
    side.refresh_from_db()
    assert side.is_closed()
    assert not Envelope.objects.exists()
    assert [held.room for held in table.held_rooms] == [room]
    two_days = (NOW + HOUR + timedelta(days=2)).date()
    assert Entry.objects.get(room=side).kept_until == two_days


def test_a_meeting_that_never_began_is_told_to_no_roster(table: Table) -> None:
    room = rooms.room()
    rooms.inside(room, table)
    closing.close(room=room, by=None, now=NOW + HOUR)
    assert table.held_rooms == []


def test_rooms_that_nobody_closed_are_closed_by_the_clock(table: Table) -> None:
    long_over = rooms.open_room(starts_at=NOW - timedelta(hours=2))
    running_over = rooms.open_room(starts_at=NOW - timedelta(hours=2) + timedelta(minutes=1))
    rooms.inside(long_over, table)
    assert closing.close_overdue(now=NOW) == 1
    assert set(Room.objects.live()) == {running_over}
    assert [held.by for held in table.held_rooms] == [None]


# Moving and calling off.


def test_a_room_follows_its_meeting_to_another_time() -> None:
    room = rooms.room()
    later = NOW + timedelta(days=1)
    actions.retime(room=room, starts_at=later, ends_at=later + HOUR)
    room.refresh_from_db()
    assert (room.starts_at, room.ends_at, room.revision) == (later, later + HOUR, 1)


def test_a_meeting_called_off_leaves_no_trace_unless_somebody_came(table: Table) -> None:
    empty, entered = rooms.room(), rooms.room()
    rooms.inside(entered, table)
    for room in (empty, entered):
        actions.call_off(room=room, now=NOW)
    assert list(Room.objects.all()) == [entered]
    assert Room.objects.get().is_closed()
    assert Entry.objects.get().kept_until
    assert table.held_rooms == []


def test_no_room_is_made_for_a_meeting_that_is_over() -> None:
    group = world.group(format="online")
    room = actions.open_for(group=group, starts_at=NOW - HOUR, ends_at=NOW + HOUR, now=NOW)
    assert (room.phase, room.group) == (Phase.WAITING, group)
    with pytest.raises(ValueError, match="still to come"):
        actions.open_for(group=group, starts_at=NOW - 2 * HOUR, ends_at=NOW, now=NOW)


# The receipt.


def test_the_receipt_says_what_is_kept_until_when_and_what_is_not(table: Table) -> None:
    now = timezone.now()
    room = rooms.open_room(starts_at=now - HOUR)
    person = rooms.inside(room, table, now=now - HOUR, last_here_at=now)
    rooms.inside(room, table, now=now - HOUR)
    before = goodbye(room, world.browser(person))
    assert "90 days after the meeting closes" in before
    closing.close(room=room, by=None, now=now)
    table.next = (now + timedelta(days=7), "/meetings/next/")
    table.clear(room, person)
    page = goodbye(room, world.browser(person))
    for words in (
        "What was said here is erased.",
        "the ground rules, version 1",
        "2 people came",
        "Nothing of what was said is kept, nor who spoke, nor when.",
        'href="/meetings/next/"',
        "Come back in",
    ):
        assert (words in page) == (words != "Come back in")
    assert Entry.objects.get(person=person).kept_until == (now + timedelta(days=90)).date()


def test_a_private_word_is_on_no_list_of_the_group(table: Table) -> None:
    room = rooms.open_room(starts_at=timezone.now())
    member = rooms.inside(room, table)
    side = rooms.side_room(room, member)
    rooms.entry(side, member)
    closing.close(room=side, by=None, now=timezone.now())
    page = goodbye(side, world.browser(member))
    assert "No list of the group says that you were here." in page
    assert table.held_rooms == []


def test_receipts_keys_and_devices_go_when_their_time_is_over(table: Table) -> None:
    room = rooms.open_room()
    member = rooms.inside(room, table)
    rooms.entry(rooms.side_room(room, member), member)
    old = rooms.device(member, seen_at=NOW - timedelta(days=91))
    used = rooms.device(member)
    for days in (-1, 1):
        rooms.key_package(used, expires_at=NOW + timedelta(days=days))
    speaking = rooms.device(member, seen_at=NOW - timedelta(days=91))
    rooms.voice(rooms.journal(rooms.open_room()), speaking)
    closing.close(room=room, by=None, now=NOW)
    erase_expired(now=NOW)
    assert set(Device.objects.all()) == {used, speaking}
    assert not Device.objects.filter(pk=old.pk).exists()
    assert KeyPackage.objects.count() == 1
    assert Entry.objects.count() == 2
    erase_expired(now=NOW + timedelta(days=2))
    assert not Room.objects.filter(parent=room).exists()
    assert Entry.objects.get().room == room
    erase_expired(now=NOW + timedelta(days=90))
    assert not Entry.objects.exists()
    room.refresh_from_db()
    assert room.people_came == 1


def test_the_clock_closes_and_erases(table: Table) -> None:
    room = rooms.open_room(starts_at=timezone.now() - timedelta(hours=3))
    rooms.inside(room, table)
    assert tasks.close_overdue.call() == 1
    Entry.objects.update(kept_until=timezone.now().date())
    assert tasks.erase_expired.call() == 1


@pytest.mark.parametrize("people", [1, 3])
def test_the_receipt_costs_the_same_however_many_came(table: Table, people: int) -> None:
    room = rooms.open_room(starts_at=timezone.now())
    everyone = [rooms.inside(room, table) for _ in range(people)]
    assert own_queries(world.browser(everyone[0]), f"/rooms/{room.pk}/goodbye/") == 1
