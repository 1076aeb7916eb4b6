"""What the finder keeps: for people with an account who asked us to, and for the programme."""

from hearthside.finder.models.impression import Impression
from hearthside.finder.models.weighting import Weighting
from hearthside.finder.models.wish import Wish

__all__ = ["Impression", "Weighting", "Wish"]
