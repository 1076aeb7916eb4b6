"""The room on a slow phone: joining it and coming back, and how soon what is said is seen; beside its limits.

Run: `python benchmarks/room_page.py [--quick] [--json] [--where]`. Needs Chromium. The parts live in the folder `room_page`.
"""

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    folder = Path(__file__).with_suffix("")
    # Its own parts, and the tests' way to an installation with people in a room.
    sys.path[:0] = [str(folder), str(folder.parents[1])]
    runpy.run_path(str(folder / "measured.py"), run_name="__main__")
