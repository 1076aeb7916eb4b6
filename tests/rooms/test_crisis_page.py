"""Help beside one's own words, as the server puts it on a room's page: it needs no line, and the server learns nothing."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import hearthside.rooms
from hearthside.groups.models import Experience, Group
from hearthside.rooms.enums import Part
from hearthside.rooms.models import Room
from hearthside.rooms.queries.crisis import TENDER, help_in, is_tender
from hearthside.safety import helplines
from hearthside.safety.country import COOKIE
from tests import world
from tests.rooms import rooms
from tests.rooms.rooms import Table

pytestmark = pytest.mark.django_db
SCRIPTS = Path(hearthside.rooms.__file__).parent / "static" / "rooms" / "crisis"
CARDS = {"now", "abuse", "medical", "reality", "harm", "other", "past", "bereaved"}


def live(of: Group | None = None) -> Room:
    return rooms.open_room(of, starts_at=timezone.now())


def page(room: Room, client: Client, *, country: str = "GB", language: str = "en") -> str:
    client.cookies[COOKIE] = country
    answer = client.get(reverse("room", args=[room.pk]), headers={"Accept-Language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def told(html: str, name: str) -> str:
    found = re.search(rf'data-room-page[^>]* data-{name}="([^"]*)"', html)
    assert found, name
    return found[1]


def about(group: Group, slug: str, parent: Experience | None = None) -> Experience:
    experience, _made = Experience.objects.get_or_create(slug=slug, defaults={"parent": parent})
    group.experiences.add(experience)
    return experience


def test_every_card_stands_on_the_page_with_the_numbers_of_my_country(table: Table) -> None:
    room = live()
    html = page(room, world.browser(rooms.inside(room, table)))
    cards = re.findall(r'<section[^>]*data-card="(\w+)".*?</section>', html, re.DOTALL)
    assert set(cards) == CARDS
    assert len(cards) == len(CARDS)
    for card in re.findall(r"<section[^>]*data-card=.*?</section>", html, re.DOTALL):
        assert 'href="tel:999"' in card or 'href="tel:112"' in card
    now = re.search(r'<section[^>]*data-card="now".*?</section>', html, re.DOTALL)
    assert now is not None
    assert now[0].count('href="tel:') == 2
    elsewhere = page(room, world.browser(rooms.inside(room, table)), country="-")
    assert 'href="tel:' not in elsewhere
    assert "In the European Union it is 112." in elsewhere


def test_the_card_about_abuse_has_the_line_for_it_and_the_way_out(table: Table) -> None:
    room = live()
    html = page(room, world.browser(rooms.inside(room, table)))
    card = re.search(r'<section[^>]*data-card="abuse".*?</section>', html, re.DOTALL)
    assert card is not None
    line = help_in(room.group, country="GB", now=timezone.now()).abuse
    assert line is not None
    assert line.kind is helplines.Kind.DOMESTIC_ABUSE
    assert f'href="{line.link}"' in card[0]
    assert 'data-do="leave"' in card[0]


def test_help_has_a_door_in_the_rooms_head_and_a_panel_that_needs_no_line(table: Table) -> None:
    room = live()
    member = rooms.inside(room, table)
    for client in (
        world.browser(member),
        world.browser(rooms.inside(room, table, Part.FACILITATOR)),
    ):
        html = page(room, client)
        head = re.search(r'<header class="room-head">.*?</header>', html, re.DOTALL)
        panel = re.search(r'data-panel="help".*?</section>', html, re.DOTALL)
        assert head is not None
        assert panel is not None
        assert 'data-opens="help"' in head[0]
        assert panel[0].count('href="tel:') == 3
    side = rooms.side_room(room, member)
    rooms.entry(side, member)
    assert 'data-opens="help"' in page(side, world.browser(member))


def test_whoever_leads_or_is_in_a_private_word_already_has_nobody_to_tell(table: Table) -> None:
    room = live()
    member = rooms.inside(room, table)
    assert 'data-tells="yes"' in page(room, world.browser(member))
    assert 'data-tells="yes"' not in page(
        room, world.browser(rooms.inside(room, table, Part.FACILITATOR))
    )
    side = rooms.side_room(room, member)
    rooms.entry(side, member)
    assert 'data-tells="yes"' not in page(side, world.browser(member))


def test_the_groups_languages_are_read_and_the_readers_own_beside_them(table: Table) -> None:
    group = world.group(format="online", languages=["pl", "en-GB", "en"])
    room = live(group)
    html = page(room, world.browser(rooms.inside(room, table)), language="es")
    assert told(html, "spoken") == "pl en"
    assert told(html, "languages") == "pl en es"
    assert 'data-say="language.pl">polski<' in html
    group.languages = []
    group.save()
    html = page(room, world.browser(rooms.inside(room, table)))
    assert told(html, "spoken") == told(html, "languages") == "en"


@pytest.mark.parametrize("slug", sorted(TENDER))
def test_rooms_about_suicide_or_a_loss_are_known_by_what_the_group_lives_with(slug: str) -> None:
    group = world.group(format="online")
    assert not is_tender(group)
    about(group, "alcohol")
    assert not is_tender(group)
    about(group, slug)
    assert is_tender(group)


def test_what_is_part_of_a_loss_at_any_depth_counts_and_what_is_beside_it_does_not() -> None:
    grief = Experience.objects.create(slug="grief")
    mood = Experience.objects.create(slug="mood")
    grief.related.add(mood)
    group = world.group(format="online")
    about(group, "sadness", mood)
    assert not is_tender(group)
    about(group, "our-own-word", Experience.objects.create(slug="grief-parent", parent=grief))
    assert is_tender(group)


def test_the_vocabulary_that_comes_along_has_every_tender_word() -> None:
    words = (Path(hearthside.rooms.__file__).parents[1] / "groups/data/vocabulary.toml").read_text()
    assert not [slug for slug in TENDER if f'id = "{slug}"' not in words]


def test_the_page_says_whether_only_rules_may_raise_a_card(table: Table) -> None:
    room = live()
    member = rooms.inside(room, table)
    assert told(page(room, world.browser(member)), "tender") == "no"
    about(room.group, "suicidal-thoughts")
    assert told(page(room, world.browser(member)), "tender") == "yes"


def test_every_sentence_that_a_script_asks_for_stands_on_the_page(table: Table) -> None:
    room = live()
    html = page(room, world.browser(rooms.inside(room, table)))
    scripts = "\n".join(path.read_text() for path in SCRIPTS.glob("*.js"))
    asked = set(re.findall(r'"(crisis\.\w+)"', scripts))
    assert len(asked) == 8
    assert asked <= set(re.findall(r'data-say="([\w.]+)"', html))


def test_every_act_of_a_card_about_oneself_is_said_in_words() -> None:
    cards = (SCRIPTS.parents[2] / "templates/rooms/crisis/cards.html").read_text()
    now = re.search(r'data-card="now".*?</section>', cards, re.DOTALL)
    assert now is not None
    ranks = re.search(r"RANKS = \{([^}]+)\}", (SCRIPTS / "kinds.js").read_text())
    assert ranks is not None
    for act in re.findall(r"(\w+):", ranks[1]):
        assert re.search(rf'<p data-noticed="{act}">', now[0]), act


def test_no_script_holds_a_sentence_or_speaks_to_a_server() -> None:
    for path in SCRIPTS.glob("*.js"):
        code = re.sub(r"//.*|/\*.*?\*/", "", path.read_text(), flags=re.DOTALL | re.MULTILINE)
        assert re.findall(r'"([A-Z][a-z]+ [a-z][^"]*)"', code) == [], path.name
        assert not re.search(r"\bfetch\(|XMLHttpRequest|sendBeacon|WebSocket|\bimport\(", code), (
            path.name
        )


def test_the_rules_are_served_below_the_address_that_the_page_names(table: Table) -> None:
    room = live()
    rules = told(page(room, world.browser(rooms.inside(room, table))), "rules")
    found = finders.find(f"{rules.removeprefix('/static/')}manifest.json")
    assert isinstance(found, str)
    manifest: dict[str, Any] = json.loads(Path(found).read_text())
    assert "en.json" in manifest["files"]
