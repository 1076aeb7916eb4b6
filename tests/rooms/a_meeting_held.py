"""A program of its own: fills two rooms of a real installation side by side, and closes one when it is told to.

Started by test_database_dump.py with Django's settings in its environment. Writes one line of JSON with what
must not be found later; at the next line of its input it closes the room; at the next, it deletes what passed
through the other one as carelessly as a database does by itself; at the next, it rids the files of that. After
each it writes a line. It stays until its input ends, with its connections open, as a server does.
"""

import itertools
import json
import os
import sqlite3
import sys
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from hearthside.rooms import ports  # noqa: E402
from hearthside.rooms.actions import closing, traces, turns  # noqa: E402
from hearthside.rooms.enums import Part, Stance  # noqa: E402
from hearthside.rooms.models import Envelope, Journal, Room, Voice, Welcome  # noqa: E402
from hearthside.rooms.queries.aliases import alias_of  # noqa: E402
from tests.rooms import rooms  # noqa: E402
from tests.rooms.rooms import Table  # noqa: E402

SAID = 200
PEOPLE = 4
now = timezone.now()
_minutes = itertools.count(1)


def fill(room: Room, table: Table) -> list[Voice]:
    """People in the room, each with a device, and a talking piece that goes round."""
    journal = rooms.journal(room, group_info=os.urandom(3000))
    voices = []
    for _ in range(PEOPLE):
        person = rooms.inside(room, table, now=now)
        voices.append(rooms.voice(journal, rooms.device(person, now=now)))
        turns.arrive(room_id=room.pk, person_id=person.pk, stance=Stance.SPEAK, now=now)
        Welcome.objects.create(
            journal=journal, device=voices[-1].device, seq=1, data=os.urandom(1500)
        )
    return voices


def speak(by: Voice) -> None:
    rooms.envelope(by, at=now + timedelta(milliseconds=7919 * next(_minutes)))


def secrets_of(room: Room) -> dict[str, Any]:
    """Everything that the close must erase: sealed words, commitments, moments, keys of the room, aliases."""
    journal = Journal.objects.get(room=room)
    said = list(Envelope.objects.filter(journal=journal).values("payload", "commitment", "at_ms"))
    welcomes = Welcome.objects.filter(journal=journal).values_list("data", flat=True)
    people = journal.voices.values_list("person", flat=True)
    return {
        "payloads": [bytes(each["payload"]).hex() for each in said],
        "commitments": [bytes(each["commitment"]).hex() for each in said],
        # As SQLite keeps a number of this size: six bytes, the highest first.
        "moments": [each["at_ms"].to_bytes(6, "big").hex() for each in said],
        "keys": [bytes(journal.group_info)[:64].hex(), *(bytes(each)[:64].hex() for each in welcomes)],
        "aliases": [alias_of(room.pk, person).hex().encode().hex() for person in people],
    }  # fmt: skip


def tell(what: dict[str, Any]) -> None:
    """Say it, and wait to be told to go on."""
    print(json.dumps(what), flush=True)
    sys.stdin.readline()


def main() -> None:
    table = Table()
    ports._seatings[:] = [table]
    held, other = rooms.open_room(starts_at=now), rooms.open_room(starts_at=now)
    leader = rooms.inside(held, table, Part.FACILITATOR, now=now)
    voices, others = fill(held, table), fill(other, table)
    for number in range(SAID):
        speak(voices[number % PEOPLE])
        speak(others[number % PEOPLE])
    told = {"closed": secrets_of(held), "open": secrets_of(other), "room": held.pk.hex}
    # The gateway has a connection of its own, which stays open.
    gateway = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
    gateway.execute("SELECT count(*) FROM rooms_envelope").fetchall()
    tell(told)
    closing.close(room=held, by=leader, now=now + timedelta(minutes=90))
    tell({"log_is_empty": traces.empty_log()})
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=OFF")
    Journal.objects.filter(room=other).delete()
    tell({})
    traces.write_anew()
    tell({})
    gateway.close()


if __name__ == "__main__":
    main()
