"""Block or mute somebody, and undo it: nobody else is told, and no trace of it stays."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.safety.enums import BlockKind
from hearthside.safety.models import Block

MUTED_FOR: Final = timedelta(days=30)
# Threat: somebody blocks everybody they ever met, one after the other, to see what changes.
MOST: Final = 100


class Yourself(Exception):
    """Nobody keeps their distance from themselves."""


class TooMany(Exception):
    """More than MOST people."""


def block(*, owner: Person, other: Person, now: datetime) -> Block:
    """From now on the two are not put together, and the owner does not see the other's words.

    The same row if there is one. Raises Yourself or TooMany.
    """
    return _keep(owner, other, BlockKind.BLOCK, until_at=None, now=now)


def mute(*, owner: Person, other: Person, until_at: datetime, now: datetime) -> Block:
    """The owner does not see the other's words until then; the later end counts. Raises Yourself or TooMany."""
    return _keep(owner, other, BlockKind.MUTE, until_at=until_at, now=now)


def end(*, block: Block) -> None:
    """As if it had never been. Twice changes nothing."""
    Block.objects.filter(pk=block.pk).delete()


def unveil(*, owner: Person, other: Person) -> None:
    """The owner sees the other's words again: a mute is gone, a block stays until it is undone on its own page."""
    Block.objects.of(owner).filter(other=other, kind=BlockKind.MUTE).delete()


def forget_ended(*, now: datetime) -> int:
    """Delete mutes that are over; how many."""
    return Block.objects.filter(until_at__lte=now).delete()[0]


@transaction.atomic
def _keep(
    owner: Person, other: Person, kind: BlockKind, *, until_at: datetime | None, now: datetime
) -> Block:
    if owner == other:
        raise Yourself
    # Locked, so that two taps at once are counted one after the other.
    Person.objects.select_for_update(no_key=True).get(pk=owner.pk)
    own = Block.objects.of(owner)
    before = own.filter(other=other, kind=kind).first()
    if before is None and own.in_force(now=now).count() >= MOST:
        raise TooMany
    if before is not None and _lasts_as_long(before, until_at, now=now):
        return before
    made, _is_new = Block.objects.update_or_create(
        owner=owner, other=other, kind=kind, defaults={"from_at": now, "until_at": until_at}
    )
    return made


def _lasts_as_long(before: Block, until_at: datetime | None, *, now: datetime) -> bool:
    if before.until_at is None or until_at is None:
        return before.until_at is None
    return before.until_at > now and before.until_at >= until_at
