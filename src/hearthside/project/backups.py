"""One file with everything an installation must not lose, and the way back."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from hearthside.rooms.models import LIVE

DATABASE = "hearthside.sqlite3"
DUMP = "hearthside.pgdump"
MANIFEST = "manifest.json"
KEPT_FILES = ("secret_key",)


class BackupError(Exception):
    """A backup that cannot be written or read, with what to do about it."""


def write(file: Path) -> None:
    """Write the backup while the site may be running; `file` appears only when it is complete."""
    if file.exists():
        raise BackupError(f"{file} exists already. Name a new file, so that no backup is lost.")
    with tempfile.TemporaryDirectory(dir=file.resolve().parent) as folder:
        stage = Path(folder)
        _dump_database(stage)
        for name in KEPT_FILES:
            if (settings.HOME / name).exists():
                shutil.copy2(settings.HOME / name, stage / name)
        names = sorted(path.name for path in stage.iterdir())
        manifest = {
            "made_at": datetime.now(UTC).isoformat(),
            "sha256": {name: _digest(stage / name) for name in names},
        }
        (stage / MANIFEST).write_text(json.dumps(manifest, indent=1))
        packed = stage / "packed"
        with tarfile.open(packed, "w:gz") as archive:
            for name in [MANIFEST, *names]:
                archive.add(stage / name, arcname=name)
        packed.chmod(0o600)
        packed.replace(file)


def read(file: Path, *, is_replacing: bool) -> Path | None:
    """Bring the backup back; returns the folder in which the former state was set aside, if there was any."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder)
        names = _unpack(file, stage)
        if DUMP in names:
            _restore_postgres(stage / DUMP, is_replacing=is_replacing)
        elif connection.vendor != "sqlite":
            raise BackupError(
                "This backup is of SQLite, but DATABASE_URL names another database. Unset it first."
            )
        aside = _set_aside(names, is_replacing=is_replacing)
        for name in names:
            if name != DUMP:
                shutil.copy2(stage / name, settings.HOME / name)
    return aside


def _dump_database(stage: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(stage / DATABASE) as copy:
            connection.connection.backup(copy)
        _leave_out_rooms(copy)
        copy.close()
        return
    left_out = [f"--exclude-table-data={table}" for table in _tables_of_rooms()]
    _run(["pg_dump", "--format=custom", f"--file={stage / DUMP}", *left_out, _address()])


def _tables_of_rooms() -> list[str]:
    """What passes through live rooms. Threat: a backup outlives the meeting in which nothing was to be kept."""
    return [model._meta.db_table for model in LIVE]  # noqa: SLF001 - Django's public Meta


def _leave_out_rooms(copy: sqlite3.Connection) -> None:
    known = {
        name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    for table in known.intersection(_tables_of_rooms()):
        copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 - the names of our own tables
    copy.commit()
    # Written anew, so that no freed page of the copy holds what was deleted from it.
    copy.execute("PRAGMA journal_mode=DELETE")
    copy.execute("VACUUM")


def _restore_postgres(dump: Path, *, is_replacing: bool) -> None:
    if connection.vendor != "postgresql":
        raise BackupError(
            "This backup is of PostgreSQL. Set DATABASE_URL to the database that it should go to."
        )
    if connection.introspection.table_names() and not is_replacing:
        raise BackupError("That database is not empty. Add --replace to overwrite it.")
    connection.close()
    _run(
        [
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            f"--dbname={_address()}",
            str(dump),
        ]
    )


def _address() -> str:
    values: dict[str, Any] = connection.get_connection_params()
    known = ((key, values.get(key)) for key in ("host", "port", "user", "dbname"))
    return " ".join(f"{key}='{_escaped(str(value))}'" for key, value in known if value)


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace("'", r"\'")


def _environment() -> dict[str, str]:
    """With the password: on a command line, every user of this machine could read it."""
    values: dict[str, Any] = connection.get_connection_params()
    return {**os.environ, "PGPASSWORD": str(values.get("password") or "")}


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, env=_environment()
        )
    except FileNotFoundError as error:
        raise BackupError(
            f"{command[0]} is needed for PostgreSQL. Debian's package is postgresql-client."
        ) from error
    if done.returncode:
        raise BackupError(f"{command[0]} failed: {done.stderr.strip()}")


def _unpack(file: Path, stage: Path) -> list[str]:
    """The names in a sound backup, unpacked; a damaged or foreign file is refused before anything changes."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(stage, filter="data")
        manifest = json.loads((stage / MANIFEST).read_text())
        names = list(manifest["sha256"])
        damaged = [name for name in names if _digest(stage / name) != manifest["sha256"][name]]
    except (tarfile.TarError, EOFError, OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(
            f"{file} is not a whole Hearthside backup. Nothing was changed."
        ) from error
    if damaged or not set(names) <= {DATABASE, DUMP, *KEPT_FILES}:
        raise BackupError(
            f"{file} is damaged ({', '.join(damaged) or 'unknown parts'}). Nothing was changed."
        )
    return names


def _set_aside(names: list[str], *, is_replacing: bool) -> Path | None:
    present = [
        name
        for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", *KEPT_FILES)
        if (settings.HOME / name).exists()
    ]
    if DATABASE in present and DATABASE in names and not is_replacing:
        raise BackupError("There is an installation here already. Add --replace to set it aside.")
    connection.close()
    if not present:
        settings.HOME.mkdir(parents=True, exist_ok=True)
        return None
    aside = settings.HOME / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    aside.mkdir()
    for name in present:
        (settings.HOME / name).rename(aside / name)
    return aside


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
