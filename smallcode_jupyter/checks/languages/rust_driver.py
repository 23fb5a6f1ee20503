"""Running examples of Rust functions: a program made for them, with the file as its module."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

from smallcode_jupyter.checks.driven import Came, Driven, read_records
from smallcode_jupyter.checks.extract import Group
from smallcode_jupyter.checks.languages.rust import NOT_INSTALLED, root_file, run_rustc
from smallcode_jupyter.checks.launch import Launcher
from smallcode_jupyter.checks.literals import read_value
from smallcode_jupyter.checks.tree import Tree
from smallcode_jupyter.checks.values import Opaque, Value
from smallcode_jupyter.protocol.tools import Json
from smallcode_jupyter.sandbox.scratch import scratch_folder
from smallcode_jupyter.sandbox.toolchains import find_rustc

__all__ = ["run_rust"]

_ROUNDS = 4
"""Examples that do not compile are left out, and the rest built again, so often."""
_SECONDS = 10.0
_DRIVER = Path(__file__).with_name("driver.rs.txt")


def run_rust(path: str, groups: Sequence[Group], tree: Tree, *, launcher: Launcher) -> Driven:
    """Run the steps with the file as a module of a program of our own. Raises SandboxError."""
    if find_rustc() is None:
        return Driven(reason=NOT_INSTALLED)
    if root_file(tree, path) != path or tree.nearest(path, "Cargo.toml"):
        return Driven(reason=f"{path} belongs to a larger program, so its examples were not run.")
    wanted = set(range(len(groups)))
    with scratch_folder() as name:
        scratch = Path(name)
        program, report, nonce = scratch / "examples", scratch / "report", secrets.token_hex(16)
        driver = scratch / "driver.rs"
        for _ in range(_ROUNDS):
            text, owners = _driver(tree.folder / path, groups, wanted, report, nonce)
            driver.write_text(text, encoding="utf-8")
            options = ("-C", "debuginfo=1", "-o", program)
            built = run_rustc(tree, driver, options, scratch=scratch, launcher=launcher)
            broken = {owners[fault.line] for fault in built.faults if fault.line in owners
                      and fault.path == str(driver.resolve())}  # fmt: skip
            if not broken:
                break
            wanted -= broken
        if not wanted or not program.is_file():
            reason = "No example could be compiled with this file."
            return Driven(reason=reason, seconds=built.result.seconds)
        result = launcher.start(
            (program,),
            folder=tree.folder,
            write_roots=(tree.folder, scratch),
            seconds=max(_SECONDS, launcher.seconds / 2),
        )
        records = read_records(report, nonce)
    is_late = result.status == "timed_out"
    return Driven(came=_came(records, tree, is_late=is_late), seconds=built.result.seconds + result.seconds)


def _driver(
    file: Path, groups: Sequence[Group], wanted: set[int], report: Path, nonce: str
) -> tuple[str, dict[int, int]]:
    """The program, and which group each of its lines is of."""
    filled = {"@FILE@": json.dumps(str(file)), "@REPORT@": json.dumps(str(report)), "@NONCE@": nonce}
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
    yield "    smallcode_group(std::panic::AssertUnwindSafe(|| {"
    for offset, step in enumerate(group.steps):
        index = first + offset
        source = " ".join(step.source.strip().rstrip(";").split("\n"))
        yield f'        smallcode_send("started", {index}, "");'
        if step.kind == "run":
            yield f"        {source};"
            yield f'        smallcode_send("ran", {index}, "");'
        else:
            yield f'        smallcode_send("finished", {index}, &format!("{{:?}}", {source}));'
    yield "    }));"


def _came(records: Sequence[dict[str, Json]], tree: Tree, *, is_late: bool) -> dict[int, Came]:
    came: dict[int, Came] = {}
    started: int | None = None
    for record in records:
        index, text = record.get("index"), str(record.get("text"))
        if record.get("stage") == "started" and isinstance(index, int):
            started = index
        elif record.get("stage") == "finished" and isinstance(index, int):
            value = _read(text)
            came[index] = Came(values=(value,), shown=text, printed=text, is_truth=value is True)
        elif record.get("stage") == "ran" and isinstance(index, int):
            came[index] = Came()
        elif record.get("stage") == "panic" and started is not None and started not in came:
            came[started] = _panic(text, tree)
    if started is not None and started not in came:
        came[started] = Came(error="Timeout") if is_late else Came(error="panic", message="the program ended")
    return came


def _panic(text: str, tree: Tree) -> Came:
    where, _, message = text.partition("\n")
    found = re.fullmatch(r"(.+):(\d+)", where)
    place = ""
    if found and Path(found[1]).is_relative_to(tree.folder):
        name = Path(found[1]).relative_to(tree.folder).as_posix()
        lines, number = tree.text(name).split("\n"), int(found[2])
        place = f"{name}, line {number}: {lines[number - 1].strip()[:160]}" if number <= len(lines) else name
    return Came(error="panic", message=message, place=place)


def _read(text: str) -> Value:
    try:
        return read_value(text)
    except ValueError:
        return Opaque(kind="", text=text)
