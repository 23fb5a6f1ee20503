"""What an attack is: a small program, and how the process it attacks tells whether it worked."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Attack"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """One way to hurt the kernel, its files or its machine."""

    name: str
    group: str
    code: str
    """Run in the copy. `W` is the world it is copied from."""
    happened: str
    """An expression, evaluated in the kernel that was attacked: whether it worked. `W` is its own world, `told` is
    what the program printed, `report` the trial's report (None for the control)."""
    held_by: str = ""
    """What holds it in a trial; empty where nothing does."""
    open_because: str = ""
    """Why it works in a trial all the same, and what that means."""
    open_without_namespaces: str = ""
    """Why it works where the system allows no namespaces; empty where it does not, or works anyway."""
    open_in_kernel: str = ""
    """Why it works in a confined kernel; empty where it does not."""
    needs: str = ""
    """`root`, `user`: as whom the control can work; empty for both."""
    seconds: float = 6.0
    has_control: bool = True
    """False where there is nothing to compare with: attacks on the report itself."""

    @property
    def is_from_outside(self) -> bool:
        """Whether another process could try it, such as a confined kernel: it uses nothing that a fork hands down."""
        groups = ("files", "reading", "network", "signals", "processes", "privileges")
        own = ("inherited", "connection file", "the key")
        return self.group in groups and not any(words in self.name for words in own)
