"""Set how much each thing counts when groups are ranked; every version stays and can be gone back to."""

from datetime import datetime

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.finder.models import Weighting
from hearthside.finder.queries import weights as kept
from peerkit.matching import Weights


def set_weights(*, weights: Weights, by: Person, now: datetime) -> Weighting:
    """The weights are in force from now on, in this process at once and in others within seconds."""
    version = Weighting.objects.create(weights=dict(weights.shares()), by=by, at=now)
    # After the commit, so that nobody reads the old ones once more and keeps them.
    transaction.on_commit(kept.forget)
    return version


def go_back(*, version: Weighting, by: Person, now: datetime) -> Weighting:
    """What that version said is in force again, as a version of its own."""
    return set_weights(weights=kept.weights_of(version), by=by, now=now)


def reset(*, by: Person, now: datetime) -> Weighting:
    """The engine's defaults are in force again."""
    return set_weights(weights=kept.DEFAULTS, by=by, now=now)
