"""A real installation in a folder of its own, driven by its command line as an operator would."""

import atexit
import contextlib
import functools
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 60.0


@dataclass
class Installation:
    """A folder with the state of one installation."""

    home: Path

    def environment(self, **extra: str) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if name in {"PATH", "HOME", "LANG", "TMPDIR"}
        }
        return {**kept, "HEARTHSIDE_HOME": str(self.home), **extra}

    def run(self, *words: str, **extra: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "hearthside", *words],
            env=self.environment(**extra),
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def rows(self, query: str) -> list[Any]:
        with contextlib.closing(sqlite3.connect(self.home / "hearthside.sqlite3")) as database:
            return database.execute(query).fetchall()

    def python(self, code: str) -> str:
        """Run a few lines inside the installation, Django set up, and return what they print."""
        program = (
            "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'hearthside.project.settings'; django.setup()\n"
            + code
        )
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def add_person(self, pseudonym: str) -> None:
        self.python(
            f"from hearthside.accounts.models import Person\nPerson.objects.create_user({pseudonym!r}, 'a long enough one')"
        )

    @contextlib.contextmanager
    def serving(self, *words: str, **extra: str) -> Iterator["Served"]:
        """Serve on a free port until the body ends; everything started is gone afterwards."""
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, "-m", "hearthside", *(words or ("serve",)), "--port", str(port)],
            env=self.environment(**extra),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        served = Served(process=process, port=port)
        try:
            served.wait_until_it_answers()
            yield served
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if process.stdout:
                process.stdout.close()


def installed(home: Path) -> Installation:
    """A new installation in `home`: a copy of one that each process of the tests sets up once."""
    shutil.copytree(_first(), home, dirs_exist_ok=True)
    return Installation(home)


@functools.cache
def _first() -> Path:
    home = Path(tempfile.mkdtemp(prefix="hearthside-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    done = Installation(home).run("setup")
    assert done.returncode == 0, done.stderr
    return home


@dataclass
class Served:
    """A site that answers on a port."""

    process: subprocess.Popen[str]
    port: int

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"{self.url}{path}", timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.process.stdout and self.process.stdout.read()
            with contextlib.suppress(OSError):
                self.get("/health/")
                return
            time.sleep(0.1)
        raise AssertionError("the site did not answer in time")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes_in_group(group: int) -> list[int]:
    """The living processes of a process group, read from /proc."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[2]) == group and fields[0] != "Z":
                found.append(int(folder.name))
    return found
