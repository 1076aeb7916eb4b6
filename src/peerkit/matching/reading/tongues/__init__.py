"""What the engine knows of each language it can read."""

from typing import Final

from peerkit.matching.reading.tongues.en import ENGLISH
from peerkit.matching.reading.tongues.es import SPANISH
from peerkit.matching.reading.words import Tongue

TONGUES: Final[dict[str, Tongue]] = {"en": ENGLISH, "es": SPANISH}
