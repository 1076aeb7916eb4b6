"""The nouns of groups, by noun."""

from hearthside.groups.models.experience import Experience, ExperienceName
from hearthside.groups.models.group import Group, GroupQuerySet, StageChange
from hearthside.groups.models.membership import Acceptance, GroundRules, Membership
from hearthside.groups.models.place import Programme, Site
from hearthside.groups.models.role import Role
from hearthside.groups.models.touch import Touch

__all__ = [
    "Acceptance",
    "Experience",
    "ExperienceName",
    "GroundRules",
    "Group",
    "GroupQuerySet",
    "Membership",
    "Programme",
    "Role",
    "Site",
    "StageChange",
    "Touch",
]
