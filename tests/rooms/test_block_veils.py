"""Covered words in a room: told to one browser alone, and nothing in the room moves for anybody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hearthside.rooms.queries.aliases import alias_of
from hearthside.rooms.queries.state import scene_of, state_of
from hearthside.safety.models import Block
from tests import world
from tests.rooms import rooms
from tests.rooms.rooms import Table

pytestmark = pytest.mark.django_db


def test_only_whoever_covers_somebody_is_told_and_the_room_stays_as_it_was(table: Table) -> None:
    now = timezone.now()
    room = rooms.open_room(starts_at=now)
    owner, other = (rooms.inside(room, table, now=now) for _ in range(2))
    alias = alias_of(room.pk, other.pk).hex()
    before = state_of(room.pk, now=now)
    browser = world.browser(owner)
    answer = browser.post(f"/rooms/{room.pk}/veil/", {"alias": alias, "action": "mute"})
    assert answer.json() == {"veiled": [alias]}
    later = now + timedelta(seconds=5)
    scene = scene_of(room.pk, now=later)
    assert scene is not None
    assert scene.you(owner.pk, last_no=0)["veiled"] == [alias]
    assert scene.you(other.pk, last_no=0)["veiled"] == []
    assert state_of(room.pk, now=now) == before
    answer = browser.post(f"/rooms/{room.pk}/veil/", {"alias": alias, "action": "unmute"})
    assert answer.json() == {"veiled": []}
    assert not Block.objects.exists()


def test_nobody_covers_somebody_who_is_not_there_or_from_outside(table: Table) -> None:
    now = timezone.now()
    room = rooms.open_room(starts_at=now)
    owner, stranger = rooms.inside(room, table, now=now), world.person()
    alias = alias_of(room.pk, stranger.pk).hex()
    told = {"alias": alias, "action": "mute"}
    assert world.browser(owner).post(f"/rooms/{room.pk}/veil/", told).status_code == 404
    own = {"alias": alias_of(room.pk, owner.pk).hex(), "action": "mute"}
    assert world.browser(owner).post(f"/rooms/{room.pk}/veil/", own).status_code == 409
    assert world.browser(stranger).post(f"/rooms/{room.pk}/veil/", own).status_code == 404
    assert world.browser(owner).post(f"/rooms/{room.pk}/veil/", {}).status_code == 400
