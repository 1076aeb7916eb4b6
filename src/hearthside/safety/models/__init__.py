"""The nouns of safety."""

from hearthside.safety.models.apart import KeepApart, KeepApartQuerySet
from hearthside.safety.models.blocks import Block, BlockQuerySet
from hearthside.safety.models.care import Care, CareQuerySet, CheckIn, CheckInQuerySet
from hearthside.safety.models.cases import (
    Case,
    CaseAccess,
    CaseLook,
    CaseNote,
    CaseQuerySet,
    CaseRequest,
    LogQuestion,
)
from hearthside.safety.models.concerns import Concern, ConcernParty, ConcernQuerySet, ConcernStep
from hearthside.safety.models.duty import DutyRules, Page, Shift, Swap
from hearthside.safety.models.flags import Flag, FlagQuerySet, Look, LookQuerySet
from hearthside.safety.models.lines import Line, Verification
from hearthside.safety.models.measures import Appeal, Measure, MeasureQuerySet

__all__ = [
    "Appeal",
    "Block",
    "BlockQuerySet",
    "Care",
    "CareQuerySet",
    "Case",
    "CaseAccess",
    "CaseLook",
    "CaseNote",
    "CaseQuerySet",
    "CaseRequest",
    "CheckIn",
    "CheckInQuerySet",
    "Concern",
    "ConcernParty",
    "ConcernQuerySet",
    "ConcernStep",
    "DutyRules",
    "Flag",
    "FlagQuerySet",
    "KeepApart",
    "KeepApartQuerySet",
    "Line",
    "LogQuestion",
    "Look",
    "LookQuerySet",
    "Measure",
    "MeasureQuerySet",
    "Page",
    "Shift",
    "Swap",
    "Verification",
]
