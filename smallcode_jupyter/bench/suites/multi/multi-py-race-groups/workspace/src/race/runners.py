"""Who ran, and how fast."""

from dataclasses import dataclass

EVENT_YEAR = 2026


@dataclass(frozen=True)
class Runner:
    """A runner who finished, or not: `seconds` is None then."""

    number: int
    name: str
    seconds: int | None

    @property
    def finished(self) -> bool:
        """Whether the runner has a time."""
        return self.seconds is not None

    @property
    def time(self) -> str:
        """The time as minutes and seconds, "did not finish" without one."""
        if self.seconds is None:
            return "did not finish"
        return f"{self.seconds // 60}:{self.seconds % 60:02d}"
