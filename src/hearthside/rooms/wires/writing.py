"""How a batch is written, on any engine: first as if nothing in it were there already, else with a look at what is."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from django.db import Error as DjangoError

from hearthside.rooms.ports import Draft, Outcome, Record, WireIsDown
from hearthside.rooms.wires import past
from hearthside.rooms.wires.order import Ledger, Name, Placed, place

UNKNOWN = Outcome(refusal="unknown")


class WritingWire(ABC):
    """The part of a Wire that engines share. They give it one connection and five statements."""

    error: ClassVar[type[Exception]]
    # Raised where a row is there already or what it points at is gone; a kind of `error`.
    conflict: ClassVar[type[Exception]]

    def publish(self, batch: Sequence[Draft], *, now_ms: int) -> Sequence[Outcome]:
        """See `Wire.publish`."""
        try:
            try:
                return self._patched(batch, self._written(batch, now_ms, None))
            except self.conflict:
                self._rollback()
                return self._carefully(batch, now_ms)
        except (self.error, DjangoError) as error:
            self._drop()
            raise WireIsDown(str(error)) from error

    def history(self, journal_id: int, *, after: int, limit: int) -> Sequence[Record]:
        """See `Wire.history`."""
        return past.history(journal_id, after=after, limit=limit)

    def watch(self, told: Callable[[int], None]) -> Callable[[], None]:  # noqa: ARG002
        """See `Wire.watch`; silent unless the engine can tell."""
        return lambda: None

    def _written(
        self, batch: Sequence[Draft], now_ms: int, written: dict[Name, Record] | None
    ) -> Placed:
        self._begin()
        ledgers = self._ledgers({draft.journal_id for draft in batch})
        placed = place(batch, ledgers, now_ms=now_ms, written=written)
        if placed.rows:
            touched = {row[0]: ledgers[row[0]] for row in placed.rows}
            self._write(placed, touched)
        self._commit()
        return placed

    def _patched(self, batch: Sequence[Draft], placed: Placed) -> Sequence[Outcome]:
        """What was refused may have been written long ago: its acknowledgement was lost, not the message."""
        if placed.refused:
            drafts = {index: batch[index] for index in placed.refused}
            known = past.written((draft.voice_id, draft.no) for draft in drafts.values())
            for index, draft in drafts.items():
                if found := known.get((draft.voice_id, draft.no)):
                    placed.outcomes[index] = Outcome(before=found)
        return placed.outcomes

    def _carefully(self, batch: Sequence[Draft], now_ms: int) -> Sequence[Outcome]:
        """The same where a row is in the way: each name once, what is written already left out."""
        outcomes: dict[int, Outcome] = {}
        firsts: dict[Name, int] = {}
        gone = past.silenced(draft.voice_id for draft in batch)
        for index, draft in enumerate(batch):
            if draft.voice_id in gone:
                outcomes[index] = UNKNOWN
            else:
                firsts.setdefault((draft.voice_id, draft.no), index)
        chosen = [batch[index] for index in firsts.values()]
        placed = self._written(chosen, now_ms, past.written(firsts))
        outcomes.update(zip(firsts.values(), self._patched(chosen, placed), strict=True))
        again = [index for index in range(len(batch)) if index not in outcomes]
        known = past.written((batch[index].voice_id, batch[index].no) for index in again)
        for index in again:
            draft = batch[index]
            found = known.get((draft.voice_id, draft.no))
            first = outcomes[firsts[draft.voice_id, draft.no]]
            outcomes[index] = Outcome(before=found) if found else first
        return [outcomes[index] for index in range(len(batch))]

    @abstractmethod
    def _begin(self) -> None:
        """Begin a transaction in which nobody else writes into the journals it reads."""

    @abstractmethod
    def _ledgers(self, journals: set[int]) -> Mapping[int, Ledger]:
        """Where the journals stand; those that are gone are left out."""

    @abstractmethod
    def _write(self, placed: Placed, ledgers: Mapping[int, Ledger]) -> None:
        """Write rows, changes of keys, and where the journals stand now."""

    @abstractmethod
    def _commit(self) -> None:
        """Return once what was written cannot be lost any more."""

    @abstractmethod
    def _rollback(self) -> None:
        """Leave no trace of the transaction."""

    @abstractmethod
    def _drop(self) -> None:
        """Forget the connection, so that the next batch begins with a new one."""
