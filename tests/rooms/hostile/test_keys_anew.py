"""Keys that nobody can use, left by somebody with an altered browser: the room begins anew, once, and says whose they were."""

from hashlib import sha256

import pytest

from hearthside.rooms.enums import EnvelopeKind, Part
from hearthside.rooms.models import Journal, Room
from hearthside.rooms.queries.aliases import alias_of
from tests import world
from tests.rooms import rooms
from tests.rooms.people import tell
from tests.rooms.rooms import Table

pytestmark = pytest.mark.django_db

BROKEN = b"no group info at all"
DIGEST = sha256(BROKEN).hexdigest()


def broken_room(table: Table) -> tuple[Room, Journal, str]:
    """A room in epoch 3 whose last change of keys is of somebody's altered browser; their alias."""
    room = rooms.open_room()
    journal = rooms.journal(room, epoch=3, floor_epoch=2, group_info=BROKEN)
    hostile = rooms.inside(room, table)
    by = rooms.voice(journal, rooms.device(hostile))
    rooms.envelope(by, kind=EnvelopeKind.COMMIT, commitment=bytes(32), payload=b"?")
    return room, journal, alias_of(room.pk, hostile.pk).hex()


def test_keys_that_let_nobody_in_are_begun_anew_and_it_is_told_whose_they_were(
    table: Table,
) -> None:
    room, journal, alias = broken_room(table)
    answer = tell(world.browser(rooms.inside(room, table)), "room_keys", room.pk, broken=DIGEST)
    assert answer.status_code == 200
    assert alias in answer.content.decode()
    journal.refresh_from_db()
    assert (journal.epoch, journal.floor_epoch, bytes(journal.group_info)) == (None, -1, b"")
    assert journal.envelopes.count() == 1, (
        "what was said before stays for those who have it to come"
    )


def test_who_tells_of_it_late_does_not_undo_the_new_keys(table: Table) -> None:
    room, journal, _alias = broken_room(table)
    Journal.objects.filter(pk=journal.pk).update(epoch=0, group_info=b"new ones")
    answer = tell(world.browser(rooms.inside(room, table)), "room_keys", room.pk, broken=DIGEST)
    assert answer.json() == {"by": None}  # type: ignore[attr-defined]
    journal.refresh_from_db()
    assert (journal.epoch, bytes(journal.group_info)) == (0, b"new ones")


@pytest.mark.parametrize("said", [{}, {"broken": "x"}, {"broken": DIGEST.upper()}, {"broken": 1}])
def test_what_names_no_keys_is_not_understood(table: Table, said: dict[str, object]) -> None:
    room, _journal, _alias = broken_room(table)
    answer = tell(world.browser(rooms.inside(room, table)), "room_keys", room.pk, **said)
    assert answer.status_code == 400


def test_nobody_outside_a_room_begins_its_keys_anew(table: Table) -> None:
    room, journal, _alias = broken_room(table)
    for person in (world.person(), table.seat(room), table.seat(room, part=Part.FACILITATOR)):
        answer = tell(world.browser(person), "room_keys", room.pk, broken=DIGEST)
        assert answer.status_code == 404
    journal.refresh_from_db()
    assert journal.epoch == 3
