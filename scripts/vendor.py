"""Rebuilds the browser code made by others that we ship, from the npm lock beside it, and proves it identical.

    python scripts/vendor.py           fetch the locked versions, copy or build the files, write the manifest
    python scripts/vendor.py --check   fetch the locked versions; say what differs, and change nothing

A file is copied as its package publishes it ("from"), or, where a browser could not load the package as it is,
built into one file by the locked esbuild from an entry beside the lock ("built": entry and flags). A built file
always comes out the same, byte for byte. Beside it stand the licences of every package that went into it.

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
        made = [entry(packages, told) for told in shipped["packages"]]
    built = {"packages": [told for told, _ in made]}
    contents = {path: content for _, files in made for path, content in files.items()}
    if is_check:
        return report(differences(shipped, built, contents))
    for path, content in contents.items():
        (STATIC / path).parent.mkdir(parents=True, exist_ok=True)
        (STATIC / path).write_bytes(content)
    MANIFEST.write_text(json.dumps(built, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return 0


def fetch(folder: Path) -> Path:
    """Install exactly what the lock names, running no script of any package."""
    for source in filter(Path.is_file, LOCK.iterdir()):
        shutil.copyfile(source, folder / source.name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, cwd=folder, check=True)
    return folder / "node_modules"


def entry(packages: Path, told: dict[str, Any]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What the manifest says of one package as it was fetched, and its files: static path to content."""
    name, version = told["name"], published(packages, told["name"])["version"]
    recipe, contents = (
        build(packages, told["built"]) if "built" in told else ({}, copies(packages, told))
    )
    paths = [file["path"].replace(told["version"], version) for file in told["files"]]
    return {
        "name": name,
        "version": version,
        "licence": told["licence"],
        "homepage": told["homepage"],
        "source": f"https://www.npmjs.com/package/{name}/v/{version}",
        **recipe,
        "files": [
            {**file, "path": path, "integrity": integrity(content)}
            for file, path, content in zip(told["files"], paths, contents, strict=True)
        ],
    }, dict(zip(paths, contents, strict=True))


def published(packages: Path, name: str) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((packages / name / "package.json").read_text("utf-8"))
    return manifest


def copies(packages: Path, told: dict[str, Any]) -> list[bytes]:
    return [(packages / told["name"] / file["from"]).read_bytes() for file in told["files"]]


def build(packages: Path, recipe: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """The recipe with what went in, the script in one file, and the licences of all that is in it."""
    meta, script = packages / "meta.json", packages / "built.js"
    command = [str(packages / ".bin" / "esbuild"), recipe["entry"], *recipe["flags"]]
    command += [f"--metafile={meta}", f"--outfile={script}", "--log-level=warning"]
    subprocess.run(command, cwd=packages.parent, check=True)
    names = sorted(
        {package_of(path) for path in json.loads(meta.read_text())["inputs"] if "/" in path}
    )
    contains = [
        {"name": name, "version": about["version"], "licence": about["license"]}
        for name in names
        for about in [published(packages, name)]
    ]
    by = f"esbuild {published(packages, 'esbuild')['version']}"
    told = {**recipe, "by": by, "contains": contains}
    return {"built": told}, [script.read_bytes(), licences(packages, contains)]


def package_of(path: str) -> str:
    """The package of a module: "node_modules/@hpke/core/esm/mod.js" is in "@hpke/core"."""
    words = path.rpartition("node_modules/")[2].split("/")
    return "/".join(words[:2] if words[0].startswith("@") else words[:1])


def licences(packages: Path, contains: list[dict[str, str]]) -> bytes:
    """One text: each package's name and version above its licence as published."""
    texts = [
        f"{told['name']} {told['version']}\n\n{(packages / told['name'] / 'LICENSE').read_text('utf-8').strip()}\n"
        for told in contains
    ]
    return f"\n{'-' * 80}\n\n".join(texts).encode()


def integrity(content: bytes) -> str:
    """The Subresource Integrity value of some bytes (W3C SRI, sha384)."""
    return f"sha384-{b64encode(hashlib.sha384(content).digest()).decode()}"


def differences(
    shipped: dict[str, Any], built: dict[str, Any], contents: dict[str, bytes]
) -> list[str]:
    found = [] if shipped == built else ["vendor.json is not what the lock gives"]
    for path, content in contents.items():
        ours = STATIC / path
        if not ours.is_file() or ours.read_bytes() != content:
            found.append(f"{path} differs from what the lock gives")
    known = {STATIC / path for path in contents}
    strays = sorted(set((STATIC / "vendor").iterdir()) - known)
    return found + [f"{stray.name} is in no package" for stray in strays]


def report(found: list[str]) -> int:
    print("\n".join(found) if found else "Every vendored file is what the lock gives.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
