"""Beginning a room's keys anew, when the ones it has let nobody in."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from hearthside.rooms.actions import turns
from hearthside.rooms.actions.changes import touch
from hearthside.rooms.enums import EnvelopeKind
from hearthside.rooms.models import Envelope, Journal, Room, Welcome
from hearthside.rooms.queries.aliases import alias_of

UNFOUNDED = -1


@transaction.atomic
def begin_anew(*, room: Room, digest: str, now: datetime) -> bytes | None:  # noqa: ARG001 - every action is told the time
    """The room has no keys, and whoever is in it makes new ones: those it had cannot be used by a browser.

    `digest` is the SHA-256, in hex, of the group info that could not be used. If the room has another by
    now, nothing changes, so that ten who tell of it begin anew once. Returns the alias of whoever
    changed the keys last, or None if nothing changed. Raises RoomIsClosed.
    """
    turns.lock(room_id=room.pk)
    journal = Journal.objects.select_for_update(no_key=True).filter(room=room).first()
    if journal is None or journal.epoch is None or _digest(journal) != digest:
        return None
    # Threat: a member's altered browser makes keys that nobody can follow, and the meeting is over for all.
    # The server cannot read keys, so it cannot tell; it can begin again, and say whose keys they were.
    changes = Envelope.objects.filter(
        journal=journal, kind__in=(EnvelopeKind.COMMIT, EnvelopeKind.FOUNDED)
    )
    last = changes.order_by("-seq").values_list("voice__person_id", flat=True).first()
    Welcome.objects.filter(journal=journal).delete()
    Journal.objects.filter(pk=journal.pk).update(epoch=None, floor_epoch=UNFOUNDED, group_info=b"")
    touch(room_id=room.pk)
    return alias_of(room.pk, last) if last else None


def _digest(journal: Journal) -> str:
    return sha256(bytes(journal.group_info)).hexdigest()
