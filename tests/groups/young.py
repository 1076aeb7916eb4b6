"""A programme that admits people under 18, and groups for them, as tests need them."""

from datetime import datetime
from typing import Any

from hearthside.accounts.models import Person
from hearthside.groups.actions.under_eighteen import admit
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group
from tests import world
from tests.groups import training


def admitted(now: datetime) -> Person:
    """Whoever answers for people under 18, from now on."""
    training.gate_on(now)
    lead = world.role(RoleKind.SAFETY_LEAD)
    admit(lead=lead, by=lead, now=now)
    return lead


def group(name: str = "Under one roof", **fields: Any) -> Group:
    """A group for people from 14 to 17, written directly."""
    return world.group(name, **{"format": "online", "age_from": 14, "age_until": 17, **fields})
