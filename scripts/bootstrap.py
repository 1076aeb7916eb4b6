"""Make .venv with this machine's python3, bring uv into it, sync it from uv.lock. Standard library only.

Usage: python3 scripts/bootstrap.py [--dev]. A stamp beside the environment makes a second run immediate.
Where Debian's python3 lacks ensurepip (package python3-venv), uv's wheel is fetched from the package index directly.
"""

import hashlib
import html
import os
import platform
import re
import subprocess
import sys
import urllib.request
import zipfile
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

UV_VERSION = "0.13.9"
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
INDEX = (
    os.environ.get("UV_INDEX_URL", "https://pypi.org/simple").rstrip("/").removesuffix("/simple")
)
OLDEST = (3, 11)


def main() -> None:
    if sys.version_info < OLDEST:
        sys.exit(
            f"Hearthside needs Python 3.11 or newer; this python3 is {platform.python_version()}."
        )
    groups = ["--group", "dev"] if "--dev" in sys.argv else ["--no-dev"]
    stamp = VENV / ".hearthside-stamp"
    wanted = fingerprint(groups)
    if stamp.exists() and stamp.read_text() in (wanted, fingerprint(["--group", "dev"])):
        return
    print("Setting up .venv (the first time takes about a minute)…", flush=True)
    if not (VENV / "bin" / "python").exists():
        make_environment()
    if not (VENV / "bin" / "uv").exists():
        bring_uv()
    # Compiled once here, not at every start: where Python may not write, a start would take seconds longer.
    uv = [str(VENV / "bin" / "uv"), "sync", "--frozen", "--compile-bytecode", "--quiet"]
    command = [*uv, *groups]
    done = subprocess.run(
        command, cwd=ROOT, check=False, env={**os.environ, "VIRTUAL_ENV": str(VENV)}
    )
    if done.returncode:
        sys.exit(
            "Setting up failed: see the lines above. Most often the package index cannot be reached."
        )
    stamp.write_text(wanted)


def fingerprint(groups: list[str]) -> str:
    parts = [(ROOT / name).read_bytes() for name in ("uv.lock", "pyproject.toml")]
    return hashlib.sha256(b"".join(parts) + " ".join(groups).encode()).hexdigest()


def make_environment() -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], check=True)


def bring_uv() -> None:
    """Fetch uv's wheel from the index, check the digest the index publishes, and unpack its program."""
    with urllib.request.urlopen(f"{INDEX}/simple/uv/", timeout=60) as answer:
        page = answer.read().decode()
    links = [html.unescape(link) for link in re.findall(r'href="([^"]+)"', page)]
    link = next(link for link in links if fits(link.rpartition("/")[2]))
    address, _, digest = urljoin(f"{INDEX}/simple/uv/", link).partition("#sha256=")
    with urllib.request.urlopen(address, timeout=300) as answer:
        content = answer.read()
    if hashlib.sha256(content).hexdigest() != digest:
        sys.exit("The download of uv was damaged on its way. Please run the command again.")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        inside = next(name for name in archive.namelist() if name.endswith("/scripts/uv"))
        target = VENV / "bin" / "uv"
        target.write_bytes(archive.read(inside))
    target.chmod(0o755)


def fits(filename: str) -> bool:
    if not filename.startswith(f"uv-{UV_VERSION}-"):
        return False
    machine = {"arm64": "aarch64", "amd64": "x86_64"}.get(
        platform.machine().lower(), platform.machine().lower()
    )
    if sys.platform == "darwin":
        return "macosx" in filename and ("arm64" if machine == "aarch64" else machine) in filename
    libc = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    return libc in filename and machine in filename


if __name__ == "__main__":
    main()
