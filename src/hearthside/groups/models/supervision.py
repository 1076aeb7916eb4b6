"""Supervision: somebody who leads chose one person to think with, and notes that only these two read."""

from typing import Self

from django.conf import settings
from django.db import models

from hearthside.kit.models import Lasting, LastingQuerySet, Row


class SupervisionQuerySet(LastingQuerySet["Supervision"]):
    """Sets of supervisions."""

    def between(self, person: object) -> Self:
        """Those that the person is one of the two in."""
        return self.filter(models.Q(person=person) | models.Q(supervisor=person))


class Supervision(Lasting):
    """One person asked another to supervise them. Nothing is shared before the other said yes."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="supervisions"
    )
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="supervises"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        ordering = ["-from_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(until_at=None),
                name="one_supervisor_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("supervisor")),
                name="nobody_supervises_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"supervision since {self.from_at:%Y-%m-%d}"


class SupervisionNote(Row):
    """A note by one of the two, for the two; it goes after a year."""

    supervision = models.ForeignKey(Supervision, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="supervision_notes"
    )
    text = models.TextField(max_length=4000)
    written_at = models.DateTimeField()
    erase_on = models.DateField(db_index=True)

    class Meta:
        ordering = ["-written_at"]

    def __str__(self) -> str:
        return f"note of {self.written_at:%Y-%m-%d}"
