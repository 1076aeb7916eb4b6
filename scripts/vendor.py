"""Rebuilds the browser code made by others that we ship, from the npm lock beside it, and proves it identical.

    python scripts/vendor.py           fetch the locked versions, copy the files, write the manifest
    python scripts/vendor.py --check   fetch the locked versions; say what differs, and change nothing

Needs npm. The lock names the sha512 of every package, and npm refuses one that does not match.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from base64 import b64encode
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "scripts" / "vendor"
SHELL = ROOT / "src" / "hearthside" / "shell"
MANIFEST = SHELL / "vendor.json"
STATIC = SHELL / "static"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare only")
    is_check = parser.parse_args().check
    shipped = json.loads(MANIFEST.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        packages = fetch(Path(folder))
        built = {"packages": [entry(packages, told) for told in shipped["packages"]]}
        sources = {file["path"]: source for file, source in files(packages, built)}
        if is_check:
            return report(differences(shipped, built, sources))
        for path, source in sources.items():
            (STATIC / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, STATIC / path)
    MANIFEST.write_text(json.dumps(built, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return 0


def fetch(folder: Path) -> Path:
    """Install exactly what the lock names, running no script of any package."""
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(LOCK / name, folder / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, cwd=folder, check=True)
    return folder / "node_modules"


def entry(packages: Path, told: dict[str, Any]) -> dict[str, Any]:
    """What the manifest says of one package, with version, source and integrity as they were fetched."""
    name = told["name"]
    version = json.loads((packages / name / "package.json").read_text("utf-8"))["version"]
    return {
        "name": name,
        "version": version,
        "licence": told["licence"],
        "homepage": told["homepage"],
        "source": f"https://www.npmjs.com/package/{name}/v/{version}",
        "files": [
            {
                "from": file["from"],
                "path": file["path"].replace(told["version"], version),
                "integrity": integrity((packages / name / file["from"]).read_bytes()),
            }
            for file in told["files"]
        ],
    }


def files(packages: Path, built: dict[str, Any]) -> list[tuple[dict[str, str], Path]]:
    return [
        (file, packages / package["name"] / file["from"])
        for package in built["packages"]
        for file in package["files"]
    ]


def integrity(content: bytes) -> str:
    """The Subresource Integrity value of some bytes (W3C SRI, sha384)."""
    return f"sha384-{b64encode(hashlib.sha384(content).digest()).decode()}"


def differences(
    shipped: dict[str, Any], built: dict[str, Any], sources: dict[str, Path]
) -> list[str]:
    found = [] if shipped == built else ["vendor.json is not what the lock gives"]
    for path, source in sources.items():
        ours = STATIC / path
        if not ours.is_file() or ours.read_bytes() != source.read_bytes():
            found.append(f"{path} differs from {source.name} as published")
    known = {STATIC / path for path in sources}
    strays = sorted(set((STATIC / "vendor").iterdir()) - known)
    return found + [f"{stray.name} is in no package" for stray in strays]


def report(found: list[str]) -> int:
    print("\n".join(found) if found else "Every vendored file is identical to its package.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
