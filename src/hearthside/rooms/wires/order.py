"""The one rule of order: what may be written into a journal now, and at which place. No database here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hearthside.rooms.enums import EnvelopeKind
from hearthside.rooms.ports import Draft, Outcome, Record

# (journal, voice, seq, no, kind, epoch, at_ms, commitment, payload), as the table has them.
Row = tuple[int, int, int, int, int, int, int, bytes, bytes]
# What names a message once and for all: the voice, and the voice's own count.
Name = tuple[int, int]

_COMMIT, _FOUNDED = int(EnvelopeKind.COMMIT), int(EnvelopeKind.FOUNDED)


@dataclass(slots=True)
class Ledger:
    """Where a journal stands inside a transaction; it moves on as drafts are placed."""

    epoch: int | None
    floor_epoch: int
    seq: int
    at_ms: int
    group_info: bytes | None = None

    def refusal_of(self, draft: Draft) -> str:
        """Why the draft cannot be written now; "" if it can."""
        if draft.kind == _FOUNDED:
            return "" if self.epoch is None else "founded"
        if draft.epoch != self.epoch:
            return "epoch"
        # Threat: somebody who lost their seat still has the keys of this epoch.
        if draft.epoch <= self.floor_epoch and draft.kind != _COMMIT:
            return "rekey"
        return ""

    def take(self, draft: Draft, now_ms: int) -> Outcome:
        """The draft's place; a change of keys begins the next epoch."""
        self.seq += 1
        self.at_ms = max(self.at_ms, now_ms)
        if draft.keys is not None:
            self.epoch = 0 if draft.kind == _FOUNDED else draft.epoch + 1
            self.group_info = draft.keys.group_info
        return Outcome(self.seq, self.at_ms)


@dataclass(slots=True)
class Placed:
    """What one batch comes to: an outcome for each draft, rows to write, and changes of keys with their place."""

    outcomes: list[Outcome] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    changes: list[tuple[Draft, int]] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)


CLOSED = Outcome(refusal="closed")


def place(
    batch: Sequence[Draft],
    ledgers: Mapping[int, Ledger],
    *,
    now_ms: int,
    written: dict[Name, Record] | None = None,
) -> Placed:
    """Give every draft its place, or the reason why it has none. `ledgers` move on.

    Without `written` (what is known to be there already) no name may come twice.
    """
    placed = Placed()
    add, row = placed.outcomes.append, placed.rows.append
    for index, draft in enumerate(batch):
        ledger = ledgers.get(draft.journal_id)
        if written is not None and (found := written.get((draft.voice_id, draft.no))):
            add(Outcome(before=found))
        elif ledger is None:
            add(CLOSED)
        elif refusal := ledger.refusal_of(draft):
            placed.refused.append(index)
            add(Outcome(refusal=refusal))
        else:
            outcome = ledger.take(draft, now_ms)
            add(outcome)
            journal, voice, no, kind, epoch, commitment, payload, keys = draft
            row((journal, voice, outcome.seq, no, kind, epoch, outcome.at_ms, commitment, payload))
            if keys is not None:
                placed.changes.append((draft, outcome.seq))
    return placed
