"""Fetching what the other servers need into a folder of this run; none of it is ours to depend on."""

import shutil
import subprocess
import sys
from pathlib import Path

from peer import IsAbsent

FETCHED_WITHIN_S = 180


def python_with(folder: Path, *packages: str) -> Path:
    """The Python of a new environment in `folder` that has the packages; or IsAbsent."""
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if uv is None:
        raise IsAbsent("uv is not installed")
    _run(uv, "venv", "--quiet", "--python", sys.executable, str(folder))
    python = folder / "bin/python"
    _run(uv, "pip", "install", "--quiet", "--python", str(python), *packages)
    return python


def node_with(folder: Path, package: str) -> str:
    """The path of `node`, with the package in `folder`/node_modules; or IsAbsent."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise IsAbsent("node or npm is not installed")
    folder.mkdir(parents=True)
    _run(npm, "install", "--silent", "--ignore-scripts", "--prefix", str(folder), package)
    return node


def output(*command: str) -> str:
    """The first line that a command prints."""
    return _run(*command).split("\n")[0].strip()


def _run(*command: str) -> str:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=FETCHED_WITHIN_S, check=True
        )
    except subprocess.CalledProcessError as failed:
        raise IsAbsent(f"{command[0]} failed: {failed.stderr.strip()[-300:]}") from failed
    except (subprocess.TimeoutExpired, OSError) as failed:
        raise IsAbsent(f"{command[0]}: {failed}") from failed
    return done.stdout
