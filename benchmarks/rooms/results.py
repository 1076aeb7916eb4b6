"""What the repetitions of one server come to: medians, and how far they lie apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from load import Measured


@dataclass(frozen=True)
class Result:
    """One server in one scenario. `spread` is the lowest and the highest rate of the repetitions.

    Figures are None where there are none: the server was skipped (`why_not` says so), lost messages
    (`faults`), or could not keep the pace (`notes`).
    """

    version: str = ""
    deliveries_per_cpu_s: float | None = None
    spread: tuple[float, float] | None = None
    p50_ms: float | None = None
    p99_ms: float | None = None
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    why_not: str = ""


def result(version: str, repetitions: Sequence[Measured]) -> Result:
    """Medians; one fault in any repetition, and none of them counts."""
    faults = tuple(dict.fromkeys(words for one in repetitions for words in one.faults))
    notes = tuple(dict.fromkeys(words for one in repetitions for words in one.notes))
    if faults:
        return Result(version, faults=faults, notes=notes)
    rates = [one.deliveries_per_cpu_s for one in repetitions]
    return Result(
        version,
        median(rates),
        (min(rates), max(rates)),
        _median([one.p50_ms for one in repetitions]),
        _median([one.p99_ms for one in repetitions]),
        notes=notes,
    )


def ratio(ours: Result, other: Result) -> float | None:
    """How many times the other's rate ours is; None if either has none."""
    if ours.deliveries_per_cpu_s is None or not other.deliveries_per_cpu_s:
        return None
    return ours.deliveries_per_cpu_s / other.deliveries_per_cpu_s


def _median(figures: Sequence[float | None]) -> float | None:
    """None if one repetition has none: a server that keeps the pace sometimes does not keep it."""
    known = [one for one in figures if one is not None]
    return median(known) if known and len(known) == len(figures) else None
