"""The room's page as the server writes it: who gets it, what stands in it for whom, and that no sentence is missing."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import hearthside.rooms
from hearthside.groups.enums import RoleKind
from hearthside.rooms.enums import Exclusion, Part, Phase
from hearthside.rooms.models import Outside, Room, RoomRules
from tests import world
from tests.groups.counting import own_queries
from tests.rooms import rooms
from tests.rooms.rooms import Table

pytestmark = pytest.mark.django_db
SCRIPTS = Path(hearthside.rooms.__file__).parent / "static" / "rooms" / "room"
# What the room can be told, and a sentence must be there for.
KINDS = {
    "line": ("connecting", "joining", "open", "waiting", "offline", "ended"),
    "step": ("welcome", "rules", "check_in", "topic", "close"),
    "announce": ("came", "new_device", "came_again", "went"),
    "announce.own": ("new_device", "came_again", "went"),
    "why": ("waiting", "paused", "listening", "held", "turn", "connecting"),
    "piece": ("free", "paused", "idle", "offered", "held", "offered_to_me", "mine"),
    "part": ("facilitator", "greeter"),
    "mark": ("listen", "time"),
    "out": ("hold", "remove"),
    "who": ("with_you", "me_too", "thank_you"),
}


def page(room: Room, client: Client) -> str:
    answer = client.get(reverse("room", args=[room.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def live() -> Room:
    return rooms.open_room(starts_at=timezone.now())


def sentences(html: str) -> set[str]:
    return set(re.findall(r'data-say="([\w.]+)"', html))


def test_only_whoever_came_in_gets_the_page(table: Table) -> None:
    room = live()
    inside = rooms.inside(room, table)
    seated = table.seat(room)
    path = reverse("room", args=[room.pk])
    assert world.browser(inside).get(path).status_code == 200
    lobby = reverse("room_lobby", args=[room.pk])
    assert world.browser(seated).get(path)["Location"] == lobby
    assert world.browser(world.role(RoleKind.OPERATOR)).get(path).status_code == 404
    Room.objects.update(phase=Phase.CLOSED, closed_at=timezone.now())
    assert world.browser(inside).get(path)["Location"] == lobby


def test_help_and_the_way_out_stand_there_and_the_title_tells_nothing(table: Table) -> None:
    room = live()
    html = page(room, world.browser(rooms.inside(room, table)))
    assert "Help now" in html
    assert "Leave quickly" in html
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    assert title is not None
    assert room.group.name not in title[1]


def test_without_javascript_it_says_why_there_is_no_room(table: Table) -> None:
    room = live()
    html = page(room, world.browser(rooms.inside(room, table)))
    told = re.search(r"<noscript>(.*?)</noscript>", html, re.DOTALL)
    assert told is not None
    assert "locked and unlocked on your own device" in told[1]
    assert re.search(r"<room-talk[^>]* hidden", html)


def test_the_facilitators_side_is_sent_to_facilitators_only(table: Table) -> None:
    room = live()
    RoomRules.objects.create(group=room.group, seconds_each=240)
    member, lead = rooms.inside(room, table), rooms.inside(room, table, Part.FACILITATOR)
    seen = page(room, world.browser(lead))
    assert "Only facilitators see this." in seen
    assert '<option value="240" selected>about 4 minutes</option>' in seen
    unseen = page(room, world.browser(member))
    assert "<lead-panel" not in unseen
    assert reverse("room_lead", args=[room.pk]) not in unseen
    assert "A private word with a facilitator" in unseen


def test_who_waits_outside_is_told_to_those_who_can_let_them_in_and_to_nobody_else(
    table: Table,
) -> None:
    room = live()
    held, member = table.seat(room, world.person("blue-raincoat")), rooms.inside(room, table)
    lead = rooms.inside(room, table, Part.FACILITATOR)
    Outside.objects.create(
        room=room, person=held, kind=Exclusion.HELD, by=lead, from_at=timezone.now()
    )
    assert "blue-raincoat is asked to wait outside." in page(room, world.browser(lead))
    assert "blue-raincoat" not in page(room, world.browser(member))
    Room.objects.update(keeper=member)
    assert "blue-raincoat" in page(room, world.browser(member))


def test_a_private_word_has_no_turns_and_leads_back_to_the_meeting(table: Table) -> None:
    room = live()
    member = rooms.inside(room, table)
    side = rooms.side_room(room, member)
    rooms.entry(side, member)
    html = page(side, world.browser(member))
    assert "<talking-piece" not in html
    assert reverse("room_lobby", args=[room.pk]) in html
    assert reverse("room_side_end", args=[side.pk]) in html


def test_every_sentence_that_a_script_asks_for_stands_on_the_page(table: Table) -> None:
    room = live()
    found = sentences(page(room, world.browser(rooms.inside(room, table))))
    scripts = "\n".join(path.read_text() for path in SCRIPTS.glob("*.js"))
    asked = set(re.findall(r'\bsay\("([\w.]+)"', scripts))
    asked |= set(re.findall(r'\bsay\(\w+ \? "([\w.]+)"', scripts))
    counted = set(re.findall(r'\bcount\("([\w.]+)"', scripts)) | {"people.here", "people.in"}
    asked |= {f"{name}.{form}" for name in counted for form in ("one", "other")}
    asked |= {f"{kind}.{name}" for kind, names in KINDS.items() for name in names}
    assert len(asked) > 70
    assert asked - found == set()


def test_no_script_of_the_room_holds_a_sentence() -> None:
    for path in SCRIPTS.glob("*.js"):
        code = re.sub(r"//.*|/\*.*?\*/", "", path.read_text(), flags=re.DOTALL | re.MULTILINE)
        quoted = re.findall(r'"([A-Z][a-z]+ [a-z][^"]*)"', code)
        assert quoted == [], path.name


def test_the_page_costs_the_same_however_many_are_there(table: Table) -> None:
    counts = []
    for people in (1, 3):
        room = live()
        lead = rooms.inside(room, table, Part.FACILITATOR)
        for _each in range(people):
            rooms.inside(room, table)
            gone = table.seat(room)
            Outside.objects.create(
                room=room, person=gone, kind=Exclusion.REMOVED, by=lead, from_at=timezone.now()
            )
        counts.append(own_queries(world.browser(lead), reverse("room", args=[room.pk])))
    assert counts[0] == counts[1]
