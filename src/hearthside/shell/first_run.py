"""The one-time invitation to make the first operator: only its digest lies in the installation's folder."""

import hashlib
import secrets
from pathlib import Path

from django.conf import settings


def is_offered(token: str) -> bool:
    """True for the token whose SHA-256 digest `hearthside setup` left behind."""
    try:
        offered = marker().read_text().strip()
    except FileNotFoundError:
        return False
    return secrets.compare_digest(offered, hashlib.sha256(token.encode()).hexdigest())


def take_back() -> None:
    """Whoever holds the token can no longer use it."""
    marker().unlink(missing_ok=True)


def marker() -> Path:
    return Path(settings.HOME) / "first-run"
