"""How often one person may do what in one room."""

from hearthside.rooms.streams import limits
from hearthside.rooms.streams.limits import Bucket


class Rates:
    """What one person may do how often, over all their devices in the room."""

    __slots__ = ("info", "keys", "may_type_at", "say", "soft")

    def __init__(self, times: float) -> None:
        self.say = Bucket(limits.SAY_RATE, times)
        self.soft = Bucket(limits.SOFT_RATE, times)
        self.keys = Bucket(limits.KEYS_RATE, times)
        self.info = Bucket(limits.INFO_RATE, times)
        self.may_type_at = 0.0
