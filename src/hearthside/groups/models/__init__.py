"""The nouns of groups, by noun."""

from hearthside.groups.models.experience import Experience, ExperienceName
from hearthside.groups.models.group import Group, GroupQuerySet, StageChange
from hearthside.groups.models.load import LoadLimit, LoadOverride
from hearthside.groups.models.membership import Acceptance, GroundRules, Membership
from hearthside.groups.models.place import Programme, Site
from hearthside.groups.models.role import Role
from hearthside.groups.models.shield import Shield
from hearthside.groups.models.supervision import Supervision, SupervisionNote
from hearthside.groups.models.touch import Touch
from hearthside.groups.models.training import ModuleWork, Observation, SignOff, Vetting
from hearthside.groups.models.under_eighteen import UnderEighteen

__all__ = [
    "Acceptance",
    "Experience",
    "ExperienceName",
    "GroundRules",
    "Group",
    "GroupQuerySet",
    "LoadLimit",
    "LoadOverride",
    "Membership",
    "ModuleWork",
    "Observation",
    "Programme",
    "Role",
    "Shield",
    "SignOff",
    "Site",
    "StageChange",
    "Supervision",
    "SupervisionNote",
    "Touch",
    "UnderEighteen",
    "Vetting",
]
