"""What passes through a live room: sealed envelopes in their order. All of it goes when the room closes.

Keys are integers here, unlike elsewhere: nothing outside ever names these rows, and the gateway writes
thousands of them a second.
"""

from django.conf import settings
from django.db import models

from hearthside.rooms.enums import EnvelopeKind
from hearthside.rooms.models.device import Device
from hearthside.rooms.models.room import Room


class Journal(models.Model):
    """The order of one live room. Deleting it deletes who spoke, when, and every sealed word."""

    id = models.BigAutoField(primary_key=True)
    room = models.OneToOneField(Room, on_delete=models.CASCADE, related_name="journal")
    # The MLS epoch; none until the first device founded the room.
    epoch = models.BigIntegerField(null=True, blank=True)
    # Nothing but commits is taken in this epoch or an older one: somebody in it lost their seat.
    floor_epoch = models.BigIntegerField(default=-1)
    last_seq = models.BigIntegerField(default=0)
    group_info = models.BinaryField(default=bytes, blank=True)
    # The talking piece (peerkit.circle), as plain values.
    circle = models.JSONField(null=True, blank=True)
    circle_due_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.pk}"


class Voice(models.Model):
    """One device in one journal: what an envelope names as its sender."""

    id = models.BigAutoField(primary_key=True)
    journal = models.ForeignKey(Journal, on_delete=models.CASCADE, related_name="voices")
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="voices")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["journal", "device"], name="one_voice_per_device")
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Envelope(models.Model):
    """One sealed message in its place. `no` is the sender's own count: the same one twice is one message."""

    id = models.BigAutoField(primary_key=True)
    # Both are indexed by their constraints already.
    journal = models.ForeignKey(
        Journal, on_delete=models.CASCADE, related_name="envelopes", db_index=False
    )
    voice = models.ForeignKey(
        Voice, on_delete=models.CASCADE, related_name="envelopes", db_index=False
    )
    seq = models.BigIntegerField()
    no = models.BigIntegerField()
    kind = models.PositiveSmallIntegerField(choices=EnvelopeKind.choices)
    epoch = models.BigIntegerField()
    # Milliseconds since 1970-01-01 UTC.
    at_ms = models.BigIntegerField()
    commitment = models.BinaryField()
    payload = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["journal", "seq"], name="one_envelope_per_place"),
            models.UniqueConstraint(fields=["voice", "no"], name="an_envelope_is_stored_once"),
        ]

    def __str__(self) -> str:
        return f"{self.seq}"


class Welcome(models.Model):
    """An MLS Welcome that waits for a device which a commit let in."""

    id = models.BigAutoField(primary_key=True)
    journal = models.ForeignKey(Journal, on_delete=models.CASCADE, related_name="welcomes")
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="+")
    seq = models.BigIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["journal", "device"], name="the_newest_welcome_only")
        ]

    def __str__(self) -> str:
        return f"{self.seq}"
