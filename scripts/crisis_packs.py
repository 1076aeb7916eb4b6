"""Builds the packs of `peerkit.crisis` from its rules, and signs them.

    .venv/bin/python scripts/crisis_packs.py                 make and sign with a key that is used once and forgotten
    .venv/bin/python scripts/crisis_packs.py --key FILE      sign with the release's own key (PEM, made if it is not there)
    .venv/bin/python scripts/crisis_packs.py --check         say what is out of date, and change nothing

Rules are written in src/peerkit/crisis/rules/LANGUAGE/*.toml, for people. Packs are JSON, read by Python and by browsers.
The manifest names each with its SHA-256; its public key goes into the code, so a pack is bound to a release either way.
"""

import argparse
import json
import sys
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from peerkit.crisis.pack import Pack
from peerkit.crisis.signing import PackIsAltered, files_of, signed, verified

ROOT = Path(__file__).resolve().parent.parent
CRISIS = ROOT / "src" / "peerkit" / "crisis"
RULES, DATA = CRISIS / "rules", CRISIS / "data"
KEYS = {
    CRISIS / "key.py": 'PUBLIC_KEY: Final = "{}"\n',
    ROOT / "src/hearthside/safety/static/safety/crisis/key.js": 'export const PUBLIC_KEY = "{}";\n',
}


def main() -> int:
    """Build, or say what is out of date."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="change nothing")
    parser.add_argument("--key", type=Path, help="the private key, PEM without a password")
    asked = parser.parse_args()
    packs = {f"{folder.name}.json": built(folder) for folder in sorted(RULES.iterdir())}
    if asked.check:
        wrong = out_of_date(packs)
        print("\n".join(wrong) or f"{len(packs)} packs are as their rules say, and signed.")
        return 1 if wrong else 0
    write(packs, private_key(asked.key))
    return 0


def built(folder: Path) -> bytes:
    """The pack of one language; PatternIsWrong, KeyError or ValueError where its rules cannot be read."""
    plain = merged(folder)
    Pack.of(plain)
    told = json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return told.encode() + b"\n"


def merged(folder: Path) -> dict[str, Any]:
    """Everything that the files of a folder hold: lists of one name joined, tables merged."""
    found: dict[str, Any] = {}
    for file in sorted(folder.glob("*.toml")):
        _merge(found, tomllib.loads(file.read_text("utf-8")), file)
    return found


def _merge(into: dict[str, Any], more: dict[str, Any], file: Path) -> None:
    for name, value in more.items():
        if isinstance(value, list):
            into.setdefault(name, []).extend(value)
        elif isinstance(value, dict):
            _merge(into.setdefault(name, {}), value, file)
        elif into.setdefault(name, value) != value:
            sys.exit(f"{file.relative_to(ROOT)} says {name} once more, and differently.")


def out_of_date(packs: dict[str, bytes]) -> list[str]:
    """What stands in the data folder and is not what the rules make, or not signed."""
    try:
        manifest, signature = DATA / "manifest.json", DATA / "manifest.sig"
        key = next(iter(KEYS)).read_text("utf-8").rpartition('= "')[2].partition('"')[0]
        files = files_of(manifest.read_bytes(), signature.read_text(), key)
        for name in files:
            verified(name, (DATA / name).read_bytes(), files)
    except (OSError, PackIsAltered) as wrong:
        return [str(wrong)]
    return [f"{name} is older than its rules." for name in packs if not _is_same(name, packs)]


def _is_same(name: str, packs: dict[str, bytes]) -> bool:
    file = DATA / name
    return file.exists() and file.read_bytes() == packs[name]


def write(packs: dict[str, bytes], key: ec.EllipticCurvePrivateKey) -> None:
    """Write packs, manifest and signature, and the public key into the code."""
    for name, content in packs.items():
        (DATA / name).write_bytes(content)
    names = sorted(file.name for file in DATA.iterdir() if not file.name.startswith("manifest"))
    hashes = {name: sha256((DATA / name).read_bytes()).hexdigest() for name in names}
    manifest = json.dumps({"files": hashes}, indent=1, sort_keys=True).encode() + b"\n"
    (DATA / "manifest.json").write_bytes(manifest)
    (DATA / "manifest.sig").write_text(signed(manifest, key) + "\n")
    point = key.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    for file, line in KEYS.items():
        head = file.read_text("utf-8").partition(line.partition("{")[0])[0]
        file.write_text(head + line.format(point.hex()), "utf-8")


def private_key(file: Path | None) -> ec.EllipticCurvePrivateKey:
    """The key in a file, or a new one: kept there, or forgotten with this process."""
    if file and file.exists():
        found = serialization.load_pem_private_key(file.read_bytes(), None)
        if not isinstance(found, ec.EllipticCurvePrivateKey):
            sys.exit(f"{file} holds no key of an elliptic curve.")
        return found
    made = ec.generate_private_key(ec.SECP256R1())
    if file:
        file.touch(mode=0o600)
        file.write_bytes(
            made.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
    return made


if __name__ == "__main__":
    sys.exit(main())
