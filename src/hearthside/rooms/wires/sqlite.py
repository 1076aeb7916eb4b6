"""The wire on SQLite: one connection of its own, and few long statements, because each hands the interpreter over."""

import contextlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, ClassVar, Final

from django.db import connection, connections

from hearthside.rooms.models import Device, Envelope, Journal, Voice, Welcome
from hearthside.rooms.wires.order import Ledger, Placed, Row
from hearthside.rooms.wires.writing import WritingWire

# Seconds to wait for another writer, far below the 20 s of pages: a room notices.
PATIENCE: Final = 5.0
# Rows in one statement. Only powers of two, so that few statements are ever prepared.
MOST_ROWS: Final = 64

JOURNAL, ENVELOPE = Journal._meta.db_table, Envelope._meta.db_table  # noqa: SLF001
VOICE, DEVICE, WELCOME = (model._meta.db_table for model in (Voice, Device, Welcome))  # noqa: SLF001

# One row with everything: fetching a row lets another thread take the interpreter.
READ: Final = f"""
SELECT json_group_array(json_array(j.id, j.epoch, j.floor_epoch, j.last_seq,
    (SELECT at_ms FROM {ENVELOPE} WHERE journal_id = j.id AND seq = j.last_seq)))
FROM {JOURNAL} j WHERE j.id IN (SELECT value FROM json_each(?))
"""  # noqa: S608 - names of our own tables
MOVE_ON: Final = f"""
UPDATE {JOURNAL} AS j SET last_seq = json_extract(v.value, '$[1]')
FROM json_each(?) AS v WHERE j.id = json_extract(v.value, '$[0]')
"""  # noqa: S608
NEW_KEYS: Final = f"UPDATE {JOURNAL} SET epoch = ?, group_info = ? WHERE id = ?"  # noqa: S608
# Whoever changed the keys has state, so a welcome that waits for them is stale.
DROP_WELCOMES: Final = f"""
DELETE FROM {WELCOME} WHERE journal_id = ?1 AND (device_id IN (SELECT value FROM json_each(?2))
    OR device_id = (SELECT device_id FROM {VOICE} WHERE id = ?3))
"""  # noqa: S608
ADD_WELCOMES: Final = f"""
INSERT INTO {WELCOME} (journal_id, device_id, seq, data) SELECT ?1, id, ?3, ?4 FROM {DEVICE}
WHERE id IN (SELECT value FROM json_each(?2)) AND ended_at IS NULL
"""  # noqa: S608


def _insert(rows: int) -> str:
    columns = "journal_id, voice_id, seq, no, kind, epoch, at_ms, commitment, payload"
    values = ", ".join(["(?, ?, ?, ?, ?, ?, ?, ?, ?)"] * rows)
    return f"INSERT INTO {ENVELOPE} ({columns}) VALUES {values}"  # noqa: S608


INSERT: Final = {2**power: _insert(2**power) for power in range(MOST_ROWS.bit_length())}


class SqliteWire(WritingWire):
    """WAL with synchronous=FULL: a batch that was committed outlives a crash and a power cut."""

    error: ClassVar[type[Exception]] = sqlite3.Error
    conflict: ClassVar[type[Exception]] = sqlite3.IntegrityError

    def __init__(self) -> None:
        self._file = str(connection.settings_dict["NAME"])
        self._open: sqlite3.Connection | None = None

    @property
    def _database(self) -> sqlite3.Connection:
        if self._open is None:
            self._open = sqlite3.connect(
                self._file,
                timeout=PATIENCE,
                isolation_level=None,
                check_same_thread=False,
                uri=self._file.startswith("file:"),
            )
            self._open.executescript(
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                "PRAGMA foreign_keys=ON; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;"
            )
        return self._open

    def close(self) -> None:
        """Let go of the file; from the thread that published."""
        self._drop()
        connections.close_all()

    def _begin(self) -> None:
        self._database.execute("BEGIN IMMEDIATE")

    def _ledgers(self, journals: set[int]) -> Mapping[int, Ledger]:
        (found,) = self._database.execute(READ, (json.dumps(list(journals)),)).fetchone()
        return {
            journal: Ledger(epoch, floor, seq, at_ms or 0)
            for journal, epoch, floor, seq, at_ms in json.loads(found)
        }

    def _write(self, placed: Placed, ledgers: Mapping[int, Ledger]) -> None:
        self._insert(placed.rows)
        stands = [(journal, ledger.seq) for journal, ledger in ledgers.items()]
        self._database.execute(MOVE_ON, (json.dumps(stands),))
        if placed.changes:
            self._change_keys(placed, ledgers)

    def _insert(self, rows: Sequence[Row]) -> None:
        start, left = 0, len(rows)
        while left:
            size = min(MOST_ROWS, 1 << (left.bit_length() - 1))
            values: list[Any] = list(chain.from_iterable(rows[start : start + size]))
            self._database.execute(INSERT[size], values)
            start, left = start + size, left - size

    def _change_keys(self, placed: Placed, ledgers: Mapping[int, Ledger]) -> None:
        for journal, ledger in ledgers.items():
            if ledger.group_info is not None:
                self._database.execute(NEW_KEYS, (ledger.epoch, ledger.group_info, journal))
        for draft, seq in placed.changes:
            keys = draft.keys
            assert keys is not None
            devices = json.dumps([device.hex for device in keys.device_ids])
            self._database.execute(DROP_WELCOMES, (draft.journal_id, devices, draft.voice_id))
            if keys.welcome:
                self._database.execute(ADD_WELCOMES, (draft.journal_id, devices, seq, keys.welcome))

    def _commit(self) -> None:
        self._database.execute("COMMIT")

    def _rollback(self) -> None:
        if self._database.in_transaction:
            self._database.execute("ROLLBACK")

    def _drop(self) -> None:
        if self._open is not None:
            with contextlib.suppress(sqlite3.Error):
                self._open.close()
            self._open = None
