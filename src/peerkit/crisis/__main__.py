"""`python -m peerkit.crisis`: JSON lines {"text", "lang"} in, the same with "tier" and "signals" out."""

import json
import sys
from dataclasses import asdict
from typing import Any

from peerkit.crisis import PackIsAltered, read


def main() -> int:
    """Read every line; 2 with a sentence on the first that is no such object."""
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            told = answered(asked)
        except (ValueError, TypeError, KeyError, AttributeError):
            sys.stderr.write(f'Line {number} is no object with "text" and "lang".\n')
            return 2
        except PackIsAltered as altered:
            sys.stderr.write(f"{altered}\n")
            return 3
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    return 0


def answered(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the object with what was noticed; "is_on" is false where its language has no rules."""
    reading = read(str(asked["text"]), str(asked.get("lang") or "en"))
    signals = [asdict(signal) for signal in reading.signals]
    return {**asked, "tier": reading.tier, "signals": signals, "is_on": reading.is_on}


if __name__ == "__main__":
    sys.exit(main())
