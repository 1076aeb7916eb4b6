"""What a server has cost so far: processor time of its processes, and of the soft interrupts."""

import gzip
import os
import platform
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TICKS_PER_S = os.sysconf("SC_CLK_TCK")
SOFTIRQ_FIELD = 7
OPTION = "CONFIG_IRQ_TIME_ACCOUNTING"


@dataclass(frozen=True)
class Spent:
    """Seconds: user and system time of a process tree, and soft interrupts on its core."""

    process_s: float
    softirq_s: float

    def since(self, before: "Spent") -> float:
        """Seconds spent since `before`.

        Sending on loopback delivers to the receiver in a soft interrupt. Most kernels bill that to the
        process that sent; those that keep a separate account have it added here.
        """
        softirq = self.softirq_s - before.softirq_s if soft_interrupts_are_apart() else 0
        return self.process_s - before.process_s + softirq


def spent(pid: int, *, core: int) -> Spent:
    """What process `pid`, its living descendants and their ended children have cost since they began."""
    children = defaultdict(list)
    ticks = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (fields := _stat(folder)):
            children[int(fields[1])].append(int(folder.name))
            ticks[int(folder.name)] = sum(map(int, fields[11:15]))
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        total += ticks.get(one, 0)
        waiting += children[one]
    return Spent(total / TICKS_PER_S, _softirq_ticks(core) / TICKS_PER_S)


@cache
def soft_interrupts_are_apart() -> bool:
    """Whether this kernel keeps interrupt time out of the processes' own; no, if it does not say."""
    return f"{OPTION}=y" in _kernel_options()


def soft_interrupts() -> str:
    """How soft interrupts were counted, in words for the report."""
    if OPTION not in _kernel_options():
        return "as the kernel bills them (it does not say how)"
    return "added" if soft_interrupts_are_apart() else "billed to the process that sent"


@cache
def _kernel_options() -> str:
    running, beside = Path("/proc/config.gz"), Path(f"/boot/config-{platform.release()}")
    if running.exists():
        return gzip.decompress(running.read_bytes()).decode()
    return beside.read_text() if beside.exists() else ""


def _stat(folder: Path) -> list[str]:
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _softirq_ticks(core: int) -> int:
    lines = Path("/proc/stat").read_text().splitlines()
    return next(int(one.split()[SOFTIRQ_FIELD]) for one in lines if one.startswith(f"cpu{core} "))
