"""The weights in force, as the engine takes them, and the versions before them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from hearthside.finder.models import Weighting
from peerkit.matching import Weights

DEFAULTS: Final = Weights()
STALE_AFTER: Final = timedelta(seconds=20)
HISTORY_SHOWN: Final = 20


class _Kept:
    """The weights last read: one for the whole process; others hear of a change within seconds."""

    weights: Weights = DEFAULTS
    read_at: datetime | None = None


def in_force(now: datetime) -> Weights:
    """The newest version, or the defaults before anybody set any: one query of one row, and that rarely."""
    if _Kept.read_at is None or abs(now - _Kept.read_at) >= STALE_AFTER:
        _Kept.weights, _Kept.read_at = newest(), now
    return _Kept.weights


def newest() -> Weights:
    """The same, read from the table now: one query of one row."""
    version = Weighting.objects.first()
    return weights_of(version) if version else DEFAULTS


def weights_of(version: Weighting) -> Weights:
    """What one version says. A weight that the engine no longer knows is passed over, a new one as by default."""
    known = DEFAULTS.shares()
    return Weights.of({name: share for name, share in version.weights.items() if name in known})


def history() -> Sequence[Weighting]:
    """The versions, newest first, with who set them."""
    return list(Weighting.objects.select_related("by")[:HISTORY_SHOWN])


def forget() -> None:
    """Read anew the next time."""
    _Kept.read_at = None
