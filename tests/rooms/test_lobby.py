"""The lobby: what somebody is told before they come in, and coming in by one tap."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearthside.groups.enums import RoleKind
from hearthside.groups.models import GroundRules
from hearthside.rooms.enums import Exclusion, Part, Phase, Stance
from hearthside.rooms.models import Entry, Outside, Room
from tests import world
from tests.groups.counting import own_queries
from tests.rooms import rooms
from tests.rooms.rooms import Table
from tests.world import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def lobby(room: Room, client: Client) -> str:
    return client.get(reverse("room_lobby", args=[room.pk])).content.decode()


def ticked(room: Room, **fields: object) -> dict[str, object]:
    rules = room.group.ground_rules.first()
    assert rules is not None
    return {"stance": "listen", "ground_rules": rules.pk, "accepts_rules": "on", **fields}


def test_only_those_with_a_chair_find_the_lobby(table: Table) -> None:
    room = rooms.room(starts_at=timezone.now())
    seated = table.seat(room)
    coordinator = world.role(RoleKind.COORDINATOR, site=room.group.site)
    path = reverse("room_lobby", args=[room.pk])
    assert world.browser(seated).get(path).status_code == 200
    for stranger in (coordinator, world.role(RoleKind.OPERATOR), world.member(room.group)):
        assert world.browser(stranger).get(path).status_code == 404
    assert world.browser().get(path).status_code == 302


def test_the_lobby_tells_what_will_happen_and_who_can_read(table: Table) -> None:
    group = world.group(
        format="online", what_happens="We check in, then talk.", first_visit="You are greeted."
    )
    robin = world.role(RoleKind.GREETER, world.person("Robin"), group=group)
    world.role(RoleKind.FACILITATOR, world.person("Quill"), group=group)
    room = rooms.room(group, starts_at=timezone.now())
    page = lobby(room, world.browser(table.seat(room)))
    for words in (
        "We check in, then talk.",
        "Check-in round",
        "20 min",
        "<strong>Quill</strong> leads the meeting",
        "What is said here stays here.",
        "Only people in this room can read what is said.",
        "read what was said before",
        "When the meeting closes, it is erased.",
        "no expert from outside has checked",
        "Go in",
    ):
        assert words in page
    assert str(robin) not in page
    newcomer = lobby(room, world.browser(table.seat(room, is_first_time=True)))
    assert "<strong>Robin</strong> looks out for newcomers" in newcomer
    assert "You are greeted." in newcomer


def test_listening_is_chosen_already_for_whoever_would_rather_listen(table: Table) -> None:
    room = rooms.room(starts_at=timezone.now())
    listener = lobby(room, world.browser(table.seat(room)))
    talker = lobby(room, world.browser(table.seat(room, is_listening_only=False)))
    assert 'value="listen" required id="id_stance_1" checked' in listener
    assert 'value="speak" required id="id_stance_0" checked' in talker


def test_one_tick_and_one_tap_lead_into_the_room(table: Table) -> None:
    room = rooms.room(starts_at=timezone.now())
    person = table.seat(room)
    client, path = world.browser(person), reverse("room_lobby", args=[room.pk])
    without = client.post(path, ticked(room, accepts_rules=""))
    assert "Please read the ground rules and tick this box." in without.content.decode()
    assert not Entry.objects.exists()
    answer = client.post(path, ticked(room))
    assert answer.headers["Location"] == reverse("room", args=[room.pk])
    assert Entry.objects.get().stance == Stance.LISTEN
    assert "Go back in" in lobby(room, client)


def test_rules_that_change_while_somebody_reads_are_shown_again(table: Table) -> None:
    room = rooms.room(starts_at=timezone.now())
    client, sent = world.browser(table.seat(room)), ticked(room)
    GroundRules.objects.create(group=room.group, version=2, text="A new rule.", written_at=NOW)
    page = client.post(reverse("room_lobby", args=[room.pk]), sent).content.decode()
    assert "The ground rules have just changed" in page
    assert "A new rule." in page
    assert not Entry.objects.exists()


def test_before_the_door_opens_the_page_says_when_and_asks_again(table: Table) -> None:
    now = timezone.now()
    room = rooms.room(starts_at=now + 40 * MINUTE)
    client, path = world.browser(table.seat(room)), reverse("room_lobby", args=[room.pk])
    page = lobby(room, client)
    assert "The door opens:" in page
    assert "Go in" not in page
    asks = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "here"}
    assert client.get(f"{path}?known=early-waiting-0-0", **asks).status_code == 204  # type: ignore[arg-type]
    Room.objects.update(starts_at=now + 10 * MINUTE)
    part = client.get(f"{path}?known=early-waiting-0-0", **asks).content.decode()  # type: ignore[arg-type]
    assert "The door is open." in part
    assert "Go in" in part
    assert "<html" not in part


def test_a_form_that_somebody_fills_in_is_not_taken_away(table: Table) -> None:
    room = rooms.room(starts_at=timezone.now() + MINUTE)
    client, path = world.browser(table.seat(room)), reverse("room_lobby", args=[room.pk])
    rooms.entry(room, world.person(), now=timezone.now())
    asks = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "here"}
    part = client.get(f"{path}?known=open-waiting-0-0", **asks).content.decode()  # type: ignore[arg-type]
    assert "1 person is here already." in part
    assert "Go in" not in part


def test_a_closed_door_says_when_the_group_meets_next(table: Table) -> None:
    now = timezone.now()
    room = rooms.open_room(starts_at=now - 20 * MINUTE)
    table.next = (now + timedelta(days=7), "/meetings/next/")
    page = lobby(room, world.browser(table.seat(room)))
    assert "the door is closed" in page
    assert 'href="/meetings/next/"' in page
    assert "Go in" not in page


def test_the_page_says_whether_a_meeting_is_over_or_was_called_off(table: Table) -> None:
    closed: dict[str, Any] = {"phase": Phase.CLOSED, "closed_at": timezone.now()}
    over, called_off = rooms.open_room(**closed), rooms.room(**closed)
    person = table.seat(over, table.seat(called_off))
    assert "This meeting is over." in lobby(over, world.browser(person))
    assert "This meeting did not take place." in lobby(called_off, world.browser(person))


def test_too_few_people_are_told_so_and_whoever_leads_chooses(table: Table) -> None:
    room = rooms.room(starts_at=timezone.now() - 2 * MINUTE)
    leader = rooms.inside(room, table, Part.FACILITATOR, now=timezone.now())
    rooms.inside(room, table, now=timezone.now())
    member = lobby(room, world.browser(table.seat(room)))
    assert "2 of you are here." in member
    assert "begin with 3 or more" in member
    assert "Begin all the same" not in member
    choice = lobby(room, world.browser(leader))
    assert "Begin all the same" in choice
    assert "Call it off" in choice


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Exclusion.HELD, "asked you to wait outside"),
        (Exclusion.REMOVED, "For today, you can"),
    ],
)
def test_whoever_is_outside_reads_a_calm_page(table: Table, kind: Exclusion, words: str) -> None:
    room = rooms.open_room(starts_at=timezone.now())
    person = rooms.inside(room, table, now=timezone.now())
    out = Outside.objects.create(room=room, person=person, kind=kind, from_at=room.starts_at)
    client, path = world.browser(person), reverse("room_lobby", args=[room.pk])
    page = lobby(room, client)
    assert words in page
    assert ("Talk with a facilitator in private" in page) == (kind == Exclusion.HELD)
    assert "Find somebody to talk to" in page
    asks = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "outside"}
    assert client.get(f"{path}?known={kind}", **asks).status_code == 204  # type: ignore[arg-type]
    out.delete()
    part = client.get(f"{path}?known={kind}", **asks).content.decode()  # type: ignore[arg-type]
    assert "You can go back in." in part


def test_the_room_leads_whoever_is_not_in_it_to_the_lobby(table: Table) -> None:
    room = rooms.open_room(starts_at=timezone.now())
    answer = world.browser(table.seat(room)).get(reverse("room", args=[room.pk]))
    assert answer.headers["Location"] == reverse("room_lobby", args=[room.pk])


def test_how_somebody_comes_is_changed_from_inside_only(table: Table) -> None:
    room = rooms.open_room(starts_at=timezone.now())
    person = rooms.inside(room, table)
    path = reverse("room_stance", args=[room.pk])
    assert world.browser(person).post(path, {"stance": "time"}).status_code == 204
    assert Entry.objects.get().stance == Stance.TIME
    assert world.browser(person).post(path, {"stance": "shout"}).status_code == 400
    assert world.browser(table.seat(room)).post(path, {"stance": "time"}).status_code == 404


@pytest.mark.parametrize("people", [1, 3])
def test_the_lobby_costs_the_same_however_many_are_there(table: Table, people: int) -> None:
    room = rooms.room(starts_at=timezone.now())
    for _ in range(people):
        rooms.inside(room, table, Part.GREETER, now=timezone.now())
    # The room, who is outside, whom a measure keeps out, one's entry, who is here, the team, the ground rules.
    assert own_queries(world.browser(table.seat(room)), f"/rooms/{room.pk}/") == 7
