"""How fast the finder answers through HTTP with 100,000 groups, beside its limit and a bare page of the same site.

Run: `python benchmarks/finder_http.py [--quick] [--json] [--home FOLDER]`. The parts live in the folder `finder_http`.
"""

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    folder = Path(__file__).with_suffix("")
    # Its own parts, and the groups and people of the benchmark in process.
    sys.path[:0] = [str(folder), str(folder.with_name("finder"))]
    runpy.run_path(str(folder / "http_measured.py"), run_name="__main__")
