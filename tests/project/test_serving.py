"""`hearthside serve` is one process group: web and background work start, survive and stop together."""

import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.running import Installation, installed, processes_in_group

pytestmark = pytest.mark.skipif(
    not Path("/proc").is_dir(), reason="reads the process table from /proc"
)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return installed(tmp_path_factory.mktemp("served") / "home")


def eventually(is_so: Callable[[], bool], *, within: float = 30.0) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.1)
    return False


def finished_tasks(of: Installation) -> int:
    return int(
        of.rows(
            "select count(*) from django_tasks_database_dbtaskresult where status = 'SUCCESSFUL'"
        )[0][0]
    )


def test_the_first_run_prints_the_address_for_the_first_operator(tmp_path: Path) -> None:
    fresh = Installation(tmp_path / "fresh")
    said = fresh.run("setup").stdout
    assert "/start/" in said
    token = said.split("/start/")[1].split("/")[0]
    assert token not in (fresh.home / "first-run").read_text()


def test_pages_answer_and_background_work_is_done(installation: Installation) -> None:
    with installation.serving() as site:
        status, page = site.get("/")
        assert status == 200
        assert "<h1" in page
        assert eventually(lambda: finished_tasks(installation) > 0)


def test_a_dead_worker_is_started_again(installation: Installation) -> None:
    with installation.serving() as site:
        group = site.process.pid
        assert eventually(lambda: len(processes_in_group(group)) == 2)
        (worker,) = set(processes_in_group(group)) - {group}
        os.kill(worker, signal.SIGKILL)
        assert eventually(lambda: len(set(processes_in_group(group)) - {group, worker}) == 1)
        assert site.get("/health/")[0] == 200


def test_stopping_stops_everything(installation: Installation) -> None:
    with installation.serving() as site:
        group = site.process.pid
        assert eventually(lambda: len(processes_in_group(group)) == 2)
        site.process.send_signal(signal.SIGTERM)
        assert eventually(lambda: processes_in_group(group) == [])


def test_background_work_ends_when_the_web_process_is_killed(installation: Installation) -> None:
    with installation.serving() as site:
        group = site.process.pid
        assert eventually(lambda: len(processes_in_group(group)) == 2)
        os.kill(group, signal.SIGKILL)
        site.process.wait()
        assert eventually(lambda: processes_in_group(group) == [])


def test_a_port_in_use_is_said_in_one_sentence(installation: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = installation.run("serve", "--port", str(port))
    assert said.returncode == 1
    assert f"Port {port}" in said.stderr
    assert "Traceback" not in said.stderr


def test_help_teaches_without_a_database(tmp_path: Path) -> None:
    said = Installation(tmp_path / "nowhere").run("--help")
    assert said.returncode == 0
    for verb in ("serve", "setup", "demo", "import", "export", "check", "backup", "restore"):
        assert verb in said.stdout
    assert not (tmp_path / "nowhere").exists()


def test_check_says_in_plain_words_what_is_missing(installation: Installation) -> None:
    said = installation.run("check")
    assert said.returncode == 1
    assert "MUST" in said.stdout
    assert "https://" in said.stdout
    assert "operator" in said.stdout


def test_nobody_else_on_the_machine_can_look_into_the_folder(installation: Installation) -> None:
    assert installation.home.stat().st_mode & 0o077 == 0
    installation.home.chmod(0o755)
    assert f"chmod 700 {installation.home}" in installation.run("check").stdout
