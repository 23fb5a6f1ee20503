"""Programs that parse: node for JavaScript, esbuild for TypeScript, the formatters of Go and Rust, bash."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from smallcode_jupyter.checks.languages.ecmascript import is_module
from smallcode_jupyter.checks.launch import Launcher, Needs
from smallcode_jupyter.checks.trim import shorten
from smallcode_jupyter.sandbox.toolchains import find_esbuild, find_go, find_rustfmt

__all__ = ["PARSERS", "NoParser", "Unparsable", "parse_by_program"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unparsable:
    """Where and why a text cannot be parsed."""

    line: int
    """Counts from 1; 0 where the parser did not say."""
    message: str


class NoParser(Exception):
    """Nothing here can parse this language; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Program:
    """A program that parses its standard input and exits with 0 if that went well."""

    name: str
    arguments: tuple[str, ...]
    line: str
    """Finds the line number in its output, as group 1."""
    message: str
    """Finds the sentence, as group 1."""
    find: Callable[[Path], Path | None] | None = None
    """Where it is, given the project's folder; None: on the path."""
    needs: Needs = "little"


def _gofmt(folder: Path) -> Path | None:
    found, go = shutil.which("gofmt"), find_go()
    beside = go.with_name("gofmt") if go else None
    return Path(found) if found else beside if beside and beside.is_file() else None


def _esbuild(loader: str) -> _Program:
    return _Program(
        name="esbuild",
        arguments=(f"--loader={loader}", "--log-level=error", "--color=false"),
        line=r"<stdin>:(\d+):",
        message=r"\[ERROR\] (.+)$",
        find=find_esbuild,
        needs="compiler",
    )


_NODE = _Program(
    name="node",
    arguments=("--check", "-"),
    line=r"\[stdin\]:(\d+)",
    message=r"^(\w*Error: .+)$",
    needs="node",
)
_BASH = _Program(name="bash", arguments=("-n",), line=r"line (\d+):", message=r"line \d+: (.+)$")
PARSERS: dict[str, _Program] = {
    ".js": _NODE,
    ".cjs": _NODE,
    ".mjs": _NODE,
    ".jsx": _esbuild("jsx"),
    ".ts": _esbuild("ts"),
    ".mts": _esbuild("ts"),
    ".cts": _esbuild("ts"),
    ".tsx": _esbuild("tsx"),
    ".go": _Program(
        name="gofmt",
        arguments=("-e",),
        line=r"<standard input>:(\d+):",
        message=r":\d+:\d+: (.+)$",
        find=_gofmt,
    ),
    ".rs": _Program(
        name="rustfmt",
        arguments=("--edition", "2021"),
        line=r"<stdin>:(\d+)",
        message=r"^error(?:\[\w+\])?: (.+)$",
        find=lambda _: find_rustfmt(),
    ),
    ".sh": _BASH,
    ".bash": _BASH,
}


def parse_by_program(
    path: str, text: str, *, launcher: Launcher, folder: Path, package: Callable[[], Mapping[str, object]]
) -> Unparsable | None:
    """What is wrong with the text of a path whose ending is in `PARSERS`; None for nothing.

    Raises NoParser where the program is missing or breaks, SandboxError where it cannot be started.
    """
    program = PARSERS[PurePosixPath(path).suffix.lower()]
    found = program.find(folder) if program.find else shutil.which(program.name)
    if found is None:
        raise NoParser(f"{program.name} is not installed, so the syntax was not checked.")
    arguments = program.arguments
    if program is _NODE:
        arguments = (f"--input-type={'module' if is_module(path, text, package) else 'commonjs'}", *arguments)
    result = launcher.start((found, *arguments), folder=folder, stdin=text, needs=program.needs)
    if result.status != "exited" or result.exit_code < 0:
        raise NoParser(f"{program.name} did not finish, so the syntax was not checked.")
    if result.exit_code == 0:
        return None
    said = result.stderr or result.stdout
    line = re.search(program.line, said, re.MULTILINE)
    message = re.search(program.message, said, re.MULTILINE)
    if line is None and message is None:
        raise NoParser(f"{program.name} could not run: {shorten(said)}")
    return Unparsable(line=int(line[1]) if line else 0, message=shorten(message[1] if message else said, 300))
