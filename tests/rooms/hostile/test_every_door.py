"""Every address of rooms, for every kind of reader who has no business there: as if it did not exist."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.meetings.seating import MeetingSeating
from hearthside.rooms import ports
from hearthside.rooms.actions import reports
from hearthside.rooms.enums import Exclusion, Kind, Part, Phase
from hearthside.rooms.models import Outside, Room
from hearthside.rooms.urls import KEYS, REPORTS, ROOM
from hearthside.safety.models import Concern
from tests import world
from tests.rooms import rooms
from tests.rooms.people import proof
from tests.world import NOW

pytestmark = pytest.mark.django_db
FACTS = {"room_devices", "room_packages", "reports", "report"}
OF_A_ROOM = sorted(
    one.name
    for one in [*ROOM, *KEYS, *REPORTS]
    if isinstance(one, URLPattern) and one.name and one.name not in FACTS
)
# Their own receipt, and what they may do with it, for those who came and may not be there now.
OWN = {"room_leave", "room_goodbye", "room_report"}


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    """A room of a real meeting, in which somebody is."""
    monkeypatch.setattr(ports, "_seatings", [MeetingSeating()])
    group = world.group(format="online")
    made = rooms.open_room(group)
    meeting = world.meeting(group, starts_at=NOW, room=made)
    inside = world.member(group)
    world.seat(meeting, inside)
    rooms.entry(made, inside)
    return made


def coordinator(room: Room) -> Person:
    return world.role(RoleKind.COORDINATOR, site=room.group.site)


def operator(room: Room) -> Person:
    return world.role(RoleKind.OPERATOR)


def safety_lead(room: Room) -> Person:
    return world.role(RoleKind.SAFETY_LEAD)


def member_without_seat(room: Room) -> Person:
    return world.member(room.group)


def facilitator_of_another_group(room: Room) -> Person:
    return world.role(RoleKind.FACILITATOR, group=world.group(format="online"))


def former_member(room: Room) -> Person:
    who = world.member(room.group)
    world.seat(room.meeting, who, number=5)
    who.memberships.update(until_at=timezone.now() - timedelta(days=1))
    return who


def anybody(room: Room) -> Person:
    return world.person()


READERS = [
    coordinator, operator, safety_lead, member_without_seat, facilitator_of_another_group,
    former_member, anybody,
]  # fmt: skip


def answers(browser: Client, name: str, key: UUID) -> set[int]:
    address = reverse(name, args=[key])
    told = {"devices": [], "messages": [], "broken": "0" * 64}
    return {
        browser.get(address).status_code,
        browser.post(address, {"action": "close", "stance": "listen", "turn": 0}).status_code,
        browser.post(address, told, content_type="application/json").status_code,
    }


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", OF_A_ROOM)
def test_who_has_no_chair_finds_nothing_and_learns_nothing(
    room: Room, name: str, reader: Callable[[Room], Person]
) -> None:
    browser = world.browser(reader(room))
    seen = answers(browser, name, room.pk)
    assert seen <= {404, 405}
    assert seen == answers(browser, name, uuid4()), "as for a room that there never was"


@pytest.mark.parametrize("name", OF_A_ROOM)
def test_who_is_not_signed_in_is_led_to_sign_in_from_any_room_and_from_none(
    room: Room, name: str
) -> None:
    assert answers(Client(), name, room.pk) == answers(Client(), name, uuid4())
    assert answers(Client(), name, room.pk) <= {302, 405}


@pytest.mark.parametrize("kind", Exclusion.values)
@pytest.mark.parametrize("name", sorted(set(OF_A_ROOM) - OWN - {"room_lobby", "room", "room_side"}))
def test_who_is_kept_outside_does_nothing_in_the_room(room: Room, name: str, kind: str) -> None:
    who = room.entries.get().person
    Outside.objects.create(room=room, person=who, kind=kind, from_at=timezone.now())
    assert answers(world.browser(who), name, room.pk) <= {404, 405}
    room.refresh_from_db()
    assert room.phase == Phase.OPEN


def test_a_private_word_is_no_address_for_anybody_else_in_the_meeting(room: Room) -> None:
    other = world.member(room.group)
    world.seat(room.meeting, other, number=2)
    rooms.entry(room, other)
    lead = world.role(RoleKind.FACILITATOR, group=room.group)
    second = world.role(RoleKind.FACILITATOR, group=room.group)
    for facilitator in (lead, second):
        rooms.entry(room, facilitator, part=Part.FACILITATOR)
    member = room.entries.exclude(person__in=[other, lead, second]).get().person
    side = rooms.side_room(room, member, lead=lead)
    assert side.kind == Kind.SIDE
    for reader in (other, second):
        for name in OF_A_ROOM:
            assert answers(world.browser(reader), name, side.pk) <= {404, 405}, name


def test_whoever_is_reported_and_whoever_only_runs_the_site_finds_no_report(room: Room) -> None:
    reporter = room.entries.get().person
    about = world.member(room.group)
    world.role(RoleKind.SAFETY_LEAD)
    shown = proof(room, about, "x")
    kept = reports.report(room=room, reporter=reporter, messages=[shown], words="", now=NOW)
    concern = Concern.objects.get(key=kept.pk)
    for reader in (about, coordinator(room), operator(room), anybody(room)):
        browser = world.browser(reader)
        assert browser.get(reverse("report", args=[kept.pk])).status_code == 404
        assert browser.get(reverse("concern", args=[concern.pk])).status_code == 404
        for page in ("reports", "safety_desk"):
            text = browser.get(reverse(page), follow=True).content.decode()
            assert str(concern.pk) not in text
