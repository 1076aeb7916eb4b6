"""After the close, the database holds who agreed and who came: no word, no who-spoke-when, no key of the room.

A real installation with its real settings, read from outside while the server's connections are open: every
table, and every byte of the database and of its write-ahead log.
"""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from hearthside.rooms.actions import closing as closing_of
from hearthside.rooms.actions import turns
from hearthside.rooms.enums import Stance
from hearthside.rooms.queries.aliases import alias_of
from tests import world
from tests.conftest import ROOT
from tests.rooms import rooms
from tests.rooms.rooms import Table
from tests.running import Installation, installed

KINDS = ("payloads", "commitments", "moments", "keys", "aliases")


@contextmanager
def meeting_held(of: Installation) -> Iterator["subprocess.Popen[str]"]:
    environment = of.environment(
        DJANGO_SETTINGS_MODULE="hearthside.project.settings", PYTHONPATH=str(ROOT)
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.rooms.a_meeting_held"],
        env=environment, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.communicate()


def told(process: "subprocess.Popen[str]") -> dict[str, Any]:
    assert process.stdout is not None
    return dict(json.loads(process.stdout.readline()))


def go_on(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def files(of: Installation) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(of.home.glob("hearthside.sqlite3*")))


def dump(of: Installation) -> str:
    with closing(sqlite3.connect(of.home / "hearthside.sqlite3")) as database:
        return "\n".join(database.iterdump()).lower()


def found(secrets: dict[str, list[str]], raw: bytes) -> dict[str, int]:
    """How many of each kind of secret stand in the bytes."""
    return {
        kind: sum(bytes.fromhex(each) in raw for each in dict.fromkeys(secrets[kind]))
        for kind in KINDS
    }


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return installed(tmp_path / "home")


def all_of(secrets: dict[str, list[str]]) -> dict[str, int]:
    return {kind: len(set(secrets[kind])) for kind in KINDS}


def test_the_database_forgets_the_meeting_to_its_last_byte(installation: Installation) -> None:
    with meeting_held(installation) as process:
        secrets = told(process)
        assert found(secrets["closed"], files(installation)) == all_of(secrets["closed"])
        assert secrets["closed"]["payloads"][0] in dump(installation)

        go_on(process)
        assert told(process) == {"log_is_empty": True}
        assert found(secrets["closed"], files(installation)) == dict.fromkeys(KINDS, 0)
        text = dump(installation)
        assert not [each for kind in KINDS for each in secrets["closed"][kind] if each in text]

        # The meeting next door goes on, and the receipts of this one are there.
        assert found(secrets["open"], files(installation)) == all_of(secrets["open"])
        kept = "select count(*), count(kept_until) from rooms_entry where room_id = '{}'"
        assert installation.rows(kept.format(secrets["room"])) == [(5, 5)]
        came = "select people_came from rooms_room where id = '{}'"
        assert installation.rows(came.format(secrets["room"])) == [(5,)]


def test_what_deleted_rows_leave_behind_is_gone_once_the_files_are_written_anew(
    installation: Installation,
) -> None:
    with meeting_held(installation) as process:
        secrets = told(process)
        go_on(process)
        told(process)
        go_on(process)
        told(process)
        assert secrets["open"]["payloads"][0] not in dump(installation)
        assert found(secrets["open"], files(installation))["payloads"]
        go_on(process)
        told(process)
        assert found(secrets["open"], files(installation)) == dict.fromkeys(KINDS, 0)


@pytest.mark.django_db
def test_no_table_of_any_database_holds_the_meeting_after_its_close(table: Table) -> None:
    room = rooms.open_room()
    people = [rooms.inside(room, table) for _ in range(3)]
    journal = rooms.journal(room)
    said = [rooms.envelope(rooms.voice(journal, rooms.device(who))) for who in people]
    for who in people:
        turns.arrive(room_id=room.pk, person_id=who.pk, stance=Stance.SPEAK, now=world.NOW)
    secrets = [
        *(bytes(each.payload).hex() for each in said),
        *(bytes(each.commitment).hex() for each in said),
        *(str(each.at_ms) for each in said),
        *(alias_of(room.pk, who.pk).hex() for who in people),
        bytes(journal.group_info).hex(),
    ]
    assert all(secret in every_table() for secret in secrets)
    closing_of.close(room=room, by=None, now=world.NOW)
    assert not [secret for secret in secrets if secret in every_table()]
    assert str(room.pk.hex) in every_table().replace("-", "")


def every_table() -> str:
    """Each row of each table, bytes as hex."""
    lines = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            lines += [" ".join(map(_plain, row)) for row in cursor.fetchall()]
    return "\n".join(lines)


def _plain(value: Any) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)
