"""Running a program as the task's words show it, and comparing what it prints."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path

from smallcode_jupyter.checks.commands import CommandExample, find_commands
from smallcode_jupyter.checks.languages.go import start_go
from smallcode_jupyter.checks.languages.rust import build_program
from smallcode_jupyter.checks.launch import Launcher, interpreter_paths
from smallcode_jupyter.checks.tree import Tree
from smallcode_jupyter.checks.trim import first_few, shorten, trim_detail, trim_display
from smallcode_jupyter.protocol.checks import CheckResult, CheckStatus
from smallcode_jupyter.protocol.errors import SandboxError
from smallcode_jupyter.sandbox.policy import ProcessResult
from smallcode_jupyter.sandbox.scratch import scratch_folder
from smallcode_jupyter.sandbox.toolchains import find_go, find_node

__all__ = ["check_programs", "concerns", "run_program"]

_SECONDS = 10.0
_MOST = 8
_LANGUAGE = {
    "python": (".py",),
    "python3": (".py",),
    "node": (".js", ".mjs", ".cjs"),
    "go": (".go",),
    "cargo": (".rs",),
}
_READS_INPUT = re.compile(
    r"\bsys\.stdin\b|\binput\(|\bfileinput\b|process\.stdin|readFileSync\(\s*(?:0|['\"]/dev/stdin)|\bos\.Stdin\b|stdin\(\)"
)
_FILE = re.compile(r"[\w./-]*\w\.(?:txt|csv|json|jsonl|log|md|toml|ya?ml|ini|xml|tsv|html|srt|env|dat)")
_MISSING = re.compile(r"ModuleNotFoundError: No module named '(\w+)|Cannot find package '([^']+)'")


def check_programs(
    changed: Sequence[str], *, words: str, fresh: Callable[[], Tree], launcher: Launcher, python: str
) -> CheckResult | None:
    """Run the programs that the words show with what they print. None where they show none that can be run.

    `fresh` gives the staged state as it is, what programs wrote taken back: each session of examples begins with it.
    Raises SandboxError, WorkspaceError.
    """
    tree = fresh()
    examples = [each for each in find_commands(words) if concerns(each, changed, tree)][:_MOST]
    if not examples:
        return None
    passed, failures, reasons, seconds = 0, [], [], 0.0
    session = examples[0].session
    for example in examples:
        tree, session = (tree if example.session == session else fresh()), example.session
        try:
            result = run_program(example, tree, launcher, python)
        except SandboxError as error:
            reasons.append(str(error))
            continue
        if isinstance(result, str):
            reasons.append(result)
            continue
        seconds += result.seconds
        status, what = _judge(example, result, tree)
        if status == "failed":
            failures.append(what)
        elif status == "unchecked":
            reasons.append(what)
        else:
            passed += 1
    verdict: CheckStatus = "failed" if failures else "passed" if passed else "unchecked"
    return CheckResult(
        name="programs",
        status=verdict,
        target=shlex.join(examples[0].words),
        passed=passed,
        failed=len(failures),
        detail=trim_detail(first_few(failures or reasons)),
        display=trim_display(
            "\n".join([f"{passed} of {len(examples)} commands print that.", *failures, *reasons])
        ),
        seconds=seconds,
    )


def concerns(example: CommandExample, changed: Sequence[str], tree: Tree) -> bool:
    """Whether the command runs code that was changed, with files that are there, and says what it reads."""
    suffix = _LANGUAGE[example.words[0]]
    if not any(path.endswith(suffix) for path in changed):
        return False
    program = _program_path(example, tree)
    if program is None:
        return False
    sources = [tree.text(path) for path in tree.paths if path.endswith(suffix)]
    if example.stdin is None and any(_READS_INPUT.search(text) for text in sources):
        return False
    named = [word for word in example.words[2:] if _FILE.fullmatch(word)]
    return all((tree.folder / word).is_file() for word in named) or example.session < 1_000


def _program_path(example: CommandExample, tree: Tree) -> str | None:
    """The file that the command starts; None where it is not there."""
    words = example.words
    if words[0] == "cargo":
        return "Cargo.toml" if "Cargo.toml" in tree.paths else None
    if words[:1] == ("go",):
        place = words[2].removeprefix("./") or "."
        found = any(
            path.endswith(".go") and (place in (".", path) or path.startswith(f"{place}/"))
            for path in tree.paths
        )
        return words[2] if found else None
    if words[1] == "-m":
        stem = words[2].replace(".", "/")
        tried = [f"{root}{stem}{ending}" for root in ("", "src/") for ending in (".py", "/__main__.py")]
        return next((path for path in tried if path in tree.paths), None)
    path = words[1].removeprefix("./")
    return path if path in tree.paths else None


def run_program(example: CommandExample, tree: Tree, launcher: Launcher, python: str) -> ProcessResult | str:
    """The finished program, or why it could not be run."""
    words = example.words
    with scratch_folder() as name:
        command: tuple[str | Path, ...]
        if words[0] in ("python", "python3"):
            command = (python, "-B", *words[1:])
        elif words[0] == "node":
            node = find_node()
            if node is None:
                return "Node is not installed, so the program was not run."
            command = (node, *words[1:])
        else:
            built = _built(words, tree, Path(name), launcher)
            if isinstance(built, str):
                return built
            command = (
                built,
                *(words[3:] if words[0] == "go" else words[3 if words[2:3] == ("--",) else 2 :]),
            )
        return launcher.start(
            command,
            folder=tree.folder,
            stdin=example.stdin or "",
            write_roots=(tree.folder,),
            imports_from=interpreter_paths(tree.folder) if words[0].startswith("python") else (),
            needs="node" if words[0] == "node" else "little",
            seconds=max(_SECONDS, launcher.seconds / 2),
        )


def _built(words: Sequence[str], tree: Tree, scratch: Path, launcher: Launcher) -> Path | str:
    if words[0] == "cargo":
        return build_program(tree, launcher=launcher) or "The program could not be built."
    if find_go() is None:
        return "Go is not installed, so the program was not run."
    program = scratch / "program"
    start_go(("build", "-o", program, words[2]), folder=tree.folder, scratch=scratch, launcher=launcher)
    return program if program.is_file() else "The program could not be built."


def _judge(example: CommandExample, result: ProcessResult, tree: Tree) -> tuple[CheckStatus, str]:
    shown = f"`{shlex.join(example.words)}`"
    if example.stdin:
        shown += f" with the input {shorten(repr(example.stdin), 120)}"
    if result.status == "cancelled":
        return "unchecked", "The run was stopped."
    if result.status == "timed_out":
        return "failed", f"{shown} did not finish in time"
    got = "\n".join(line.rstrip() for line in result.stdout.rstrip().split("\n"))
    if got == example.stdout:
        return "passed", ""
    missing = _MISSING.search(result.stderr)
    if missing and not any(Path(path).stem == (missing[1] or "") for path in tree.paths):
        return "unchecked", f"{missing[1] or missing[2]} is not installed, so {shown} could not be run."
    said = result.stderr.strip().replace(f"{tree.folder}/", "")
    problem = f"\n  it ended with exit code {result.exit_code}: {said.splitlines()[-1][:300]}" if said else ""
    return "failed", f"{shown} printed {_difference(got, example.stdout)}{problem}"


def _difference(got: str, want: str) -> str:
    if "\n" not in got + want:
        return f"{shorten(got) or 'nothing'}, expected {shorten(want)}"
    ours, theirs = got.split("\n"), want.split("\n")
    number = next(
        (index for index, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other),
        min(len(ours), len(theirs)),
    )
    lines = [each[number] if number < len(each) else "(no more lines)" for each in (ours, theirs)]
    return f"another text, first in line {number + 1}:\n  got:      {lines[0][:200]}\n  expected: {lines[1][:200]}"
