"""What the benchmark gives an agent, and what it gets back. The agent knows neither the task's id nor its suite."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

__all__ = ["Agent", "Attempt", "Brief", "NotebookJob"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookJob:
    """A live notebook, and where its answer goes."""

    cells: tuple[int, ...]
    """Numbers of the code cells that have run, in the order they ran."""
    answer: str
    """`append`, or `replace:N`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """One job."""

    prompt: str
    folder: Path
    """A fresh copy of the task's workspace. What the agent leaves there is what is graded."""
    home: Path
    """A fresh home folder, empty."""
    base_url: str
    """Of an OpenAI-compatible server, through the meter that counts and limits what is spent."""
    model: str
    """The model's name on that server."""
    context_window: int
    """Tokens."""
    seconds: float
    """The agent is killed after that."""
    tokens: int
    """Read and written together; the server refuses after that."""
    editable: tuple[str, ...]
    """Files or patterns that may be changed. Agents that take files by name are given them; it is not in the prompt."""
    visible_checks: str = ""
    """The command of the public tests, or empty."""
    needs: tuple[str, ...] = ()
    """The toolchains of the task, as on the machine of a person who works in these languages."""
    seed: int = 0
    temperature: float | None = None
    """None: the agent's own way."""
    without: str = ""
    """A technique to do without (our agent only); empty: none."""
    comparison_tokens: int | None = None
    """What another agent spent on the same task, for sampling at equal cost. None: nothing is known."""
    notebook: NotebookJob | None = None
    """For work in a notebook: `notebook.ipynb` in the folder. The answer is left as `cell.py`."""
    hidden: tuple[Path, ...] = ()
    """Folders that the agent's processes may not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """How it went, as far as the agent can say."""

    status: Literal["ended", "timed_out", "failed", "no_answer", "gave_up"]
    """`no_answer`: no code was found in what the model said. `failed`: the agent itself broke down.
    `gave_up`: it used up its own limit of questions, tokens or time.
    """
    log: str = ""
    """The end of what it printed, or its trace."""


class Agent(Protocol):
    """One subject."""

    @property
    def name(self) -> str:
        """As in the table."""

    @property
    def works_in_notebooks(self) -> bool:
        """Whether it can answer with a cell; if not, tasks in notebooks are skipped."""

    def version(self) -> str | None:
        """What is installed; None: it is not, and its tasks are skipped."""

    def attempt(self, brief: Brief) -> Attempt:
        """Work in the folder. Never raises for what the agent does."""
