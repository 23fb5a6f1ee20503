"""Whether a text can be parsed, by language."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import json
import re
import tomllib
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from xml.parsers import expat

from smallcode_jupyter.checks.launch import Launcher
from smallcode_jupyter.checks.parsers import PARSERS, NoParser, Unparsable, parse_by_program
from smallcode_jupyter.checks.staged import is_cell
from smallcode_jupyter.checks.trim import around, trim_detail, trim_display
from smallcode_jupyter.protocol.checks import CheckResult

__all__ = ["check_syntax", "mask_magics"]

_WITH_COMMENTS = re.compile(
    r"(?:.*/)?(?:[jt]sconfig[^/]*\.json|\.eslintrc\.json|\.vscode/[^/]*\.json|[^/]*\.jsonc)"
)
_COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_LAST_COMMA = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[\]}])')


def check_syntax(
    path: str,
    text: str,
    *,
    launcher: Launcher,
    folder: Path,
    package: Callable[[], Mapping[str, object]] = dict,
    before: str | None = None,
) -> CheckResult:
    """Parse the text in the language of its path; a language without a parser here is `unchecked`.

    JSON may have comments where the text `before` had some. `folder` is where parsers that are programs run,
    `package` gives the package.json that Node would go by.
    Raises SandboxError where such a program cannot be started.
    """
    try:
        is_loose = path.endswith(".json") and _has_comments(before or "")
        plain = _without_comments(text) if is_loose or _WITH_COMMENTS.fullmatch(path) else text
        fault = _parse(path, plain, launcher, folder, package)
    except NoParser as reason:
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


def _parse(
    path: str, text: str, launcher: Launcher, folder: Path, package: Callable[[], Mapping[str, object]]
) -> Unparsable | None:
    suffix = ".cell" if is_cell(path) else PurePosixPath(path).suffix.lower()
    if suffix in _IN_PROCESS:
        return _IN_PROCESS[suffix](text)
    if suffix in PARSERS:
        return parse_by_program(path, text, launcher=launcher, folder=folder, package=package)
    raise NoParser(f"There is no syntax checker for {suffix or 'files without an ending'}.")


def _has_comments(before: str) -> bool:
    """Whether a JSON text was valid but for comments and commas at the end of lists."""
    return bool(before) and _parse_json(before) is not None and _parse_json(_without_comments(before)) is None


def _without_comments(text: str) -> str:
    """JSON with its comments and last commas blanked, each character in its place."""
    return _LAST_COMMA.sub(_string_or_blank, _COMMENT.sub(_string_or_blank, text))


def _string_or_blank(found: re.Match[str]) -> str:
    return found[1] or re.sub(r"[^\n]", " ", found[0])


def _parse_python(text: str) -> Unparsable | None:
    return _compile(text, flags=0)


def _parse_cell(text: str) -> Unparsable | None:
    fault = _compile(text, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    if fault is None:
        return None
    masked = mask_magics(text)
    return fault if masked == text else _compile(masked, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


def _compile(text: str, *, flags: int) -> Unparsable | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<staged>", "exec", flags=flags, dont_inherit=True)
    except SyntaxError as error:
        message = f"{type(error).__name__}: {error.msg}"
        return Unparsable(line=error.lineno or 0, message=message)
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        return Unparsable(line=0, message=f"{type(error).__name__}: {error}")
    return None


def _parse_json(text: str) -> Unparsable | None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return Unparsable(line=error.lineno, message=f"not valid JSON: {error.msg} (column {error.colno})")
    except RecursionError:
        return Unparsable(line=0, message="not usable JSON: nested too deeply")
    return None


def _parse_notebook(text: str) -> Unparsable | None:
    fault = _parse_json(text)
    if fault is not None:
        return fault
    notebook = json.loads(text)
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        return Unparsable(line=0, message='not a notebook: it has no list "cells"')
    return None


def _parse_toml(text: str) -> Unparsable | None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        return Unparsable(line=int(found[1]) if found else 0, message=f"not valid TOML: {error}")
    except RecursionError:
        return Unparsable(line=0, message="not usable TOML: nested too deeply")
    return None


def _parse_json_lines(text: str) -> Unparsable | None:
    for number, line in enumerate(text.split("\n"), start=1):
        fault = _parse_json(line) if line.strip() else None
        if fault is not None:
            return Unparsable(line=number, message=fault.message)
    return None


def _parse_yaml(text: str) -> Unparsable | None:
    if importlib.util.find_spec("yaml") is None:
        raise NoParser("PyYAML is not installed, so the syntax was not checked.")
    yaml: Any = importlib.import_module("yaml")
    try:
        for _ in yaml.compose_all(text, Loader=yaml.SafeLoader):
            pass
    except yaml.YAMLError as error:
        if re.search(r"\{\{|\{%", text):
            raise NoParser("A program makes YAML from it, so the syntax was not checked.") from error
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        return Unparsable(line=mark.line + 1 if mark else 0, message=f"not valid YAML: {problem}")
    except RecursionError:
        return Unparsable(line=0, message="not usable YAML: nested too deeply")
    return None


def _parse_xml(text: str) -> Unparsable | None:
    parser = expat.ParserCreate()
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        return Unparsable(line=error.lineno, message=f"not valid XML: {expat.ErrorString(error.code)}")
    return None


_IN_PROCESS: dict[str, Callable[[str], Unparsable | None]] = {
    **dict.fromkeys((".py", ".pyi", ".pyw"), _parse_python),
    ".cell": _parse_cell,
    ".json": _parse_json,
    ".jsonc": _parse_json,
    ".jsonl": _parse_json_lines,
    ".ipynb": _parse_notebook,
    ".toml": _parse_toml,
    ".yaml": _parse_yaml,
    ".yml": _parse_yaml,
    ".svg": _parse_xml,
    ".xml": _parse_xml,
}
