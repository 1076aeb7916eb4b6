"""Blocks and mutes: one's own, whose words are veiled for whom, and (with those kept apart) who is not put together."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hearthside.accounts.models import Person
from hearthside.safety.enums import BlockKind
from hearthside.safety.models import Block, KeepApart


@dataclass(frozen=True)
class OwnBlocks:
    """The people whom somebody blocked or muted."""

    blocked: list[Block]
    muted: list[Block]


def own_blocks(person: Person, *, now: datetime) -> OwnBlocks:
    """One's own, newest first, in one query."""
    rows = Block.objects.of(person).in_force(now=now).select_related("other")
    found = list(rows.order_by("-from_at", "pk"))
    return OwnBlocks(
        blocked=[one for one in found if one.kind == BlockKind.BLOCK],
        muted=[one for one in found if one.kind == BlockKind.MUTE],
    )


def blocked_by(person: Person, *, now: datetime) -> set[UUID]:
    """The keys of those whom the person blocked themselves."""
    found = Block.objects.of(person).whole().in_force(now=now)
    return set(found.values_list("other_id", flat=True))


def not_put_together_with(person: Person, *, now: datetime) -> set[UUID]:
    """The keys of everybody with whom the site does not put the person into one group, in two queries.

    For what the site decides. What a person sees or chooses asks `KeepApart` only: see `Block`.
    """
    apart = KeepApart.objects.avoided_by(person, now=now)
    return apart | Block.objects.either_way(person, now=now)


def pairs_not_put_together(*, now: datetime) -> list[tuple[UUID, UUID]]:
    """The same for everybody at once, each pair in one order or the other, in two queries."""
    apart = KeepApart.objects.in_force(now=now).order_by("pk").values_list("one_id", "other_id")
    blocks = Block.objects.whole().in_force(now=now).order_by("pk")
    return [*apart, *blocks.values_list("owner_id", "other_id")]


def veiled_for(people: Collection[UUID], *, now: datetime) -> Mapping[UUID, set[UUID]]:
    """Whose words each of these people would rather not see, among the others of them, in one query."""
    rows = Block.objects.in_force(now=now).filter(owner__in=people, other__in=people)
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for owner, other in rows.values_list("owner_id", "other_id"):
        found[owner].add(other)
    return found


def unreached(people: Collection[UUID], *, now: datetime) -> Mapping[UUID, set[UUID]]:
    """Whom each of these people has blocked, among the others of them: `reaches` for many, in one query."""
    rows = Block.objects.whole().in_force(now=now).filter(owner__in=people, other__in=people)
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for owner, other in rows.values_list("owner_id", "other_id"):
        found[owner].add(other)
    return found


def reaches(sender: Person, reader: Person, *, now: datetime) -> bool:
    """Whether what one person sends to another alone is to be shown to them.

    Threat: whoever is blocked writes, and learns from an answer that is another, or takes another time, that
    they are. So whoever sends calls this after everything else is done and kept for the sender, and what does
    not reach looks to them like anything that nobody has read yet.
    """
    return not Block.objects.of(reader).whole().in_force(now=now).filter(other=sender).exists()
