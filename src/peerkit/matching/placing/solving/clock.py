"""The clock of one run: when to stop, and what to report on the way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from peerkit.matching.placing.values import Progress


@dataclass(slots=True)
class Clock:
    """Time that is left, and the best value and bound so far."""

    seconds: float
    on_progress: Callable[[Progress], None] | None = None
    should_stop: Callable[[], bool] | None = None
    value: int = 0
    shown: int = 0
    bound: int = 0
    was_stopped: bool = False
    began: float = field(default_factory=monotonic)

    @property
    def spent(self) -> float:
        """Seconds since the run began."""
        return monotonic() - self.began

    def may_go_on(self, share: float = 1.0) -> bool:
        """Whether a stage that may last until that share of the time should go on."""
        if not self.was_stopped and self.should_stop is not None and self.should_stop():
            self.was_stopped = True
        return not self.was_stopped and self.spent < share * self.seconds

    def tell(self, step: str) -> None:
        """Report value and bound so far."""
        self.shown = max(self.shown, self.value)
        if self.on_progress is not None:
            self.on_progress(Progress(self.spent, self.shown, self.bound, step))
