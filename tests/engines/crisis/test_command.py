"""`python -m peerkit.crisis` reads lines and writes them back with what was noticed."""

import json
import subprocess
import sys


def answered(lines: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "peerkit.crisis"],
        input=lines,
        capture_output=True,
        text=True,
        check=False,
    )


def test_lines_come_back_with_tier_and_signals() -> None:
    asked = [
        {"id": 1, "text": "I want to kill myself", "lang": "en"},
        {"id": 2, "text": "me muero de risa", "lang": "es"},
        {"id": 3, "text": "cokolwiek", "lang": "pl"},
    ]
    done = answered("\n".join(map(json.dumps, asked)) + "\n\n")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["id"], one["tier"], one["is_on"]) for one in told] == [
        (1, "explicit", True),
        (2, "none", True),
        (3, "none", False),
    ]
    assert told[0]["signals"][0]["quote"]


def test_what_is_no_such_line_is_refused_with_its_number() -> None:
    done = answered('{"text": "fine", "lang": "en"}\n["no"]\n')
    assert done.returncode == 2
    assert "Line 2" in done.stderr
