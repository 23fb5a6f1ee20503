"""Rows of a result file: one JSON object a line, one line an attempt at a task."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, cast, get_args

from smallcode_jupyter.protocol.errors import UsageError

__all__ = ["FAILURES", "Failure", "Row", "Status", "append_row", "read_rows"]

Status = Literal["solved", "failed", "skipped"]
Failure = Literal["", "wrong_answer", "no_edit", "loop", "time_out", "parse", "agent_error"]
FAILURES: tuple[Failure, ...] = get_args(Failure)[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One attempt. The names and meanings are stable: fields are added, never changed."""

    task: str
    suite: str
    category: str
    agent: str
    model: str
    """The name the server gives it."""
    status: Status
    failure: Failure = ""
    """Why not solved: `wrong_answer` (it runs, a claim fails), `no_edit` (nothing was changed), `loop` (the token
    or call budget was used up), `time_out`, `parse` (does not parse or compile, or no answer was found in the
    reply), `agent_error` (the agent itself failed). Empty if solved or skipped."""
    prompt_tokens: int = 0
    """Tokens of all prompts, as the server counted them, cached ones included."""
    cached_tokens: int = 0
    """Those of them that the server did not have to read again."""
    completion_tokens: int = 0
    requests: int = 0
    """Questions to the model."""
    seconds: float = 0.0
    """Wall time of the attempt, grading not included."""
    seed: int = 0
    commit: str = ""
    """Of the harness; `+` at its end: with changes."""
    version: str = ""
    """Of the agent."""
    without: str = ""
    """The technique that was switched off; empty: none."""
    task_version: int = 1
    problems: tuple[str, ...] = ()
    """What did not hold, the first few; of a skipped task, why it was skipped."""
    claims: int = 0
    held: int = 0
    tampered: tuple[str, ...] = ()
    """Files the agent changed that it had no business in; without effect."""
    transcript: str = ""
    """SHA-256 of all requests and replies."""
    machine: str = ""
    server: str = ""
    """Name and version of the model server."""
    model_hash: str = ""
    """SHA-256 of the model file, where known."""
    sampler: dict[str, Any] = field(default_factory=dict)
    """Of the first request: temperature, top_p, seed, ... as sent."""
    started: str = ""
    """ISO 8601, UTC."""

    @property
    def key(self) -> tuple[str, str, str, str, str, int]:
        """What may occur once in a result file."""
        return (self.suite, self.task, self.agent, self.model, self.without, self.seed)

    @property
    def tokens(self) -> int:
        """Read and written."""
        return self.prompt_tokens + self.completion_tokens

    def to_json(self) -> str:
        """One line."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))


def append_row(path: Path, row: Row) -> None:
    """Add a line at once: a run that is killed leaves whole lines, and perhaps one that `read_rows` leaves out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(row.to_json() + "\n")
        file.flush()


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a file. A last line that was cut off is left out; raises UsageError for any other bad line."""
    known = {item.name for item in fields(Row)}
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        try:
            found = cast("dict[str, Any]", json.loads(line))
            values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in found.items()}
            yield Row(**{key: value for key, value in values.items() if key in known})
        except (ValueError, TypeError, AttributeError) as error:
            if number == len(lines):
                return
            raise UsageError(f"Line {number} of {path.name} is not a result.", why=f"{error}.") from error
