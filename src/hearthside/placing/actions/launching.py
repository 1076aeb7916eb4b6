"""Starting the process that works on a run, beside the worker: letters and closing rooms never wait for it."""

import subprocess
import sys
from threading import Thread

from django_tasks import task


@task()
def launch(*, run_id: str) -> int:
    """Start `hearthside placing-run` for this run and go on at once; its process id.

    A thread waits for its end, so that none is left over in the list of processes. The worker need not
    wait for that thread: a run lives on without it.
    """
    words = [sys.executable, "-m", "hearthside", "placing-run", run_id]
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL)
    Thread(target=process.wait, name=f"run {run_id}", daemon=True).start()
    return process.pid
