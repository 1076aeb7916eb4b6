"""What a room costs: our gateway beside ejabberd, Node's ws, websockets, Channels and the floor.

Run: `python benchmarks/rooms.py [--quick] [--json]`. The parts live in the folder `rooms`.
"""

import runpy
from pathlib import Path

if __name__ == "__main__":
    runpy.run_path(str(Path(__file__).with_suffix("")), run_name="__main__")
