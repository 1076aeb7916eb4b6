"""What journals hold already, read on whatever database Django uses."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hearthside.rooms.models import Envelope, Voice
from hearthside.rooms.ports import Record
from hearthside.rooms.wires.order import Name

COLUMNS = (
    "seq",
    "at_ms",
    "no",
    "kind",
    "epoch",
    "commitment",
    "payload",
    "voice__person_id",
    "voice__device_id",
)


def history(journal_id: int, *, after: int, limit: int) -> Sequence[Record]:
    """Up to `limit` records of the journal beyond `after`, in order."""
    found = Envelope.objects.filter(journal_id=journal_id, seq__gt=after).order_by("seq")
    return [_record(row) for row in _rows(found)[:limit]]


def written(names: Iterable[Name]) -> dict[Name, Record]:
    """Those of the named messages that are stored, by name."""
    wanted = set(names)
    found = Envelope.objects.filter(
        voice_id__in={voice for voice, _no in wanted}, no__in={no for _voice, no in wanted}
    )
    rows = _rows(found).values_list("voice_id", *COLUMNS)
    return {(voice, row[2]): _record(row) for voice, *row in rows if (voice, row[2]) in wanted}


def silenced(voices: Iterable[int]) -> set[int]:
    """Those of the voices that are gone, as they are when somebody's account is erased."""
    asked = set(voices)
    return asked - set(Voice.objects.filter(pk__in=asked).values_list("pk", flat=True))


def _rows(found: QuerySet[Envelope]) -> QuerySet[Envelope, tuple[Any, ...]]:
    return found.values_list(*COLUMNS)


def _record(row: Sequence[Any]) -> Record:
    seq, at_ms, no, kind, epoch, commitment, payload, person, device = row
    return Record(
        seq, at_ms, no, kind, epoch, bytes(commitment), bytes(payload), _uuid(person), _uuid(device)
    )


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
