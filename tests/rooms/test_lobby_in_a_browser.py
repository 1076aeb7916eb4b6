"""What only a browser can show of the pages around a room: a door that opens by itself, and answers kept on the device."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from hearthside.accounts.models import Person
from hearthside.rooms.enums import Exclusion, Part
from hearthside.rooms.models import Outside, Room
from tests.journeys.reader import Reader
from tests.rooms import rooms
from tests.rooms.rooms import Table

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def told(live_server: LiveServer) -> str:
    return live_server.url.replace("127.0.0.1", "localhost")


def reader(chromium: Browser, told: str, person: Person) -> Reader:
    made = Reader(chromium, told, viewport={"width": 390, "height": 780})
    # Time passes when a test says so.
    made.page.clock.install()
    return made.signs_in(person)


def test_the_door_opens_on_the_page_that_waits_for_it(
    chromium: Browser, told: str, table: Table
) -> None:
    room = rooms.room(starts_at=timezone.now() + 30 * MINUTE)
    waiting = reader(chromium, told, table.seat(room))
    waiting.goes(reverse("room_lobby", args=[room.pk]))
    waiting.reads("The door opens:")
    Room.objects.update(starts_at=timezone.now() + 10 * MINUTE)
    waiting.page.clock.run_for(16_000)
    waiting.reads("The door is open.")
    waiting.ticks("I would like some time today")
    rooms.entry(room, table.seat(room), now=timezone.now())
    waiting.page.clock.run_for(16_000)
    waiting.reads("1 person is here already.")
    expect(waiting.page.get_by_label("I would like some time today")).to_be_checked()
    waiting.looks()
    waiting.leaves()


def test_whoever_leads_begins_with_those_who_are_here(
    chromium: Browser, told: str, table: Table
) -> None:
    room = rooms.room(starts_at=timezone.now() - MINUTE)
    leading = reader(
        chromium, told, rooms.inside(room, table, Part.FACILITATOR, now=timezone.now())
    )
    leading.goes(reverse("room_lobby", args=[room.pk]))
    leading.reads("1 of you is here.")
    leading.taps("Begin all the same")
    leading.reads("The meeting has begun.")
    assert Room.objects.get().is_open()
    leading.leaves()


def test_how_somebody_felt_stays_in_their_browser(
    chromium: Browser, told: str, table: Table
) -> None:
    room = rooms.open_room(starts_at=timezone.now())
    leaving = reader(chromium, told, rooms.inside(room, table))
    path = reverse("room_goodbye", args=[room.pk])
    leaving.goes(path)
    asked: list[str] = []
    leaving.page.on("request", lambda request: asked.append(request.url))
    leaving.page.get_by_role("group", name="How I felt before").get_by_label(
        "Bad", exact=True
    ).check()
    leaving.page.get_by_role("group", name="How I feel now").get_by_label(
        "Good", exact=True
    ).check()
    leaving.reads("Kept in this browser.")
    assert asked == []
    leaving.looks()
    leaving.goes(path)
    now = leaving.page.get_by_role("group", name="How I feel now")
    expect(now.get_by_label("Good", exact=True)).to_be_checked()
    leaving.button("Forget my answers").click()
    leaving.goes(path)
    expect(now.get_by_label("Good", exact=True)).not_to_be_checked()
    assert leaving.page.evaluate("Object.keys(localStorage)") == []
    leaving.leaves()


def test_whoever_waits_outside_can_ask_for_a_private_word(
    chromium: Browser, told: str, table: Table
) -> None:
    room = rooms.open_room(starts_at=timezone.now())
    person = rooms.inside(room, table, now=timezone.now())
    Outside.objects.create(room=room, person=person, kind=Exclusion.HELD, from_at=room.starts_at)
    outside = reader(chromium, told, person)
    outside.page.route("**/in/", lambda route: route.fulfill(body="The private room"))
    outside.goes(reverse("room_lobby", args=[room.pk]))
    outside.button("Talk with a facilitator in private").click()
    outside.reads("The private room")
    side = Room.objects.get(parent=room)
    assert outside.page.url.endswith(reverse("room", args=[side.pk]))
    outside.page.unroute_all()
    outside.leaves()
