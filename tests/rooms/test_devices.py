"""Browsers and their key packages: made known once, handed out once, and only to people in the same room."""

import json
import os
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from hearthside.accounts.models import Person
from hearthside.rooms.actions import devices
from hearthside.rooms.actions.devices import DEVICES_MAX, PACKAGES_MAX, Packages
from hearthside.rooms.enums import Exclusion
from hearthside.rooms.models import Device, KeyPackage, Outside, Room
from tests import world
from tests.meetings.test_seats_raced import at_once
from tests.rooms import rooms
from tests.rooms.people import base64url, tell
from tests.rooms.rooms import Table
from tests.world import NOW

pytestmark = pytest.mark.django_db

SOON = NOW + timedelta(days=30)


def packages(once: int = 1, *, last_resort: bytes | None = None) -> Packages:
    return Packages([os.urandom(100) for _ in range(once)], last_resort, SOON)


def known(person: Person, fingerprint: str = "a" * 64, minute: int = 0) -> Device:
    moment = NOW + timedelta(minutes=minute)
    return devices.make_known(
        person=person, fingerprint=fingerprint, packages=packages(), now=moment
    )


def test_the_same_key_told_again_is_the_same_browser() -> None:
    person = world.person()
    first, again = known(person), known(person, minute=5)
    assert first == again
    assert Device.objects.get().seen_at == NOW + timedelta(minutes=5)
    assert KeyPackage.objects.filter(device=first).count() == 2


def test_a_key_that_somebody_else_told_as_well_is_another_browser() -> None:
    assert known(world.person()) != known(world.person())


def test_beyond_ten_browsers_the_one_unseen_for_longest_is_ended() -> None:
    person = world.person()
    made = [known(person, f"{number:064x}", number) for number in range(DEVICES_MAX)]
    known(person, f"{0:064x}", 50)
    known(person, "f" * 64, 60)
    ended = Device.objects.get(ended_at__isnull=False)
    assert ended == made[1]
    assert not KeyPackage.objects.filter(device=ended).exists()
    assert Device.objects.in_use().count() == DEVICES_MAX


def test_a_browser_that_was_ended_and_comes_back_is_in_use_again() -> None:
    device = known(world.person())
    devices.end(device=device, now=NOW)
    assert not Device.objects.in_use().exists()
    assert known(device.person, minute=9) == device
    assert Device.objects.in_use().exists()


def test_a_room_learns_of_a_new_browser_and_changes_its_keys_when_one_is_ended(
    table: Table,
) -> None:
    room = rooms.open_room()
    person = rooms.inside(room, table)
    device = known(person)
    room.refresh_from_db()
    assert room.revision == 1
    journal = rooms.journal(room, epoch=7)
    rooms.voice(journal, device)
    devices.end(device=device, now=NOW)
    room.refresh_from_db()
    journal.refresh_from_db()
    assert room.revision > 1
    assert journal.floor_epoch == 7


def test_more_key_packages_than_anybody_needs_are_not_kept() -> None:
    device = known(world.person())
    left = devices.publish(
        device=device, packages=packages(PACKAGES_MAX), now=NOW + timedelta(minutes=1)
    )
    assert left == PACKAGES_MAX
    assert KeyPackage.objects.filter(device=device, made_at=NOW).count() == 0


def test_a_new_one_for_last_takes_the_place_of_the_old_one() -> None:
    device = rooms.device(world.person())
    for data in (b"old", b"new"):
        devices.publish(device=device, packages=packages(0, last_resort=data), now=NOW)
    kept = KeyPackage.objects.get(device=device)
    assert (bytes(kept.data), kept.is_last_resort) == (b"new", True)


@pytest.fixture
def room(table: Table) -> Room:
    return rooms.open_room()


@pytest.fixture
def member(room: Room, table: Table) -> Person:
    return rooms.inside(room, table)


def claimed(room: Room, *found: Device) -> list[bytes]:
    asked = devices.claim(room=room, devices=[device.pk for device in found], now=NOW)
    return [each.data for each in asked]


def test_a_key_package_is_handed_out_once_and_the_last_one_again_and_again(
    room: Room, member: Person
) -> None:
    device = rooms.device(member)
    rooms.key_package(device, data=b"last", is_last_resort=True)
    rooms.key_package(device, data=b"first", made_at=NOW - timedelta(hours=1))
    rooms.key_package(device, data=b"second")
    rooms.key_package(device, data=b"too old", expires_at=NOW)
    assert [claimed(room, device) for _ in range(4)] == [[b"first"], [b"second"], [b"last"], [b"last"]]  # fmt: skip


def test_a_browser_named_twice_in_one_claim_gives_one_key_package(
    room: Room, member: Person
) -> None:
    device = rooms.device(member)
    rooms.key_package(device)
    rooms.key_package(device)
    assert len(claimed(room, device, device)) == 1
    assert KeyPackage.objects.count() == 1


def test_nobody_outside_the_room_gives_a_key_package(
    room: Room, member: Person, table: Table
) -> None:
    lobby = table.seat(room)
    held, left_group, stranger = (
        rooms.inside(room, table),
        rooms.inside(room, table),
        world.person(),
    )
    Outside.objects.create(room=room, person=held, kind=Exclusion.HELD, from_at=NOW)
    table.clear(room, left_group)
    found = [rooms.device(who) for who in (member, lobby, held, left_group, stranger)]
    for device in (*found, ended := rooms.device(member, ended_at=NOW)):
        rooms.key_package(device, data=device.pk.bytes)
    assert claimed(room, *found, ended) == [found[0].pk.bytes]


@pytest.mark.parametrize("count", [1, 3])
def test_a_claim_costs_the_same_for_one_browser_and_for_many(
    room: Room, table: Table, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found = [rooms.device(rooms.inside(room, table)) for _ in range(count)]
    for device in found:
        rooms.key_package(device)
    # Two are the savepoint: who came, who is outside, the lock, which, what, and gone.
    with django_assert_num_queries(9):
        assert len(claimed(room, *found)) == count


@pytest.mark.django_db(transaction=True)
def test_twenty_who_let_the_same_browser_in_at_once_each_get_a_key_package_of_their_own(
    room: Room, member: Person
) -> None:
    device = rooms.device(member)
    for number in range(15):
        rooms.key_package(device, data=bytes([number]))
    rooms.key_package(device, data=b"last", is_last_resort=True)
    results = at_once(*[lambda: claimed(room, device)] * 20)
    given = Counter(data for result in results if isinstance(result, list) for data in result)
    assert given == {**{bytes([number]): 1 for number in range(15)}, b"last": 5}


@pytest.mark.django_db(transaction=True)
def test_a_browser_that_makes_itself_known_ten_times_at_once_is_one(room: Room) -> None:
    person = world.person()
    results = at_once(*[lambda: known(person)] * 10)
    assert not [result for result in results if isinstance(result, Exception)]
    assert Device.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_new_browsers_at_once_are_no_more_than_ten_in_use(room: Room) -> None:
    person = world.person()
    acts = [lambda number=number: known(person, f"{number:064x}", number) for number in range(20)]
    results = at_once(*acts)
    assert not [result for result in results if isinstance(result, Exception)]
    assert Device.objects.in_use().count() == DEVICES_MAX


def good() -> dict[str, object]:
    return {
        "fingerprint": "0" * 64,
        "packages": [base64url(b"one"), base64url(b"two")],
        "last_resort": base64url(b"last"),
        "expires": (timezone.now() + timedelta(days=30)).isoformat(),
    }


def test_a_browser_makes_itself_known_publishes_more_and_lets_another_in(table: Table) -> None:
    room = rooms.open_room(starts_at=timezone.now())
    owner, other = (rooms.inside(room, table, now=timezone.now()) for _ in range(2))
    answer = tell(world.browser(owner), "room_devices", **good())
    device = json.loads(answer.content)["device"]
    more = tell(world.browser(owner), "room_packages", device, **good())
    assert json.loads(more.content) == {"left": 4}
    claim = tell(world.browser(other), "room_claim", room.pk, devices=[device])
    [found] = json.loads(claim.content)["packages"]
    assert found["device"] == device
    assert found["data"] in (base64url(b"one"), base64url(b"two"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"fingerprint": "A" * 64},
        {"fingerprint": "0" * 63},
        {"fingerprint": None},
        {"packages": "AA"},
        {"packages": ["A"]},
        {"packages": ["A+/="]},
        {"packages": [""]},
        {"packages": [base64url(b"x" * 8193)]},
        {"packages": ["AA"] * (PACKAGES_MAX + 1)},
        {"last_resort": 7},
        {"expires": "tomorrow"},
        {"expires": "2099-01-01T00:00:00"},
        {"expires": "2099-01-01T00:00:00Z"},
        {"expires": "2001-01-01T00:00:00Z"},
        {"expires": None},
    ],
    ids=str,
)
def test_what_is_no_key_package_is_refused_and_nothing_is_kept(wrong: dict[str, object]) -> None:
    answer = tell(world.browser(world.person()), "room_devices", **{**good(), **wrong})
    assert answer.status_code == 400
    assert not Device.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_what_is_not_json_is_refused(body: bytes) -> None:
    client = world.browser(world.person())
    answer = client.post("/rooms/devices/", body, content_type="application/json")
    assert answer.status_code == 400


def test_nobody_publishes_for_a_browser_of_somebody_else() -> None:
    device = rooms.device(world.person())
    answer = tell(world.browser(world.person()), "room_packages", device.pk, **good())
    assert answer.status_code == 404
    assert not KeyPackage.objects.exists()


def test_nobody_outside_the_room_claims_anything(table: Table) -> None:
    room = rooms.open_room(starts_at=timezone.now())
    device = rooms.device(rooms.inside(room, table, now=timezone.now()))
    rooms.key_package(device, expires_at=timezone.now() + timedelta(days=1))
    for who in (table.seat(room), world.person()):
        answer = tell(world.browser(who), "room_claim", room.pk, devices=[str(device.pk)])
        assert answer.status_code == 404
    assert KeyPackage.objects.exists()
