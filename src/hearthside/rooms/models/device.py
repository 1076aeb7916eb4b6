"""Browsers that hold keys, and the key packages by which others can let them into a room."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models

from hearthside.kit.models import Row


class DeviceQuerySet(models.QuerySet["Device"]):
    """Sets of devices."""

    def of(self, person: object) -> Self:
        return self.filter(person=person)

    def in_use(self) -> Self:
        return self.filter(ended_at=None)


class Device(Row):
    """One browser profile of one person. Its private keys never leave it; here is what names them.

    `fingerprint` is the SHA-256, in lower-case hex, of its Ed25519 signature public key.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="devices"
    )
    fingerprint = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "fingerprint"], name="a_key_is_told_once")
        ]

    def __str__(self) -> str:
        return self.fingerprint[:8]


class KeyPackageQuerySet(models.QuerySet["KeyPackage"]):
    """Sets of key packages."""

    def usable(self, *, now: datetime) -> Self:
        """Not expired, of devices in use; those used once come before the one kept for last."""
        found = self.filter(expires_at__gt=now, device__ended_at=None)
        return found.order_by("is_last_resort", "made_at", "pk")


class KeyPackage(Row):
    """One published MLS key package (RFC 9420 section 10): used once and deleted, the last resort kept."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="key_packages")
    data = models.BinaryField()
    is_last_resort = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = KeyPackageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["device"],
                condition=models.Q(is_last_resort=True),
                name="one_last_resort_per_device",
            )
        ]

    def __str__(self) -> str:
        return f"{self.expires_at:%Y-%m-%d}"
