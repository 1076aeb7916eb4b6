"""The folder that holds an installation's state, and the secret keys kept in it."""

import base64
import os
import secrets
from pathlib import Path


def secret_key(home: Path) -> str:
    """The installation's secret key, made on first use and readable by its owner only."""
    return _kept(home, "secret_key", secrets.token_urlsafe(48))


def case_key(home: Path) -> str:
    """The key under which safety cases are sealed, made on first use; in no backup. See docs/run/cases.md."""
    return _kept(home, "case_key", base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())


def _kept(home: Path, name: str, new: str) -> str:
    # Threat: another user of this machine reads the database, which SQLite leaves open to all.
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = home / name
    try:
        # O_EXCL: of two processes that start together, one makes the key and the other reads it.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(new)
    return new
