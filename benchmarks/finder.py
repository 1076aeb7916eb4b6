"""How fast a group is found among 100,000: the index beside SQLite and PostgreSQL, in one run.

Run: `python benchmarks/finder.py [--quick] [--json] [--http ADDRESS]`. The parts live in the folder `finder`.
"""

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    folder = Path(__file__).with_suffix("")
    sys.path.insert(0, str(folder))
    runpy.run_path(str(folder / "finding_measured.py"), run_name="__main__")
