"""Running examples of Go functions: a test file made for them, built with the package, and run."""

from __future__ import annotations

import json
import posixpath
import re
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

from smallcode_jupyter.checks.driven import Came, Driven, read_records
from smallcode_jupyter.checks.extract import Group
from smallcode_jupyter.checks.languages.go import NOT_INSTALLED, find_modules, read_faults, sources, start_go
from smallcode_jupyter.checks.launch import Launcher
from smallcode_jupyter.checks.literals import read_value
from smallcode_jupyter.checks.tree import Tree
from smallcode_jupyter.checks.values import Opaque, Value
from smallcode_jupyter.protocol.tools import Json
from smallcode_jupyter.sandbox.scratch import scratch_folder
from smallcode_jupyter.sandbox.toolchains import find_go

__all__ = ["run_go"]

_FILE = "zz_smallcode_examples_test.go"
_ROUNDS = 3
"""Examples that do not compile are left out, and the rest built again, so often."""
_SECONDS = 10.0
_PACKAGES = ("bytes", "errors", "math", "sort", "strconv", "strings", "time")
_BINDING = re.compile(r"^\s*(?:var\s+(\w+)\b|(\w+)(?:\s*,\s*(\w+))?\s*:=)")
_DRIVER = Path(__file__).with_name("driver.go.txt")


def run_go(path: str, groups: Sequence[Group], tree: Tree, *, launcher: Launcher) -> Driven:
    """Run the steps with the file's package, its own tests left out. Raises SandboxError."""
    modules = find_modules(tree, [path])
    if find_go() is None or not modules:
        return Driven(reason=NOT_INSTALLED)
    module, folder = modules[0], posixpath.dirname(path)
    package = re.search(r"^package\s+(\w+)", tree.text(path), re.MULTILINE)
    if package is None:
        return Driven(reason=f"{path} has no package clause.")
    files = sources(tree, module, posixpath.relpath(folder or ".", module.root))
    driver = tree.folder / folder / _FILE
    wanted = set(range(len(groups)))
    with scratch_folder() as name:
        scratch = Path(name)
        program, report, nonce = scratch / "examples", scratch / "report", secrets.token_hex(16)
        try:
            for _ in range(_ROUNDS):
                text, owners = _driver(package[1], groups, wanted, report, nonce)
                driver.write_text(text, encoding="utf-8")
                arguments: tuple[str | Path, ...] = ("test", "-c", "-vet=off", "-o", program, *files, _FILE)
                built = start_go(arguments, folder=driver.parent, scratch=scratch, launcher=launcher)
                broken = {owners.get(fault.line) for fault in read_faults(built.stderr + built.stdout, "")
                          if fault.path == _FILE}  # fmt: skip
                if not broken - {None}:
                    break
                wanted -= broken
        finally:
            driver.unlink(missing_ok=True)
        if not wanted or not program.is_file():
            return Driven(reason="No example could be compiled with this package.", seconds=built.seconds)
        result = launcher.start(
            (program, "-test.run", "^TestSmallcodeExamples$", "-test.timeout", f"{_SECONDS:g}s"),
            folder=driver.parent,
            write_roots=(tree.folder, scratch),
            needs="compiler",
            seconds=max(_SECONDS + 2, launcher.seconds / 2),
        )
        records = read_records(report, nonce)
    return Driven(came=_came(records, result.stderr, tree), seconds=built.seconds + result.seconds)


def _driver(
    package: str, groups: Sequence[Group], wanted: set[int], report: Path, nonce: str
) -> tuple[str, dict[int, int]]:
    """The test file, and which group each of its lines is of."""
    used = " ".join(step.source for group in groups for step in group.steps)
    filled = {
        "@PACKAGE@": package,
        "@IMPORTS@": "".join(f'\t"{name}"\n' for name in _PACKAGES if re.search(rf"\b{name}\.", used)),
        "@NONCE@": json.dumps(nonce),
        "@REPORT@": json.dumps(str(report)),
    }
    head = _DRIVER.read_text(encoding="utf-8")
    for mark, text in filled.items():
        head = head.replace(mark, text)
    lines = head.rstrip("\n").split("\n")
    owners: dict[int, int] = {}
    number = 0
    for index, group in enumerate(groups):
        if index in wanted:
            for line in _group_lines(group, number):
                lines.append(line)
                owners[len(lines)] = index
        number += len(group.steps)
    lines.append("}")
    return "\n".join(lines) + "\n", owners


def _group_lines(group: Group, first: int) -> Iterator[str]:
    yield "\tsmallcodeGroup(t, func() {"
    for offset, step in enumerate(group.steps):
        source = " ".join(step.source.strip().rstrip(";").split("\n"))
        if step.kind == "run":
            yield f"\t\tsmallcodeStart({first + offset})"
            yield f"\t\t{source}"
            yield f"\t\tsmallcodeRan({first + offset})"
            bound = _BINDING.match(source)
            yield from (
                f"\t\t_ = {name}" for name in (bound.groups() if bound else ()) if name and name != "_"
            )
        else:
            yield f"\t\tsmallcodeStep({first + offset}, func() []any {{ return smallcodePack({source}) }})"
    yield "\t})"


def _came(records: Sequence[dict[str, Json]], stderr: str, tree: Tree) -> dict[int, Came]:
    came: dict[int, Came] = {}
    started: int | None = None
    for record in records:
        index = record.get("index")
        if record.get("stage") == "started" and isinstance(index, int):
            started = index
        elif record.get("stage") in ("finished", "ran") and isinstance(index, int):
            came[index] = _value(record) if record["stage"] == "finished" else Came()
        elif record.get("stage") == "panic" and started is not None and started not in came:
            came[started] = Came(error="panic", message=str(record.get("message")))
    if started is not None and started not in came:
        hung = "panic: test timed out" in stderr or "SIGKILL" in stderr
        came[started] = Came(error="Timeout") if hung or not stderr.strip() else Came(
            error="panic", message=_last_panic(stderr)
        )  # fmt: skip
    return came


def _last_panic(stderr: str) -> str:
    found = re.search(r"^(?:panic|fatal error): (.+)$", stderr, re.MULTILINE)
    return found[1] if found else "the program ended"


def _value(record: dict[str, Json]) -> Came:
    written, texts, failed = (record.get(key) for key in ("source", "text", "failed"))
    if not isinstance(written, list) or not isinstance(texts, list) or not isinstance(failed, list):
        return Came()
    shown = ", ".join(str(text) for text in written)
    if failed and failed[-1] and len(failed) > 1:
        return Came(error="error", message=str(texts[-1]))
    results = [*zip(written, texts, failed, strict=True)]
    if len(results) > 1 and texts[-1] == "<nil>":
        results = results[:-1]
    values = tuple(_read(str(source), is_error=bool(is_error)) for source, _, is_error in results)
    return Came(
        values=values,
        shown=shown,
        printed=" ".join(str(text) for _, text, _ in results),
        is_truth=values == (True,),
    )


def _read(text: str, *, is_error: bool) -> Value:
    if is_error:
        return Opaque(kind="error", text=text)
    try:
        return read_value(text)
    except ValueError:
        return Opaque(kind="", text=text)
