"""A search as one sealed word for the address bar: nobody but this installation can read it, and not for long.

Threat: a phone or computer is shared. What somebody wrote about their life must stand neither in the
history, nor in a link they pass on, nor in a log of this or any server on the way. See decision 0005.
"""

import json
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.crypto import salted_hmac

from hearthside.finder.search import Search

LASTS: Final = timedelta(hours=2)
_LONGEST: Final = 8192
# A search is short: the best compression saves no byte of it.
_QUICKLY: Final = 1
_SEARCH: Final = "a search"


def sealed(search: Search, *, now: datetime) -> str:
    """The search, compressed and encrypted (Fernet: AES-128-CBC and HMAC-SHA-256), safe in an address."""
    return closed(search.packed(), purpose=_SEARCH, now=now)


def opened(word: str, *, now: datetime) -> Search | None:
    """The search inside, or None when the word is too old, or not one of ours."""
    told = unclosed(word, purpose=_SEARCH, lasts=LASTS, now=now)
    return None if told is None else Search.unpacked(told)


def closed(told: Mapping[str, Any], *, purpose: str, now: datetime) -> str:
    """Anything that JSON can say, sealed in the same way; only the same purpose opens it."""
    plain = json.dumps(told, separators=(",", ":")).encode()
    token = _box(purpose).encrypt_at_time(zlib.compress(plain, _QUICKLY), int(now.timestamp()))
    return token.decode().rstrip("=")


def unclosed(
    word: str, *, purpose: str, lasts: timedelta, now: datetime
) -> Mapping[str, Any] | None:
    """What was sealed for that purpose, or None when it is too old, or not one of ours."""
    if len(word) > _LONGEST:
        return None
    token = word + "=" * (-len(word) % 4)
    try:
        packed = _box(purpose).decrypt_at_time(
            token.encode(), int(lasts.total_seconds()), int(now.timestamp())
        )
    except InvalidToken:
        return None
    told: Mapping[str, Any] = json.loads(zlib.decompress(packed))
    return told


def _box(purpose: str) -> Fernet:
    return _box_of(settings.SECRET_KEY, purpose)


@lru_cache(maxsize=16)
def _box_of(secret: str, purpose: str) -> Fernet:
    key = salted_hmac("hearthside.finder", purpose, secret=secret, algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(key))
