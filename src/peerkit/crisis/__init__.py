"""Signs of danger in a message, with the words that raised them: `read("...", "en")`.

It sorts messages so that help can be shown to whoever writes or reads them, on their own device. It does not assess
persons, and what it does not notice is no sign of safety: see docs/engines/crisis.md for what was measured.
"""

from peerkit.crisis.pack import Pack
from peerkit.crisis.patterns import PatternIsWrong
from peerkit.crisis.reading import read as read_with
from peerkit.crisis.second_look import looked_again
from peerkit.crisis.signing import PackIsAltered
from peerkit.crisis.store import languages, model_of, pack_of
from peerkit.crisis.values import Act, Polarity, Reading, Signal, Tier, When, Who

__all__ = [
    "Act",
    "Pack",
    "PackIsAltered",
    "PatternIsWrong",
    "Polarity",
    "Reading",
    "Signal",
    "Tier",
    "When",
    "Who",
    "languages",
    "model_of",
    "pack_of",
    "read",
    "read_with",
]


def read(text: str, language: str, *, rules_only: bool = False) -> Reading:
    """Return what was noticed in a message; `is_on` is False where a language has no tested rules.

    With `rules_only` the linear model is not asked: in rooms about suicide or bereavement it is wrong too often.
    Raises PackIsAltered if rules or weights are not the ones that were signed.
    """
    pack = pack_of(language)
    if pack is None:
        return Reading(Tier.NONE, (), is_on=False)
    reading = read_with(pack, text)
    model = None if rules_only else model_of(language)
    return looked_again(pack, model, text, reading) if model else reading
