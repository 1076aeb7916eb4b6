"""What a page shows of altered browsers and a lying server, in Node."""

import subprocess
from pathlib import Path

from tests.rooms.sealing.conftest import node

__all__ = ["node"]
FILE = Path(__file__).with_name("what_is_shown.test.mjs")


def test_nothing_is_shown_as_somebody_elses_or_out_of_reach_of_a_report(node: str) -> None:
    done = subprocess.run(
        [node, "--test", "--test-reporter=tap", str(FILE)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "# pass 3\n" in done.stdout
