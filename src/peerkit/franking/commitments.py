"""The sender's part: a commitment that hides the content and opens to no other."""

import hmac

from peerkit.franking.errors import FieldIsUnfit
from peerkit.franking.fields import COMMIT, HASH, KEY, LONGEST_CONTENT, ROOM, exactly, joined


def commitment_of(content: bytes, *, room: bytes, key: bytes) -> bytes:
    """The 32-byte commitment to `content` (at most LONGEST_CONTENT bytes) said in `room` (16 bytes).

    `key` is the opening key: 32 random bytes, new for each message, which travel inside the sealed
    message. Raises FieldIsUnfit.
    """
    exactly(KEY, key, "opening key")
    exactly(ROOM, room, "room id")
    if len(content) > LONGEST_CONTENT:
        raise FieldIsUnfit(f"content is {len(content)} bytes, more than {LONGEST_CONTENT}")
    return hmac.digest(key, joined(COMMIT, room, content), HASH)
