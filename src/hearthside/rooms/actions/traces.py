"""What a deleted row leaves behind in the files of a database, and how it goes from there as well."""

from datetime import datetime
from typing import Final

from django.db import connection

from hearthside.rooms.models import LIVE, Envelope, Journal, Room, Welcome

# How long the log of SQLite may be in use by others before we try again later.
LOG_WAIT_MS: Final = 1000
# A database is written anew in memory, and nobody else can write meanwhile: half a second for this size.
ANEW_MAX_BYTES: Final = 100 * 2**20
# The largest number that SQLite keeps in as many bytes as a moment.
NO_MOMENT: Final = 2**47 - 1

ENVELOPE, JOURNAL, WELCOME = (model._meta.db_table for model in (Envelope, Journal, Welcome))  # noqa: SLF001 - Django's public Meta
OF_ROOM: Final = f"journal_id IN (SELECT id FROM {JOURNAL} WHERE room_id = %s)"  # noqa: S608 - our own tables
# Each value by one of the same length, so that SQLite writes it in the same place.
BLANK_SAID: Final = f"""
UPDATE {ENVELOPE} SET payload = zeroblob(length(payload)), commitment = zeroblob(length(commitment)),
    at_ms = {NO_MOMENT} WHERE {OF_ROOM}
"""  # noqa: S608
BLANK_WELCOMES: Final = f"UPDATE {WELCOME} SET data = zeroblob(length(data)) WHERE {OF_ROOM}"  # noqa: S608
BLANK_JOURNAL: Final = f"""
UPDATE {JOURNAL} SET group_info = zeroblob(length(group_info)),
    circle = '"' || substr(hex(zeroblob(length(circle))), 1, length(circle) - 2) || '"'
WHERE room_id = %s
"""  # noqa: S608


def blank(*, room: Room) -> None:
    """Overwrite what passed through the room, in place; call it before the rows are deleted.

    SQLite overwrites what it deletes (`secure_delete`), but deleting moves neighbours about, and where
    they stood a copy can stay. Of these rows it is a copy of nothing.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for statement in (BLANK_SAID, BLANK_WELCOMES, BLANK_JOURNAL):
            cursor.execute(statement, [room.pk.hex])


def empty_log() -> bool:
    """Cut SQLite's write-ahead log, which holds older copies of pages, to nothing; False while others read it."""
    if connection.vendor != "sqlite":
        return True
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={LOG_WAIT_MS}")
        busy, _pages, _moved = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.execute(f"PRAGMA busy_timeout={int(patience)}")
    return not busy


def write_anew() -> None:
    """Rid the files of every copy of deleted rows: SQLite's whole database, PostgreSQL's tables of rooms.

    Nothing happens inside a transaction, or to an SQLite database larger than ANEW_MAX_BYTES.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            pages = cursor.execute("PRAGMA page_count").fetchone()[0]
            if pages * cursor.execute("PRAGMA page_size").fetchone()[0] <= ANEW_MAX_BYTES:
                # In memory: a temporary file would be one more copy on the disk.
                cursor.execute("PRAGMA temp_store=MEMORY")
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA temp_store=DEFAULT")
        else:
            for model in LIVE:
                cursor.execute(f"VACUUM {model._meta.db_table}")  # noqa: SLF001 - Django's public Meta
    empty_log()


def closed_since(*, moment: datetime) -> bool:
    """Whether any room was closed after that moment."""
    return Room.objects.filter(closed_at__gt=moment).exists()
