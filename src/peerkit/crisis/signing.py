"""Rules that were altered, or that nobody signed, are not read.

Threat: whoever can change what a site serves could teach the detector silence, or make it cry wolf. The
manifest names every file with its SHA-256 and is signed with ECDSA (P-256, SHA-256, as FIPS 186-5 has it);
the public key stands in the code, here and in the browser's `signing.js`, which can be compared with a release.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256

_HALF: Final = 32
_ALGORITHM: Final = ec.ECDSA(SHA256())


class PackIsAltered(Exception):
    """The rules are not the ones that were signed; the text says which file, or that it is the signature."""


def signed(manifest: bytes, key: ec.EllipticCurvePrivateKey) -> str:
    """Return the signature as 128 hexadecimal digits: r and s, 32 bytes each, as browsers read it."""
    r, s = decode_dss_signature(key.sign(manifest, _ALGORITHM))
    return (r.to_bytes(_HALF, "big") + s.to_bytes(_HALF, "big")).hex()


def files_of(manifest: bytes, signature: str, public_key: str) -> Mapping[str, str]:
    """Return the SHA-256 of each file by its name. Raises PackIsAltered if the signature is not of this key.

    `public_key` is an uncompressed point of P-256 in hexadecimal digits (SEC 1, section 2.3.3).
    """
    try:
        point = bytes.fromhex(public_key)
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        both = bytes.fromhex(signature.strip())
        r, s = int.from_bytes(both[:_HALF], "big"), int.from_bytes(both[_HALF:], "big")
        key.verify(encode_dss_signature(r, s), manifest, _ALGORITHM)
    except (InvalidSignature, ValueError) as wrong:
        raise PackIsAltered("The signature of the rules is false or missing.") from wrong
    files: Mapping[str, str] = json.loads(manifest)["files"]
    return files


def verified(name: str, content: bytes, files: Mapping[str, str]) -> bytes:
    """Return the content of a file that the manifest names. Raises PackIsAltered."""
    if files.get(name) != sha256(content).hexdigest():
        raise PackIsAltered(f"{name} is not the file that was signed.")
    return content
