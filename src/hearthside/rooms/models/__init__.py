"""The nouns of rooms, by noun."""

from hearthside.rooms.models.device import Device, DeviceQuerySet, KeyPackage, KeyPackageQuerySet
from hearthside.rooms.models.entry import PRESENCE, Entry, EntryQuerySet
from hearthside.rooms.models.journal import Envelope, Journal, Voice, Welcome
from hearthside.rooms.models.report import Report
from hearthside.rooms.models.room import Outside, OutsideQuerySet, Room, RoomQuerySet, RoomRules

# What passes through live rooms and opens them: never in a backup, gone from the disk after the close.
# In the order in which rows can be deleted.
LIVE = (Envelope, Welcome, Voice, Journal, KeyPackage)

__all__ = [
    "LIVE",
    "PRESENCE",
    "Device",
    "DeviceQuerySet",
    "Entry",
    "EntryQuerySet",
    "Envelope",
    "Journal",
    "KeyPackage",
    "KeyPackageQuerySet",
    "Outside",
    "OutsideQuerySet",
    "Report",
    "Room",
    "RoomQuerySet",
    "RoomRules",
    "Voice",
    "Welcome",
]
