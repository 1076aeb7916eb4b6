"""A backup brings everything back, and a damaged one changes nothing."""

import os
import tarfile
from pathlib import Path
from typing import Any

import pytest

from tests.running import Installation, installed


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return installed(tmp_path / "home")


def people(of: Installation) -> list[Any]:
    return of.rows("select pseudonym from accounts_person order by 1")


def test_a_backup_brings_back_what_was_lost(installation: Installation, tmp_path: Path) -> None:
    installation.add_person("Rowan")
    assert installation.run("backup", str(tmp_path / "kept.tar.gz")).returncode == 0
    key = (installation.home / "secret_key").read_text()
    installation.add_person("Someone later")

    refused = installation.run("restore", str(tmp_path / "kept.tar.gz"))
    assert refused.returncode == 1
    assert "--replace" in refused.stderr

    restored = installation.run("restore", str(tmp_path / "kept.tar.gz"), "--replace")
    assert restored.returncode == 0, restored.stderr
    assert people(installation) == [("Rowan",)]
    assert (installation.home / "secret_key").read_text() == key
    assert list(installation.home.glob("before-restore-*/hearthside.sqlite3"))


def test_a_backup_moves_to_an_empty_machine(installation: Installation, tmp_path: Path) -> None:
    installation.add_person("Rowan")
    installation.run("backup", str(tmp_path / "kept.tar.gz"))
    elsewhere = Installation(tmp_path / "elsewhere")
    assert elsewhere.run("restore", str(tmp_path / "kept.tar.gz")).returncode == 0
    assert people(elsewhere) == [("Rowan",)]


def test_no_backup_holds_the_key_of_cases_and_a_restore_leaves_it_where_it_is(
    installation: Installation, tmp_path: Path
) -> None:
    """Threat: whoever finds a backup opens with it what is sealed inside it."""
    key = (installation.home / "case_key").read_text()
    assert installation.run("backup", str(tmp_path / "kept.tar.gz")).returncode == 0
    with tarfile.open(tmp_path / "kept.tar.gz") as archive:
        files = [archive.extractfile(name) for name in archive.getnames()]
        assert "case_key" not in archive.getnames()
        assert not any(key.encode() in file.read() for file in files if file)
    restored = installation.run("restore", str(tmp_path / "kept.tar.gz"), "--replace")
    assert restored.returncode == 0, restored.stderr
    assert (installation.home / "case_key").read_text() == key


def test_a_damaged_backup_changes_nothing(installation: Installation, tmp_path: Path) -> None:
    installation.add_person("Rowan")
    good = tmp_path / "kept.tar.gz"
    installation.run("backup", str(good))
    whole = good.read_bytes()
    for number, damaged in enumerate([whole[: len(whole) // 2], b"not a backup", b""]):
        bad = tmp_path / f"bad-{number}.tar.gz"
        bad.write_bytes(damaged)
        refused = installation.run("restore", str(bad), "--replace")
        assert refused.returncode == 1
        assert "Nothing was changed" in refused.stderr
        assert people(installation) == [("Rowan",)]


def test_a_backup_with_a_changed_database_inside_is_refused(
    installation: Installation, tmp_path: Path
) -> None:
    good = tmp_path / "kept.tar.gz"
    installation.run("backup", str(good))
    folder = tmp_path / "opened"
    with tarfile.open(good) as archive:
        archive.extractall(folder, filter="data")
    (folder / "hearthside.sqlite3").write_bytes(b"something else")
    bad = tmp_path / "changed.tar.gz"
    with tarfile.open(bad, "w:gz") as archive:
        for path in folder.iterdir():
            archive.add(path, arcname=path.name)
    assert "damaged" in installation.run("restore", str(bad), "--replace").stderr


def test_a_backup_never_overwrites_a_file(installation: Installation, tmp_path: Path) -> None:
    taken = tmp_path / "precious.tar.gz"
    taken.write_text("precious")
    assert installation.run("backup", str(taken)).returncode == 1
    assert taken.read_text() == "precious"


def test_the_password_of_the_database_stands_on_no_command_line(
    installation: Installation, tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    tool = tmp_path / "pg_dump"
    tool.write_text(f'#!/bin/sh\necho "$@ ; $PGPASSWORD" > {seen}\nexit 1\n')
    tool.chmod(0o700)
    installation.run(
        "backup", str(tmp_path / "kept.tar.gz"),
        DATABASE_URL="postgres://o%27brien:hush@127.0.0.1:1/groups",
        PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
    )  # fmt: skip
    shown, _, password = seen.read_text().strip().partition(" ; ")
    assert r"user='o\'brien'" in shown
    assert "hush" not in shown
    assert password == "hush"


A_LIVE_ROOM = """
from tests.rooms import rooms
from tests.rooms.rooms import Table
room = rooms.open_room()
journal = rooms.journal(room)
said = [rooms.envelope(rooms.voice(journal, rooms.device(rooms.inside(room, Table())))) for _ in range(3)]
package = rooms.key_package(said[0].voice.device)
for secret in (said[0].payload, said[1].commitment, journal.group_info, package.data):
    print(secret.hex())
"""
LEFT_OUT = ("envelope", "welcome", "voice", "journal", "keypackage")


def test_nothing_that_passes_through_a_live_room_is_in_a_backup(
    installation: Installation, tmp_path: Path
) -> None:
    secrets = [bytes.fromhex(line) for line in installation.python(A_LIVE_ROOM).split()]
    live = b"".join(path.read_bytes() for path in installation.home.glob("hearthside.sqlite3*"))
    assert all(secret in live for secret in secrets)
    kept = tmp_path / "kept.tar.gz"
    assert installation.run("backup", str(kept)).returncode == 0
    with tarfile.open(kept) as archive:
        archive.extractall(tmp_path / "opened", filter="data")
    copy = (tmp_path / "opened" / "hearthside.sqlite3").read_bytes()
    assert not [secret for secret in secrets if secret in copy]

    # The room itself goes on, and comes back with who was in it.
    assert installation.rows("select count(*) from rooms_envelope") == [(3,)]
    assert installation.run("restore", str(kept), "--replace").returncode == 0
    assert installation.rows("select count(*) from rooms_entry") == [(3,)]
    for table in LEFT_OUT:
        assert installation.rows(f"select count(*) from rooms_{table}") == [(0,)]


def test_a_backup_of_postgres_leaves_out_the_same(
    installation: Installation, tmp_path: Path
) -> None:
    seen, tool = tmp_path / "seen", tmp_path / "pg_dump"
    tool.write_text(f'#!/bin/sh\necho "$@" > {seen}\nexit 1\n')
    tool.chmod(0o700)
    installation.run(
        "backup", str(tmp_path / "kept.tar.gz"), DATABASE_URL="postgres://127.0.0.1:1/groups",
        PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
    )  # fmt: skip
    asked = seen.read_text().split()
    assert [f"--exclude-table-data=rooms_{table}" for table in LEFT_OUT] == [
        word for word in asked if word.startswith("--exclude")
    ]
