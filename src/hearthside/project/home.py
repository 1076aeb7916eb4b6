"""The folder that holds an installation's state, and the secret key kept in it."""

import os
import secrets
from pathlib import Path


def secret_key(home: Path) -> str:
    """The installation's secret key, made on first use and readable by its owner only."""
    # Threat: another user of this machine reads the database, which SQLite leaves open to all.
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = home / "secret_key"
    try:
        # O_EXCL: of two processes that start together, one makes the key and the other reads it.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    key = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key
