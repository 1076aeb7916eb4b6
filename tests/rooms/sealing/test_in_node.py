"""Sealing in Node: its promises, the rules of a room, the vectors of RFC 9420, a second implementation as peer."""

import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def run(node: str, file: str, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [node, "--test", "--test-reporter=tap", str(HERE / file)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\n# pass 0\n" not in done.stdout


@pytest.mark.parametrize("file", ["vectors.test.mjs", "laws.test.mjs", "rules.test.mjs"])
def test_sealing_keeps_its_promises(file: str, node: str, environment: dict[str, str]) -> None:
    run(node, file, environment)


def test_sealing_speaks_with_a_second_implementation(
    node: str, environment: dict[str, str], peer: Path
) -> None:
    run(node, "peer.test.mjs", {**environment, "PEER": str(peer)})
