"""Telling everybody in a room that something about it has changed."""

from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import F

from hearthside.rooms import ports
from hearthside.rooms.models import Room


def touch(*, room_id: UUID) -> None:
    """The room has changed: its revision grows with the change, and those in it are told once it holds.

    Call it inside the transaction of the change. The gateway of this process hears at once, any other
    sees the revision within half a second.
    """
    with transaction.atomic():
        Room.objects.filter(pk=room_id).update(revision=F("revision") + 1)
        transaction.on_commit(partial(ports.hint, room_id))
