"""Blocks and mutes: whom somebody would rather not meet or hear. Nobody else ever learns of one."""

from datetime import datetime
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthside.kit.models import Lasting, LastingQuerySet
from hearthside.safety.enums import BlockKind


class BlockQuerySet(LastingQuerySet["Block"]):
    """Sets of blocks and mutes."""

    def of(self, person: object) -> Self:
        """Those that the person made."""
        return self.filter(owner=person)

    def whole(self) -> Self:
        """Blocks, without mutes: a mute is about words only."""
        return self.filter(kind=BlockKind.BLOCK)

    def either_way(self, person: object, *, now: datetime) -> set[UUID]:
        """The keys of everybody whom the person blocked, and of everybody who blocked them."""
        rows = self.whole().in_force(now=now)
        found = rows.filter(models.Q(owner=person) | models.Q(other=person))
        pairs = found.values_list("owner", "other")
        return {key for pair in pairs for key in pair} - {getattr(person, "pk", person)}


class Block(Lasting):
    """One person keeps their distance from another: whole, or (a mute) from their words for a while.

    What a block changes, and what it must not, so that it tells nobody anything:

    - Where the site decides (placing a waiting list, offers of a place), it is a hard rule, both ways.
      Those who run it see no more than that a group does not fit.
    - Where a person decides, nothing changes for the one who is blocked: the same groups, the same doors,
      the same rooms. Threat: they look which groups have closed, and know who blocked them, and where that
      person sits on a Tuesday evening.
    - Nor is the one who blocks told where the other sits. Threat: somebody blocks a person in order to see
      which groups are left out from then on. What is left out for them is groups that they have left and
      where the two did meet: it follows from what they know already, and does not change when the other
      comes or goes.
    - Whoever must not meet somebody at all asks a safety lead: that is `KeepApart`, which bars doors, too.

    A row that is undone is deleted: nobody needs to know that there ever was one.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("what"), max_length=5, choices=BlockKind.choices)

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "other", "kind"], name="one_block_per_person"),
            models.CheckConstraint(
                condition=~models.Q(owner=models.F("other")), name="nobody_blocks_themselves"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=BlockKind.BLOCK, until_at=None)
                | models.Q(kind=BlockKind.MUTE, until_at__isnull=False),
                name="a_mute_ends_and_a_block_is_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}"
