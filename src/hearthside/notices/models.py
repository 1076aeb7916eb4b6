"""Letters to people (an outbox), and the kinds that a person has turned off."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models

from hearthside.kit.models import Row
from hearthside.notices.enums import Kind


class LetterQuerySet(models.QuerySet["Letter"]):
    """Sets of letters."""

    def waiting(self) -> Self:
        """Neither sent nor given up."""
        return self.filter(sent_at=None, dropped_at=None)

    def due(self, *, now: datetime) -> Self:
        """Not sent, not given up, due, and not in another sender's hands."""
        return (
            self.waiting()
            .filter(due_at__lte=now)
            .filter(models.Q(claimed_until=None) | models.Q(claimed_until__lte=now))
        )


class Letter(Row):
    """One e-mail to one person about one thing; `about` makes it once only."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # What it is about, e.g. "seat:<id>": (person, kind, about) is unique, so a reminder is never made twice.
    about = models.CharField(max_length=120)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    written_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    # After this moment the letter has no use (a meeting has begun) and is dropped unsent.
    expires_at = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_because = models.CharField(max_length=200, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "about"], name="a_letter_is_written_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


class Unsubscription(Row):
    """A person wants no letters of one kind, from that moment."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="unsubscriptions"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_stop_per_kind")]

    def __str__(self) -> str:
        return self.kind
