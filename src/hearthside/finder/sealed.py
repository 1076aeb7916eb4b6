"""A search as one sealed word for the address bar: nobody but this installation can read it, and not for long.

Threat: a phone or computer is shared. What somebody wrote about their life must stand neither in the
history, nor in a link they pass on, nor in a log of this or any server on the way. See decision 0005.
"""

import json
import zlib
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Final

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac

from hearthside.finder.search import Search

LASTS: Final = timedelta(hours=2)
_LONGEST: Final = 8192


def sealed(search: Search, *, now: datetime) -> str:
    """The search, compressed and encrypted (Fernet: AES-128-CBC and HMAC-SHA-256), safe in an address."""
    plain = json.dumps(search.packed(), separators=(",", ":")).encode()
    token = _box().encrypt_at_time(zlib.compress(plain, 9), int(now.timestamp()))
    return token.decode().rstrip("=")


def opened(word: str, *, now: datetime) -> Search | None:
    """The search inside, or None when the word is too old, or not one of ours."""
    if len(word) > _LONGEST:
        return None
    token = word + "=" * (-len(word) % 4)
    lasts = int(LASTS.total_seconds())
    try:
        packed = _box().decrypt_at_time(token.encode(), lasts, int(now.timestamp()))
    except InvalidToken:
        return None
    return Search.unpacked(json.loads(zlib.decompress(packed)))


def _box() -> Fernet:
    key = salted_hmac("hearthside.finder", "a search", algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(key))
