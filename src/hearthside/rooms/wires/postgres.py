"""The wire on PostgreSQL: journals are locked in one order, rows go in as arrays, others hear by NOTIFY."""

import contextlib
import logging
import threading
import uuid
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

import psycopg
from django.db import connection, connections

from hearthside.rooms.models import Device, Envelope, Journal, Voice, Welcome
from hearthside.rooms.wires.order import Ledger, Placed
from hearthside.rooms.wires.writing import WritingWire

logger = logging.getLogger(__name__)

CHANNEL: Final = "hearthside_rooms"
# Journals in one notification: its payload is shorter than 8,000 bytes, and a number has at most 19 digits.
MOST_TOLD: Final = 300
# Seconds after which a listener looks whether it should end, and before it tries a lost connection again.
LOOK_EVERY: Final = 0.5

JOURNAL, ENVELOPE = Journal._meta.db_table, Envelope._meta.db_table  # noqa: SLF001
VOICE, DEVICE, WELCOME = (model._meta.db_table for model in (Voice, Device, Welcome))  # noqa: SLF001

# In the order of their keys, so that two gateways never wait for each other. A statement of its own: one
# that had to wait would read the rest as it was before it waited.
LOCK: Final = f"SELECT 1 FROM {JOURNAL} WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"  # noqa: S608
READ: Final = f"""
SELECT j.id, j.epoch, j.floor_epoch, j.last_seq,
    (SELECT at_ms FROM {ENVELOPE} WHERE journal_id = j.id AND seq = j.last_seq)
FROM {JOURNAL} j WHERE j.id = ANY(%s)
"""  # noqa: S608
INSERT: Final = f"""
INSERT INTO {ENVELOPE} (journal_id, voice_id, seq, no, kind, epoch, at_ms, commitment, payload)
SELECT * FROM unnest(%b::bigint[], %b::bigint[], %b::bigint[], %b::bigint[], %b::smallint[],
    %b::bigint[], %b::bigint[], %b::bytea[], %b::bytea[])
"""  # noqa: S608
MOVE_ON: Final = f"""
UPDATE {JOURNAL} AS j SET last_seq = v.seq
FROM unnest(%s::bigint[], %s::bigint[]) AS v (id, seq) WHERE j.id = v.id
"""  # noqa: S608
NEW_KEYS: Final = f"UPDATE {JOURNAL} SET epoch = %s, group_info = %b WHERE id = %s"  # noqa: S608
# Whoever changed the keys has state, so a welcome that waits for them is stale.
DROP_WELCOMES: Final = f"""
DELETE FROM {WELCOME} WHERE journal_id = %s AND (device_id = ANY(%s)
    OR device_id = (SELECT device_id FROM {VOICE} WHERE id = %s))
"""  # noqa: S608
ADD_WELCOMES: Final = f"""
INSERT INTO {WELCOME} (journal_id, device_id, seq, data) SELECT %s, id, %s, %b FROM {DEVICE}
WHERE id = ANY(%s) AND ended_at IS NULL
"""  # noqa: S608


class PostgresWire(WritingWire):
    """synchronous_commit=on: a batch that was committed outlives a crash and a power cut."""

    error: ClassVar[type[Exception]] = psycopg.Error
    conflict: ClassVar[type[Exception]] = psycopg.IntegrityError

    def __init__(self) -> None:
        known = connection.get_connection_params()
        names = ("dbname", "user", "password", "host", "port", "sslmode")
        self._address = {name: known[name] for name in names if known.get(name)}
        self._name = uuid.uuid4().hex
        self._open: psycopg.Connection[Any] | None = None

    @property
    def _database(self) -> "psycopg.Connection[Any]":
        if self._open is None:
            self._open = psycopg.connect(**self._address, autocommit=True)
            self._open.execute("SET synchronous_commit = on")
            self._open.execute("SET lock_timeout = '5s'")
        return self._open

    def close(self) -> None:
        """Let go of the server; from the thread that published."""
        self._drop()
        connections.close_all()

    def watch(self, told: Callable[[int], None]) -> Callable[[], None]:
        """See `Wire.watch`."""
        ending = threading.Event()
        thread = threading.Thread(
            target=self._listen, args=(told, ending), name="rooms-listener", daemon=True
        )
        thread.start()

        def end() -> None:
            ending.set()
            thread.join()

        return end

    def _listen(self, told: Callable[[int], None], ending: threading.Event) -> None:
        while not ending.is_set():
            try:
                with psycopg.connect(**self._address, autocommit=True) as listening:
                    listening.execute(f"LISTEN {CHANNEL}")
                    while not ending.is_set():
                        for note in listening.notifies(timeout=LOOK_EVERY):
                            self._tell(note.payload, told)
            except psycopg.Error:
                # A hint may be missed: the gateway looks by itself as well.
                logger.warning("Rooms: the database does not tell what others write.")
                ending.wait(LOOK_EVERY)

    def _tell(self, payload: str, told: Callable[[int], None]) -> None:
        name, *journals = payload.split()
        if name != self._name:
            for journal in journals:
                told(int(journal))

    def _begin(self) -> None:
        self._database.execute("BEGIN")

    def _ledgers(self, journals: set[int]) -> Mapping[int, Ledger]:
        self._database.execute(LOCK, (list(journals),))
        rows = self._database.execute(READ, (list(journals),))
        return {
            journal: Ledger(epoch, floor, seq, at_ms or 0)
            for journal, epoch, floor, seq, at_ms in rows
        }

    def _write(self, placed: Placed, ledgers: Mapping[int, Ledger]) -> None:
        columns = [list(column) for column in zip(*placed.rows, strict=True)]
        self._database.execute(INSERT, columns)
        journals = list(ledgers)
        self._database.execute(MOVE_ON, (journals, [ledgers[each].seq for each in journals]))
        if placed.changes:
            self._change_keys(placed, ledgers)
        for start in range(0, len(journals), MOST_TOLD):
            payload = " ".join([self._name, *map(str, journals[start : start + MOST_TOLD])])
            self._database.execute("SELECT pg_notify(%s, %s)", (CHANNEL, payload))

    def _change_keys(self, placed: Placed, ledgers: Mapping[int, Ledger]) -> None:
        for journal, ledger in ledgers.items():
            if ledger.group_info is not None:
                self._database.execute(NEW_KEYS, (ledger.epoch, ledger.group_info, journal))
        for draft, seq in placed.changes:
            keys = draft.keys
            assert keys is not None
            devices = list(keys.device_ids)
            self._database.execute(DROP_WELCOMES, (draft.journal_id, devices, draft.voice_id))
            if keys.welcome:
                self._database.execute(ADD_WELCOMES, (draft.journal_id, seq, keys.welcome, devices))

    def _commit(self) -> None:
        self._database.execute("COMMIT")

    def _rollback(self) -> None:
        self._database.execute("ROLLBACK")

    def _drop(self) -> None:
        if self._open is not None:
            with contextlib.suppress(psycopg.Error):
                self._open.close()
            self._open = None
