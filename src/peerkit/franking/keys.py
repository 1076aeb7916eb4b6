"""The server's key, derived from a secret that serves other ends too."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from peerkit.franking.errors import FieldIsUnfit
from peerkit.franking.fields import KEY, SERVER_KEY

SHORTEST_SECRET = 32  # bytes


def server_key(secret: bytes) -> bytes:
    """The 32-byte key for stamps and aliases: HKDF-SHA256 (RFC 5869) of `secret`, without salt.

    The secret is at least 32 bytes that nobody can guess; raises FieldIsUnfit when shorter.
    """
    if len(secret) < SHORTEST_SECRET:
        raise FieldIsUnfit(f"secret is {len(secret)} bytes, fewer than {SHORTEST_SECRET}")
    return HKDF(algorithm=SHA256(), length=KEY, salt=None, info=SERVER_KEY).derive(secret)
