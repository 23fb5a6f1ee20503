"""Taking tests that fail on the code as it is out of written test files: what they expect was guessed wrong."""

from __future__ import annotations

import ast
import re
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from smallcode_jupyter.checks.launch import Launcher, interpreter_paths
from smallcode_jupyter.sandbox.scratch import scratch_folder

__all__ = ["failing_tests", "without_tests"]

_NOT_OK = re.compile(r"^\s*not ok \d+ - (.+?)\s*$", re.MULTILINE)
_CALL = r"^[ \t]*(?:await[ \t]+)?(?:test|it)(?:\.\w+)?\(\s*(?P<quote>['\"`]){name}(?P=quote)"
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_PAIRS = {"(": ")", "[": "]", "{": "}"}


def failing_tests(path: str, *, folder: Path, launcher: Launcher, python: str) -> tuple[str, ...]:
    """The tests of one file that fail: `test_a`, `TestCart.test_b`, or the title of a JavaScript test.

    Empty where all pass, or the runner did not get through. Raises SandboxError where nothing could be started.
    """
    if PurePosixPath(path).suffix != ".py":
        result = launcher.start(
            ("node", "--test-reporter=tap", "--test", path),
            folder=folder,
            write_roots=(folder,),
            needs="node",
        )
        titles = dict.fromkeys(_NOT_OK.findall(result.stdout))
        return tuple(title for title in titles if not title.endswith(PurePosixPath(path).name))
    with scratch_folder() as name:
        report = Path(name) / "report.xml"
        launcher.start(
            (python, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", path),
            folder=folder,
            write_roots=(folder, Path(name)),
            imports_from=interpreter_paths(folder),
        )
        return _failing_cases(report, PurePosixPath(path).stem)


def _failing_cases(report: Path, module: str) -> tuple[str, ...]:
    try:
        tree = ElementTree.fromstring(report.read_text(encoding="utf-8"))
    except (OSError, ElementTree.ParseError):
        return ()
    names: dict[str, None] = {}
    for case in tree.iter("testcase"):
        if case.find("failure") is None and case.find("error") is None:
            continue
        owner = (case.get("classname") or "").rpartition(f"{module}.")[2] if case.get("classname") else ""
        function = (case.get("name") or "").partition("[")[0]
        is_in_class = bool(owner) and owner.rpartition(".")[2] != module
        names[f"{owner.rpartition('.')[2]}.{function}" if is_in_class else function] = None
    return tuple(names)


def without_tests(path: str, text: str, names: tuple[str, ...]) -> str | None:
    """The file without these tests, or None where none of its tests would be left or one was not found."""
    if PurePosixPath(path).suffix == ".py":
        return _without_functions(text, names)
    for name in names:
        span = _call_span(text, name)
        if span is None:
            return None
        text = text[: span[0]].rstrip(" \t") + text[span[1] :].lstrip(" \t;").removeprefix("\n")
    return text if re.search(_CALL.format(name=".+?"), text, re.MULTILINE) else None


def _without_functions(text: str, names: tuple[str, ...]) -> str | None:
    tree = ast.parse(text)
    functions: dict[str, _Function] = {}
    for node in tree.body:
        if isinstance(node, _Function):
            functions[node.name] = node
        elif isinstance(node, ast.ClassDef):
            inner = [item for item in node.body if isinstance(item, _Function)]
            functions.update({f"{node.name}.{item.name}": item for item in inner})
    tests = {name for name in functions if name.rpartition(".")[2].startswith("test")}
    if not set(names) <= tests or tests == set(names):
        return None
    lines = text.splitlines(keepends=True)
    for function in sorted((functions[name] for name in names), key=_first_line, reverse=True):
        first, last = _first_line(function), function.end_lineno or 0
        while last < len(lines) and not lines[last].strip():
            last += 1
        del lines[first - 1 : last]
    kept = "".join(lines).rstrip("\n") + "\n"
    return kept if _is_valid(kept) else None


def _first_line(node: _Function) -> int:
    return min([node.lineno, *(item.lineno for item in node.decorator_list)])


def _is_valid(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _call_span(text: str, title: str) -> tuple[int, int] | None:
    """Where the call of `test` or `it` with this title stands."""
    found = re.search(_CALL.format(name=re.escape(title)), text, re.MULTILINE)
    if found is None:
        return None
    stack: list[str] = []
    position = text.index("(", found.start())
    while position < len(text):
        character = text[position]
        if character in "'\"`":
            string = re.compile(rf"{character}(?:\\.|[^\\])*?{character}", re.DOTALL).match(text, position)
            if string is None:
                return None
            position = string.end()
            continue
        if character in _PAIRS:
            stack.append(_PAIRS[character])
        elif stack and character == stack[-1]:
            stack.pop()
            if not stack:
                return found.start(), position + 1
        position += 1
    return None
