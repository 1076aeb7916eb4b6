"""The bundle that browsers get is what the lock gives, byte for byte."""

import json
import shutil
import subprocess
import sys

import pytest

from hearthside.shell import vendored
from tests.conftest import ROOT, missing

PING = ["npm", "ping", "--silent", "--fetch-retries=0", "--fetch-timeout=10000"]


def test_whoever_builds_it_again_gets_the_same_bytes() -> None:
    if shutil.which("npm") is None:
        missing("npm is not installed")
    if subprocess.run(PING, capture_output=True, check=False).returncode:
        pytest.skip("npm's registry cannot be reached")
    done = subprocess.run(
        [sys.executable, "scripts/vendor.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_licence_of_everything_in_it_is_shipped() -> None:
    packages = json.loads(vendored.MANIFEST.read_text("utf-8"))["packages"]
    told = next(package for package in packages if package["name"] == "ts-mls")
    licences = next(file["path"] for file in told["files"] if "LICENSES" in file["path"])
    text = (vendored.STATIC / licences).read_text("utf-8")
    assert len(told["built"]["contains"]) == 6
    for part in told["built"]["contains"]:
        assert f"{part['name']} {part['version']}" in text
    assert text.count("Permission is hereby granted") == 6
