"""The construction once more, spelled out from the standards with SHA-256 alone: it made vectors.json.

It shares nothing with the engine. HMAC is written as RFC 2104 has it and HKDF as RFC 5869; each
message is put together byte by byte. `python -m tests.engines.franking.by_hand` writes the file anew.
"""

import base64
import hashlib
import json
import unicodedata
from pathlib import Path
from typing import Any

VECTORS = Path(__file__).with_name("vectors.json")


def hmac_sha256(key: bytes, text: bytes) -> bytes:
    """RFC 2104, section 2, for keys of at most 64 bytes."""
    assert len(key) <= 64
    filled = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in filled) + text).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in filled) + inner).digest()


def hkdf_sha256(secret: bytes, info: bytes) -> bytes:
    """RFC 5869, sections 2.2 and 2.3, without salt and for 32 bytes, which are one block."""
    return hmac_sha256(hmac_sha256(bytes(32), secret), info + b"\x01")


def commitment(room: bytes, content: bytes, key: bytes) -> bytes:
    size = bytes([0, len(content) >> 16, len(content) >> 8 & 255, len(content) & 255])
    text = b"hearthside franking 1 commit" + b"\0\0\0\x10" + room + size + content
    return hmac_sha256(key, text)


def alias(room: bytes, person: bytes, server_key: bytes) -> bytes:
    size = bytes([0, 0, 0, len(person)])
    text = b"hearthside franking 1 alias" + b"\0\0\0\x10" + room + size + person
    return hmac_sha256(server_key, text)[:16]


def stamp(
    committed: bytes, room: bytes, seat: bytes, seq: int, time_ms: int, *, server_key: bytes
) -> bytes:
    text = b"hearthside franking 1 stamp" + b"\0\0\0\x20" + committed
    text += b"\0\0\0\x10" + room + b"\0\0\0\x10" + seat
    text += bytes(seq >> shift & 255 for shift in range(56, -1, -8))
    text += bytes(time_ms >> shift & 255 for shift in range(56, -1, -8))
    return hmac_sha256(server_key, text)


ROOM, OTHER_ROOM = bytes(range(16)), bytes(range(16, 32))
KEY, OTHER_KEY = bytes(range(32, 64)), bytes(range(64, 96))
SECRET = bytes(range(96, 160))
SERVER_KEY = hkdf_sha256(SECRET, b"hearthside franking 1 server key")
OLD_KEY = hkdf_sha256(bytes(32), b"hearthside franking 1 server key")
PERSON = b"0190b3f2-77aa-7c3e-9d52-2f1f6a3f9c11"
SEAT = alias(ROOM, PERSON, SERVER_KEY)
SEQ, TIME = 1207, 1795000000123
WORDS = "It was my first week. «Danke» 🕯️"

CONTENTS = {
    "words": WORDS.encode(),
    "empty content": b"",
    "one zero byte": b"\0",
    "two zero bytes": b"\0\0",
    "composed letters": unicodedata.normalize("NFC", "señor").encode(),
    "the same letters decomposed": unicodedata.normalize("NFD", "señor").encode(),
    "right to left with a joiner": "شكرا\u200dלך".encode(),
    "bytes that are no UTF-8": b"\xff\xfe\x80",
    "content that looks like a field": b"\0\0\0\x10" + ROOM,
    "content that repeats the label": b"hearthside franking 1 commit" + ROOM,
    "every byte": bytes(range(256)),
    "label, lengths, room and content fill one block": b"x" * 12,
    "the longest content": b"a" * 65536,
}


def spelled(content: bytes) -> dict[str, Any]:
    """Content in hexadecimal; long runs of one byte as that byte and how often it comes."""
    if len(content) > 1000:
        return {"hex": content[:1].hex(), "times": len(content)}
    return {"hex": content.hex()}


def opening(name: str, room: bytes, content: bytes, key: bytes, claimed: bytes) -> dict[str, Any]:
    told = {"room": room.hex(), "key": key.hex(), "commitment": claimed.hex()}
    return {"name": name, "content": spelled(content), **told}


def commitments() -> list[dict[str, Any]]:
    """Openings that hold, all contents in one room under one key, then other rooms and keys."""
    found = [
        opening(name, ROOM, content, KEY, commitment(ROOM, content, KEY))
        for name, content in CONTENTS.items()
    ]
    for name, room, key in [
        ("another room", OTHER_ROOM, KEY),
        ("another key", ROOM, OTHER_KEY),
        ("a room of zeros, a key of zeros", bytes(16), bytes(32)),
    ]:
        content = WORDS.encode()
        found.append(opening(name, room, content, key, commitment(room, content, key)))
    return found


def false_openings() -> list[dict[str, Any]]:
    """Openings of the right lengths that must not hold."""
    content, true = WORDS.encode(), commitment(ROOM, WORDS.encode(), KEY)
    label = b"hearthside franking 1 commit"
    bare = hmac_sha256(KEY, label + ROOM + content)
    turned = hmac_sha256(
        KEY, label + b"\x10\0\0\0" + ROOM + bytes([len(content), 0, 0, 0]) + content
    )
    stamped = hmac_sha256(KEY, b"hearthside franking 1 stamp" + b"\0\0\0\x10" + ROOM + content)
    nfc, nfd = CONTENTS["composed letters"], CONTENTS["the same letters decomposed"]
    return [
        opening("made without lengths", ROOM, content, KEY, bare),
        opening("lengths in the other byte order", ROOM, content, KEY, turned),
        opening("made under another label", ROOM, content, KEY, stamped),
        opening("of another room", OTHER_ROOM, content, KEY, true),
        opening("under another key", ROOM, content, OTHER_KEY, true),
        opening("one byte more", ROOM, content + b"\0", KEY, true),
        opening("one byte fewer", ROOM, content[:-1], KEY, true),
        opening("letters composed anew", ROOM, nfd, KEY, commitment(ROOM, nfc, KEY)),
        opening("all zeros", ROOM, content, KEY, bytes(32)),
        opening("last bit flipped", ROOM, content, KEY, true[:-1] + bytes([true[-1] ^ 1])),
    ]


def unfit_openings() -> list[dict[str, Any]]:
    """Openings with a field of the wrong length; where a code fits, it is the true one of its bytes."""
    content, true = WORDS.encode(), commitment(ROOM, WORDS.encode(), KEY)
    long = b"a" * 65537
    return [
        # Without the length these would be the same bytes as the first vector's.
        opening(
            "room a byte short, content a byte more", ROOM[:-1], ROOM[-1:] + content, KEY, true
        ),
        opening(
            "room a byte more, content a byte short", ROOM + content[:1], content[1:], KEY, true
        ),
        # HMAC fills short keys with zeros: it cannot tell these from the key of 32 bytes.
        opening("key with a zero behind it", ROOM, content, KEY + b"\0", true),
        opening(
            "zero key a byte short", ROOM, content, bytes(31), commitment(ROOM, content, bytes(32))
        ),
        opening("no key", ROOM, content, b"", commitment(ROOM, content, bytes(32))),
        opening("content too long", ROOM, long, KEY, commitment(ROOM, long, KEY)),
    ]


def plain(said: bytes, **changes: Any) -> dict[str, Any]:
    """A true report of what was said, but for the changes."""
    committed = commitment(ROOM, said, KEY)
    told: dict[str, Any] = {"version": 1, "content": said, "key": KEY, "commitment": committed}
    told |= {"room": ROOM, "alias": SEAT, "seq": SEQ, "time_ms": TIME}
    told |= {"stamp": stamp(committed, ROOM, SEAT, SEQ, TIME, server_key=SERVER_KEY), **changes}
    return {
        name: base64.urlsafe_b64encode(value).rstrip(b"=").decode()
        if isinstance(value, bytes)
        else value
        for name, value in told.items()
    }


def reports() -> list[dict[str, Any]]:
    """Reports with what they prove under the newest key and the one before it."""
    content, true = WORDS.encode(), commitment(ROOM, WORDS.encode(), KEY)
    elsewhere = commitment(OTHER_ROOM, content, KEY)
    before = stamp(true, ROOM, SEAT, SEQ, TIME, server_key=OLD_KEY)
    cases = [
        ("as it was sent", "verified", plain(content)),
        ("empty", "verified", plain(b"")),
        ("stamped before the keys changed", "verified", plain(content, stamp=before)),
        ("other words", "CommitmentIsFalse", plain(content, content=b"Something else")),
        ("moved to another room", "CommitmentIsFalse", plain(content, room=OTHER_ROOM)),
        (
            "committed anew in another room",
            "StampIsFalse",
            plain(content, room=OTHER_ROOM, commitment=elsewhere),
        ),
        (
            "committed anew to other words",
            "StampIsFalse",
            plain(content, content=b"no", commitment=commitment(ROOM, b"no", KEY)),
        ),
        ("from another seat", "StampIsFalse", plain(content, alias=bytes(16))),
        ("another number", "StampIsFalse", plain(content, seq=SEQ + 1)),
        ("another time", "StampIsFalse", plain(content, time_ms=TIME - 1)),
        (
            "stamped by a stranger",
            "StampIsFalse",
            plain(content, stamp=stamp(true, ROOM, SEAT, SEQ, TIME, server_key=KEY)),
        ),
        ("stamp cut short", "ReportIsMalformed", plain(content, stamp=before[:31])),
        ("key with a zero behind it", "ReportIsMalformed", plain(content, key=KEY + b"\0")),
        ("a later version", "ReportIsMalformed", plain(content, version=2)),
        ("time as text", "ReportIsMalformed", plain(content, time_ms=str(TIME))),
    ]
    return [{"name": name, "verdict": verdict, "report": told} for name, verdict, told in cases]


def vectors() -> dict[str, Any]:
    stamps = [(SEQ, TIME), (0, 0), (2**53 - 1, 253_402_300_799_999), (2**64 - 1, 2**64 - 1)]
    committed = commitment(ROOM, WORDS.encode(), KEY)
    people = [PERSON, b"7", b"\0", "Zoë".encode(), b"p" * 200]
    return {
        "about": "Test vectors of Hearthside franking, version 1. Bytes are hexadecimal (`times`: as often"
        " as it says), but base64url inside reports. Made by by_hand.py beside this file.",
        "commitments": commitments(),
        "false_openings": false_openings(),
        "unfit_openings": unfit_openings(),
        "server_keys": [
            {"secret": SECRET.hex(), "key": SERVER_KEY.hex()},
            {"secret": bytes(32).hex(), "key": OLD_KEY.hex()},
        ],
        "aliases": [
            {
                "server_key": SERVER_KEY.hex(),
                "room": room.hex(),
                "person": person.hex(),
                "alias": alias(room, person, SERVER_KEY).hex(),
            }
            for room in (ROOM, OTHER_ROOM)
            for person in people
        ],
        "stamps": [
            {
                "server_key": SERVER_KEY.hex(),
                "commitment": committed.hex(),
                "room": ROOM.hex(),
                "alias": SEAT.hex(),
                "seq": str(seq),
                "time_ms": str(time_ms),
                "stamp": stamp(committed, ROOM, SEAT, seq, time_ms, server_key=SERVER_KEY).hex(),
            }
            for seq, time_ms in stamps
        ],
        "report_keys": [SERVER_KEY.hex(), OLD_KEY.hex()],
        "reports": reports(),
    }


if __name__ == "__main__":
    VECTORS.write_text(json.dumps(vectors(), indent=1) + "\n")
