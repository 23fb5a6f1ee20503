"""Writing other parameters and arguments into a Python file, with all else kept to the byte."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator, Sequence

from smallcode_jupyter.index.renaming.files import PythonFile, refused
from smallcode_jupyter.index.renaming.outcome import Site
from smallcode_jupyter.workspace.grammar import Edit, edited

__all__ = ["Function", "Writing"]

Function = ast.FunctionDef | ast.AsyncFunctionDef
Arguments = Sequence[tuple[str, ast.expr | str]]


class Writing:
    """Changes of one file."""

    def __init__(self, file: PythonFile) -> None:
        self.file = file
        self._data = file.text.encode()
        self._starts = [0]
        for line in self._data.split(b"\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._parameters: list[tuple[Function, str]] = []
        self._calls: list[tuple[ast.Call, Arguments]] = []
        self._nodes: list[ast.AST] = []

    def parameters(self, function: Function, text: str) -> None:
        """Give a function these parameters."""
        self._parameters.append((function, text))
        self._nodes.append(function)

    def arguments(self, call: ast.Call, arguments: Arguments) -> None:
        """Give a call these arguments: expressions of this file, or new texts."""
        self._calls.append((call, arguments))
        self._nodes.append(call)

    def text(self) -> str:
        """The new text. Raises WorkspaceError where it could not be written."""
        edits: list[Edit] = []
        for function, text in self._parameters:
            start, end = self._between(function)
            edits.append((start, end, text))
        # Inner calls first: an outer one takes them over as they are by then.
        for call, arguments in sorted(
            self._calls, key=lambda one: self._span(one[0])[1] - self._span(one[0])[0]
        ):
            start, end = self._between(call)
            parts = [
                f"{name}={self._part(value, edits)}" if name else self._part(value, edits)
                for name, value in arguments
            ]
            edits = [one for one in edits if not (start <= one[0] and one[1] <= end)]
            edits.append((start, end, self._laid_out(start, end, parts)))
        text = edited(self._data, edits)
        try:
            ast.parse(text)
        except SyntaxError as error:
            raise refused(self.file.path, f"The change would not parse in line {error.lineno}.") from error
        return text

    def sites(self) -> Iterator[Site]:
        """The lines that change, before and after, as far as they have the same number."""
        after = self.text().split("\n")
        before = self.file.text.split("\n")
        for line in sorted({node.lineno for node in self._nodes if isinstance(node, (ast.stmt, ast.expr))}):
            same = after[line - 1].strip() if len(after) == len(before) else ""
            yield Site(path=self.file.path, line=line, before=before[line - 1].strip(), after=same)

    def _part(self, value: ast.expr | str, edits: Sequence[Edit]) -> str:
        if isinstance(value, str):
            return value
        start, end = self._span(value)
        inner = [
            (one[0] - start, one[1] - start, one[2]) for one in edits if start <= one[0] and one[1] <= end
        ]
        return edited(self._data[start:end], inner)

    def _laid_out(self, start: int, end: int, parts: Sequence[str]) -> str:
        """One argument a line where the old ones began on a line of their own."""
        old = self._data[start:end]
        if not old[: len(old) - len(old.lstrip())].count(b"\n") or not parts:
            return ", ".join(parts)
        lead = old[: len(old) - len(old.lstrip())].decode()
        tail = old[len(old.rstrip()) :].decode()
        return lead + f",{lead}".join(parts) + "," * old.rstrip().endswith(b",") + tail

    def _span(self, node: ast.stmt | ast.expr) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self._starts[node.lineno - 1] + node.col_offset
        return start, self._starts[node.end_lineno - 1] + node.end_col_offset

    def _between(self, node: Function | ast.Call) -> tuple[int, int]:
        """Where the parentheses of a call or a definition begin and end, without themselves."""
        if isinstance(node, ast.Call):
            start = self._data.index(b"(", self._span(node.func)[1]) + 1
            return start, self._span(node)[1] - 1
        start, end = self._span(node)
        opened = _parentheses(self._data[start:end].decode())
        if opened is None:
            raise refused(self.file.path, f"The parameters in {self.file.at(node)} cannot be told.")
        (line, column), (last_line, last_column) = opened
        first = start if line == 1 else self._starts[node.lineno - 1 + line - 1]
        last = start if last_line == 1 else self._starts[node.lineno - 1 + last_line - 1]
        return first + self._bytes(first, column), last + self._bytes(last, last_column)

    def _bytes(self, at: int, characters: int) -> int:
        return len(self._data[at:].decode("utf-8", "ignore")[:characters].encode())


def _parentheses(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """After the first opening parenthesis outside of brackets, and before the one that closes it: (line, column)."""
    depth = 0
    start: tuple[int, int] | None = None
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.string in ("(", "[", "{"):
                if token.string == "(" and depth == 0:
                    start = token.end
                depth += 1
            elif token.string in (")", "]", "}"):
                depth -= 1
                if depth == 0 and start is not None:
                    return start, token.start
    except (tokenize.TokenError, IndentationError):
        return None
    return None
