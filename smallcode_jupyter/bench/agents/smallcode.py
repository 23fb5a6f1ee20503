"""Our own agent, through its command line, as a person would start it."""

from __future__ import annotations

import json
import os
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from smallcode_jupyter.bench.agents.notebook import kernel_command
from smallcode_jupyter.bench.agents.port import Attempt, Brief
from smallcode_jupyter.bench.agents.process import Finished, run_agent
from smallcode_jupyter.protocol.errors import SandboxError

__all__ = ["Smallcode"]

_SHARE_OF_TIME = 0.95
"""It is told less than it has, so that it can bring back its best."""
_LOG_CHARS = 20_000
_NO_ANSWER_STATUS = 1


class Smallcode:
    """`smallcode run`, and `%%smallcode` for work in a notebook."""

    name = "smallcode"
    works_in_notebooks = True

    def version(self) -> str:
        """Of the installed package."""
        try:
            return version("smallcode-jupyter")
        except PackageNotFoundError:
            return "source"

    def attempt(self, brief: Brief) -> Attempt:
        """One run, with what it validated, or could not judge, written to the folder."""
        home = brief.home / "smallcode"
        home.mkdir(parents=True, exist_ok=True)
        if "go" in brief.needs:
            (home / "cache").mkdir()
            (home / "cache" / "go").symlink_to(brief.home / ".cache" / "go-build")
        command = kernel_command(brief) if brief.notebook is not None else _command(brief)
        try:
            finished = run_agent(command, brief, env=_environment(brief, home))
        except SandboxError as error:
            return Attempt(status="failed", log=str(error))
        return _notebook_attempt(finished) if brief.notebook is not None else _attempt(finished)


def _command(brief: Brief) -> tuple[str, ...]:
    words = ("run", brief.prompt, "--cwd", str(brief.folder), "--apply", "auto", "--json")
    return (sys.executable, "-m", "smallcode_jupyter", *words)


def _environment(brief: Brief, home: Path) -> dict[str, str]:
    variables = {
        "SMALLCODE_HOME": str(home),
        "SMALLCODE_BASE_URL": brief.base_url,
        "SMALLCODE_MODEL": brief.model,
        "SMALLCODE_MAX_SECONDS": f"{max(1.0, brief.seconds * _SHARE_OF_TIME):g}",
        "SMALLCODE_MAX_TOKENS": str(brief.tokens),
        "SMALLCODE_SEED": str(brief.seed),
        "SMALLCODE_WITHOUT": brief.without,
        "IPYTHONDIR": str(home / "ipython"),
        "PYTHONPATH": os.pathsep.join(_import_paths()),
    }
    if brief.temperature is not None:
        variables["SMALLCODE_TEMPERATURE"] = f"{brief.temperature:g}"
    return {name: value for name, value in variables.items() if value}


def _import_paths() -> list[str]:
    """Where this very package lies, before whatever else is on the path."""
    return [str(Path(__file__).parents[3]), *filter(None, [os.environ.get("PYTHONPATH")])]


def _attempt(finished: Finished) -> Attempt:
    log = f"{finished.stdout[-_LOG_CHARS:]}\n{finished.stderr[-2_000:]}".strip()
    if finished.is_timed_out:
        return Attempt(status="timed_out", log=log)
    events = list(_events(finished.stdout))
    last = events[-1] if events else {}
    if last.get("type") != "task.finished":
        return Attempt(status="failed", log=log)
    problem = last.get("problem") or {}
    is_refused = last.get("outcome") == "failed" and problem.get("code") == "RateLimited"
    reason = str(last.get("reason", ""))
    match last.get("outcome"):
        case "failed" if not is_refused:
            return Attempt(status="failed", log=log)
        case "answered":
            return Attempt(status="no_answer", log=log)
        case "gave_up" if " seconds used" in reason:
            return Attempt(status="timed_out", log=log)
        case "gave_up" if " used." in reason:
            return Attempt(status="gave_up", log=log)
        case _:
            return Attempt(status="ended", log=log)


def _notebook_attempt(finished: Finished) -> Attempt:
    log = f"{finished.stdout[-_LOG_CHARS:]}\n{finished.stderr[-2_000:]}".strip()
    if finished.is_timed_out:
        return Attempt(status="timed_out", log=log)
    if finished.exit_code not in (0, _NO_ANSWER_STATUS) or "Traceback (most recent" in finished.stderr:
        return Attempt(status="failed", log=log)
    return Attempt(status="ended" if finished.exit_code == 0 else "no_answer", log=log)


def _events(output: str) -> list[dict[str, Any]]:
    """The events among the lines that were printed; output in the middle may have been left out."""
    found = []
    for line in output.splitlines():
        try:
            event = json.loads(line)["event"]
        except (ValueError, KeyError, TypeError):
            continue
        if isinstance(event, dict):
            found.append(event)
    return found
