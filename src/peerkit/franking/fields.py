"""The bytes under the codes: lengths, labels, and fields that cannot run into one another."""

from typing import Final

from peerkit.franking.errors import FieldIsUnfit

KEY, CODE, ROOM, ALIAS = 32, 32, 16, 16  # bytes
LONGEST_CONTENT: Final = 64 * 1024  # bytes

HASH: Final = "sha256"
COMMIT: Final = b"hearthside franking 1 commit"
STAMP: Final = b"hearthside franking 1 stamp"
ALIAS_OF: Final = b"hearthside franking 1 alias"
SERVER_KEY: Final = b"hearthside franking 1 server key"


def joined(label: bytes, *fields: bytes) -> bytes:
    """The label, then each field after its length (4 bytes, big-endian).

    No two lists of fields give the same bytes under one label, and no label begins another.
    """
    return label + b"".join(len(field).to_bytes(4, "big") + field for field in fields)


def exactly(length: int, field: bytes, name: str) -> bytes:
    """The same field; raises FieldIsUnfit unless it is `length` bytes long.

    HMAC fills a short key with zeros, so that a key and the same key with a zero behind it would
    open one commitment: only the fixed length makes a key one key.
    """
    if len(field) != length:
        raise FieldIsUnfit(f"{name} is {len(field)} bytes, not {length}")
    return field
