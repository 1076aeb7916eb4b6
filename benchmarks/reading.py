"""How well free words are understood: rules, a TF-IDF baseline and ours, on CounselChat's questions.

Run: `python benchmarks/reading.py [QUESTIONS.csv] [--quick] [--json]`, or set HEARTHSIDE_COUNSELCHAT.
The parts live in the folder `reading`.
"""

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    folder = Path(__file__).with_suffix("")
    # Its own parts, and the folds that the training and the tests share.
    sys.path[:0] = [str(folder), str(folder.parents[1])]
    runpy.run_path(str(folder / "reading_measured.py"), run_name="__main__")
