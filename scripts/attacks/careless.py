"""An agent without any care: it does what an answer says, with the person's rights. The control of every attack."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path

_SECONDS = 20.0
"""For one program: whom it tells something may never answer."""


def carry_out(reply: str, root: Path) -> str:
    """Do what the reply says in the folder, and test what it writes. Returns what a model would be shown."""
    if not reply.startswith("```"):
        call = json.loads(reply)
        return _call(call["name"], call["arguments"], root)
    heading, _, rest = reply.removeprefix("```").partition("\n")
    path = root / Path(heading.split(" ", 1)[1]).expanduser()
    path.write_text(rest.removesuffix("```"), encoding="utf-8")
    if path.suffix != ".py" or path.parent != root:
        return ""
    return _run([sys.executable, "-m", "pytest", "-q", "--doctest-modules", "-p", "no:cacheprovider"], root)


def _call(name: str, arguments: dict[str, str], root: Path) -> str:
    match name:
        case "run_command":
            return _run(["bash", "-c", arguments["command"]], root)
        case "run_code":
            return _run([sys.executable, "-c", arguments["code"]], root)
        case "read_file":
            return (root / arguments["path"]).read_text(encoding="utf-8")
        case "write_file":
            (root / arguments["path"]).write_text(arguments["content"], encoding="utf-8")
        case "edit_file":
            path = root / arguments["path"]
            path.write_text(path.read_text().replace(arguments["old"], arguments["new"]), encoding="utf-8")
        case _:
            raise ValueError(name)
    return ""


def _run(command: list[str], root: Path) -> str:
    """Its output, into a file: what it starts may hold a pipe open."""
    with (root.parent / "output").open("w+") as output:
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(command, cwd=root, stdout=output, stderr=output, timeout=_SECONDS)
        output.seek(0)
        return output.read()
