"""That something about a group changed which somebody who looks for one would see."""

import uuid
from typing import Final

from django.db import models

# Stands for the vocabulary, which belongs to no group.
VOCABULARY: Final = uuid.UUID(int=0)


class Touch(models.Model):
    """One change of one group's words, times, seats or team.

    Whoever keeps groups in memory reads what is newer than their last look. Rows are only ever added,
    so nobody waits for anybody to write one, and old ones go. The group is no foreign key: the row
    tells of a group that is gone, too.
    """

    group = models.UUIDField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "touches"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
