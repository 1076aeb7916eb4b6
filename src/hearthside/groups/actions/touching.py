"""Telling those who keep groups in memory that something changed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hearthside.groups.models import Touch

AT_ONCE: Final = 1000
KEPT: Final = timedelta(days=1)


def touch(*, groups: Iterable[UUID], now: datetime) -> None:
    """What a visitor sees of these groups has changed, in the transaction that changed it."""
    rows = [Touch(group=key, at=now) for key in dict.fromkeys(groups)]
    Touch.objects.bulk_create(rows, batch_size=AT_ONCE)


def forget_touches(*, now: datetime) -> None:
    """What every process has long seen goes."""
    Touch.objects.filter(at__lt=now - KEPT).delete()
