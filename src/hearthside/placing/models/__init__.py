"""Who waits for a place, what a run proposes for them, and the places they are offered."""

from hearthside.placing.models.invitation import Invitation
from hearthside.placing.models.request import Decision, Request, Together
from hearthside.placing.models.run import Load, Opening, Proposal, Run

__all__ = [
    "Decision",
    "Invitation",
    "Load",
    "Opening",
    "Proposal",
    "Request",
    "Run",
    "Together",
]
