"""Proof of what was said in a sealed room: a person there may report exactly the messages they choose.

Each message carries a commitment to its content, which the server stamps with seat, number and time
without being able to read it. A reporter opens the commitments they choose; the others stay closed.
Message franking as in Facebook, "Messenger Secret Conversations" (2016), analysed by Grubbs, Lu and
Ristenpart (CRYPTO 2017). HMAC-SHA256 is the standard library's, HKDF that of `cryptography`.
"""

from peerkit.franking.commitments import commitment_of
from peerkit.franking.errors import (
    CommitmentIsFalse,
    FieldIsUnfit,
    Forged,
    FrankingError,
    ReportIsMalformed,
    StampIsFalse,
)
from peerkit.franking.fields import LONGEST_CONTENT
from peerkit.franking.keys import server_key
from peerkit.franking.reports import Report, from_plain
from peerkit.franking.seats import alias, who
from peerkit.franking.stamps import Stamper
from peerkit.franking.verification import Verified, verify

__all__ = [
    "LONGEST_CONTENT",
    "CommitmentIsFalse",
    "FieldIsUnfit",
    "Forged",
    "FrankingError",
    "Report",
    "ReportIsMalformed",
    "StampIsFalse",
    "Stamper",
    "Verified",
    "alias",
    "commitment_of",
    "from_plain",
    "server_key",
    "verify",
    "who",
]
