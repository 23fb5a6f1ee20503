"""What a file defines, with line numbers."""

from __future__ import annotations

import ast
import os
import re
import warnings

from smallcode_jupyter.protocol.errors import WorkspaceError
from smallcode_jupyter.workspace.notebooks import parse_notebook

__all__ = ["outline"]

_MAX_LINES = 400
_PYTHON = re.compile(r"^([ \t]*)((?:async\s+def|def|class)\s+\w+[^\n]*?):?[ \t]*(?:#.*)?$", re.MULTILINE)
_JAVASCRIPT = re.compile(
    r"^([ \t]*)((?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?"
    r"(?:function\*?\s+\w+[^{\n]*|class\s+\w+[^{\n]*|interface\s+\w+[^{\n]*|type\s+\w+[^=\n]*(?==)|enum\s+\w+"
    r"|(?:const|let|var)\s+\w+[^=\n]*=\s*(?:async\s*)?(?:function\b[^{\n]*|(?:\([^()\n]*\)|\w+)[^=\n]*=>)))",
    re.MULTILINE,
)
_GO = re.compile(r"^()((?:func\s+(?:\([^)]*\)\s*)?\w+[^{\n]*|type\s+\w+[^{\n]*))", re.MULTILINE)
_RUST = re.compile(
    r"^([ \t]*)((?:pub(?:\([^)]*\))?\s+)?(?:async\s+|unsafe\s+|const\s+)*"
    r"(?:fn|struct|enum|trait|mod|type|union)\s+\w+[^{;=\n]*|^[ \t]*(?:unsafe\s+)?impl\b[^{\n]*"
    r"|^[ \t]*macro_rules!\s*\w+)",
    re.MULTILINE,
)
_PATTERNS = {
    **dict.fromkeys((".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx"), _JAVASCRIPT),
    ".go": _GO,
    ".rs": _RUST,
}
_Line = tuple[int, str]


def outline(path: str, text: str) -> str:
    """One line for each definition (heading, cell), `LINE: what`, under a first line with the file's length.

    `text` has `\\n` line ends. A language that is not known gives the first line alone. Never raises.
    """
    suffix = os.path.splitext(path)[1].lower()
    if suffix == ".ipynb":
        return _notebook(path, text)
    if suffix in (".py", ".pyi"):
        lines = _python(text)
    elif suffix in (".md", ".markdown"):
        lines = _markdown(text)
    else:
        pattern = _PATTERNS.get(suffix)
        lines = _by_pattern(pattern, text) if pattern is not None else []
    count = text.count("\n") + (not text.endswith("\n") and bool(text))
    head = f"{path}: {count} line" + "s" * (count != 1)
    more = [f"({len(lines) - _MAX_LINES} more)"] if len(lines) > _MAX_LINES else []
    return "\n".join([head, *(f"{number}: {what}" for number, what in lines[:_MAX_LINES]), *more]) + "\n"


def _python(text: str) -> list[_Line]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
        lines: list[_Line] = []
        _visit(tree.body, 0, lines)
        return lines
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _by_pattern(_PYTHON, text)


def _visit(body: list[ast.stmt], depth: int, lines: list[_Line]) -> None:
    for node in body:
        if isinstance(node, ast.ClassDef):
            bases = ", ".join(ast.unparse(base) for base in [*node.bases, *(k.value for k in node.keywords)])
            lines.append(
                (node.lineno, f"{'    ' * depth}class {node.name}" + (f"({bases})" if bases else ""))
            )
            _visit(node.body, depth + 1, lines)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            word = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
            result = f" -> {ast.unparse(node.returns)}" if node.returns is not None else ""
            signature = f"{word} {node.name}({ast.unparse(node.args)}){result}"
            lines.append((node.lineno, "    " * depth + signature[:160]))
        elif isinstance(node, ast.If | ast.Try):
            _visit(node.body, depth, lines)
            _visit(node.orelse, depth, lines)


def _by_pattern(pattern: re.Pattern[str], text: str) -> list[_Line]:
    lines: list[_Line] = []
    number, position = 1, 0
    for found in pattern.finditer(text):
        start = found.start(2)
        number += text.count("\n", position, start)
        position = start
        lines.append((number, (found[1] + found[2]).rstrip()[:160]))
    return lines


def _markdown(text: str) -> list[_Line]:
    lines: list[_Line] = []
    fence = ""
    for number, line in enumerate(text.split("\n"), start=1):
        mark = re.match(r" {0,3}(`{3,}|~{3,})", line)
        if mark is not None and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence and re.match(r" {0,3}#{1,6}\s+\S", line):
            lines.append((number, line.strip()[:160]))
    return lines


def _notebook(path: str, text: str) -> str:
    try:
        notebook = parse_notebook(text, name=f"`{path}`")
    except WorkspaceError as error:
        return f"{path}: {error.what}\n"
    lines = [f"{path}: {len(notebook.cells)} cells, {notebook.language}"]
    for cell in notebook.cells[:_MAX_LINES]:
        first = next((line.strip() for line in cell.source.split("\n") if line.strip()), "(empty)")
        lines.append(f"{cell.id}: {cell.type}, {cell.source.count(chr(10)) + 1} lines: {first[:100]}")
    if len(notebook.cells) > _MAX_LINES:
        lines.append(f"({len(notebook.cells) - _MAX_LINES} more)")
    return "\n".join(lines) + "\n"
