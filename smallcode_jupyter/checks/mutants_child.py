"""Runs in a process of its own: the tests of some files, once for every mutant of a module, each in a forked copy.

Reads one JSON object from standard input: `folder`, `module` (the file to overwrite), `mutants` (its texts), `tests`
(paths), `search` (for imports), `report` (a file), `seconds` (of one mutant). Writes a line a mutant to the report:
`killed`, `survived` or `undecided`. The first line is for the module as it is.
"""

from __future__ import annotations

import json
import os
import signal
import sys


def _run(spec: dict[str, object], tests: list[str]) -> int:
    """In the copy: pytest's exit status."""
    import pytest

    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    signal.alarm(int(spec["seconds"]))  # type: ignore[call-overload]
    return int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--no-header", "--tb=no", *tests]))


def _outcome(status: int) -> str:
    if os.WIFSIGNALED(status):
        return "killed"
    code = os.WEXITSTATUS(status)
    return {0: "survived", 1: "killed", 2: "killed"}.get(code, "undecided")


def main() -> None:
    spec = json.load(sys.stdin)
    sys.path[0:1] = spec["search"]
    sys.dont_write_bytecode = True
    os.chdir(spec["folder"])
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    import pytest  # noqa: F401 - once, for all the copies

    with open(spec["module"], encoding="utf-8", newline="") as file:
        original = file.read()
    with open(spec["report"], "w", encoding="utf-8") as report:
        for text in [original, *spec["mutants"]]:
            with open(spec["module"], "w", encoding="utf-8", newline="") as file:
                file.write(text)
            child = os.fork()
            if child == 0:
                try:
                    code = _run(spec, spec["tests"])
                finally:
                    os._exit(code if "code" in dir() else 3)
            _, status = os.waitpid(child, 0)
            report.write(_outcome(status) + "\n")
            report.flush()


if __name__ == "__main__":
    main()
