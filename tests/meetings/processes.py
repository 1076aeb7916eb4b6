"""Other processes on the test's own database, to race with and to kill."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from django.db import connection

RACER = Path(__file__).parent / "racer.py"


def racer() -> "subprocess.Popen[str]":
    """A process that is up and waits for its lines."""
    process = subprocess.Popen(
        [sys.executable, str(RACER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "DATABASE_URL": database_url(), "PYTHONWARNINGS": "ignore"},
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready", process.communicate()[1]
    return process


def tell(process: "subprocess.Popen[str]", *lines: str) -> None:
    assert process.stdin is not None
    process.stdin.write("".join(f"{line}\n" for line in lines))
    process.stdin.flush()


def race(*batches: Sequence[str]) -> None:
    """Let one process for each batch of lines run at the same time, and wait until all are done."""
    processes = [racer() for _ in batches]
    for process, lines in zip(processes, batches, strict=True):
        tell(process, *lines)
    for process in processes:
        _out, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors


def database_url() -> str:
    """Where the test's database is, as DATABASE_URL says it."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    host = f"{settings['HOST'] or '127.0.0.1'}:{settings['PORT'] or 5432}"
    password = f":{settings['PASSWORD']}" if settings["PASSWORD"] else ""
    return f"postgres://{settings['USER']}{password}@{host}/{settings['NAME']}"
