"""Whether a text can be parsed, by language."""

from __future__ import annotations

import ast
import json
import re
import shutil
import tomllib
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from smallcode_jupyter.checks.launch import Launcher
from smallcode_jupyter.checks.staged import is_cell
from smallcode_jupyter.checks.trim import around, shorten, trim_detail, trim_display
from smallcode_jupyter.protocol.checks import CheckResult

__all__ = ["check_syntax", "mask_magics"]

_MODULE_SYNTAX = re.compile(r"^\s*(?:import\b(?!\s*\()|export\b)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unparsable:
    line: int
    """Counts from 1; 0 where the parser did not say."""
    message: str


class _NoChecker(Exception):
    """Nothing here can parse this language; the text says why."""


def check_syntax(path: str, text: str, *, launcher: Launcher, folder: Path) -> CheckResult:
    """Parse the text in the language of its path; a language without a parser here is `unchecked`.

    `folder` is where parsers that are programs run. Raises SandboxError where such a program cannot be started.
    """
    suffix = ".cell" if is_cell(path) else PurePosixPath(path).suffix.lower()
    try:
        fault = _parse(suffix, text, launcher, folder)
    except _NoChecker as reason:
        return CheckResult(name="syntax", status="unchecked", target=path, detail=str(reason))
    if fault is None:
        return CheckResult(name="syntax", status="passed", target=path, passed=1)
    place = f"{_shown(path)}, line {fault.line}" if fault.line else _shown(path)
    detail = f"{place}: {fault.message}"
    if 0 < fault.line <= text.count("\n") + 1:
        detail += "\n" + around(text, fault.line)
    return CheckResult(
        name="syntax",
        status="failed",
        target=path,
        failed=1,
        detail=trim_detail(detail),
        display=trim_display(detail),
    )


def mask_magics(code: str) -> str:
    """A cell's code with IPython's magics turned into plain calls, line by line. Code without them is as it was."""
    if not re.search(r"^\s*[%!?,;/]|[=\s][%!]\s*\w|\?\s*$", code, re.MULTILINE):
        return code
    from IPython.core.inputtransformer2 import TransformerManager

    manager: Any = TransformerManager()  # type: ignore[no-untyped-call]  # IPython's own signature
    return str(manager.transform_cell(code))


def _shown(path: str) -> str:
    return "the cell" if is_cell(path) else path


def _parse(suffix: str, text: str, launcher: Launcher, folder: Path) -> _Unparsable | None:
    if suffix in _IN_PROCESS:
        return _IN_PROCESS[suffix](text)
    if suffix in _PROGRAMS:
        return _parse_by_program(_PROGRAMS[suffix], text, launcher, folder)
    raise _NoChecker(f"There is no syntax checker for {suffix or 'files without an ending'}.")


def _parse_python(text: str) -> _Unparsable | None:
    return _compile(text, flags=0)


def _parse_cell(text: str) -> _Unparsable | None:
    fault = _compile(text, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    if fault is None:
        return None
    masked = mask_magics(text)
    return fault if masked == text else _compile(masked, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


def _compile(text: str, *, flags: int) -> _Unparsable | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<staged>", "exec", flags=flags, dont_inherit=True)
    except SyntaxError as error:
        message = f"{type(error).__name__}: {error.msg}"
        return _Unparsable(line=error.lineno or 0, message=message)
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        return _Unparsable(line=0, message=f"{type(error).__name__}: {error}")
    return None


def _parse_json(text: str) -> _Unparsable | None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return _Unparsable(line=error.lineno, message=f"not valid JSON: {error.msg} (column {error.colno})")
    except RecursionError:
        return _Unparsable(line=0, message="not usable JSON: nested too deeply")
    return None


def _parse_notebook(text: str) -> _Unparsable | None:
    fault = _parse_json(text)
    if fault is not None:
        return fault
    notebook = json.loads(text)
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        return _Unparsable(line=0, message='not a notebook: it has no list "cells"')
    return None


def _parse_toml(text: str) -> _Unparsable | None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        return _Unparsable(line=int(found[1]) if found else 0, message=f"not valid TOML: {error}")
    except RecursionError:
        return _Unparsable(line=0, message="not usable TOML: nested too deeply")
    return None


_IN_PROCESS: dict[str, Callable[[str], _Unparsable | None]] = {
    **dict.fromkeys((".py", ".pyi", ".pyw"), _parse_python),
    ".cell": _parse_cell,
    ".json": _parse_json,
    ".ipynb": _parse_notebook,
    ".toml": _parse_toml,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Program:
    """A program that parses its standard input and exits with 0 if that went well."""

    name: str
    command: Callable[[str], tuple[str, ...]]
    """Its arguments for a text."""
    line: str
    """Finds the line number in its output, as group 1."""
    message: str
    """Finds the sentence, as group 1."""
    is_node: bool = False


def _node_arguments(text: str) -> tuple[str, ...]:
    kind = "module" if _MODULE_SYNTAX.search(text) else "commonjs"
    return (f"--input-type={kind}", "--check", "-")


def _program(name: str, *arguments: str, line: str, message: str) -> _Program:
    return _Program(name=name, command=lambda text: arguments, line=line, message=message)


_NODE = _Program(
    name="node",
    command=_node_arguments,
    line=r"\[stdin\]:(\d+)",
    message=r"^(\w*Error: .+)$",
    is_node=True,
)
_NODE_MODULE = _Program(
    name="node",
    command=lambda text: ("--input-type=module", "--check", "-"),
    line=_NODE.line,
    message=_NODE.message,
    is_node=True,
)
_BASH = _program("bash", "-n", line=r"line (\d+):", message=r"line \d+: (.+)$")
_PROGRAMS: dict[str, _Program] = {
    ".js": _NODE,
    ".cjs": _NODE,
    ".mjs": _NODE_MODULE,
    ".go": _program("gofmt", "-e", line=r"<standard input>:(\d+):", message=r":\d+:\d+: (.+)$"),
    ".rs": _program("rustfmt", "--edition", "2021", line=r"<stdin>:(\d+)", message=r"^error: (.+)$"),
    ".sh": _BASH,
    ".bash": _BASH,
}


def _parse_by_program(program: _Program, text: str, launcher: Launcher, folder: Path) -> _Unparsable | None:
    if shutil.which(program.name) is None:
        raise _NoChecker(f"{program.name} is not installed, so the syntax was not checked.")
    command = (program.name, *program.command(text))
    result = launcher.start(command, folder=folder, stdin=text, is_node=program.is_node)
    if result.status != "exited" or result.exit_code < 0:
        raise _NoChecker(f"{program.name} did not finish, so the syntax was not checked.")
    if result.exit_code == 0:
        return None
    said = result.stderr or result.stdout
    line = re.search(program.line, said, re.MULTILINE)
    message = re.search(program.message, said, re.MULTILINE)
    if line is None and message is None:
        raise _NoChecker(f"{program.name} could not run: {shorten(said)}")
    return _Unparsable(
        line=int(line[1]) if line else 0, message=shorten(message[1] if message else said, 300)
    )
