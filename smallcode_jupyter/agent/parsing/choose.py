"""Which of several blocks is the file, when they have no path or the same one."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from smallcode_jupyter.agent.parsing.repair import parse_python

__all__ = ["Candidate", "choose_file", "is_usage", "join_cells", "looks_like_python", "python_facts"]

_OLD = re.compile(
    r"\b(?:original|old|buggy|broken|incorrect|current|existing|previous|wrong) "
    r"(?:code|version|function|implementation|file|method|class|cell|script)\b|\bbefore:|\binstead of\b",
    re.IGNORECASE,
)
_NEW = re.compile(r"\b(?:new|fixed|updated|corrected|modified|revised|improved)\b", re.IGNORECASE)
_USAGE = re.compile(r"\b(?:usage|example|you can (?:use|call|run|test)|to (?:use|test|run))\b", re.IGNORECASE)
_MAGIC = re.compile(r"^([ \t]*)[%!][^\n]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A block that could be the file."""

    content: str
    lead: str
    """The line of text before the block; empty if there is none."""
    is_python: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    parses: bool
    names: frozenset[str]
    """Functions and classes defined at the top."""
    lines: int


def python_facts(code: str) -> tuple[bool, frozenset[str]]:
    """Whether it parses as Python (magics allowed), and the functions and classes at its top."""
    tree = parse_python(_MAGIC.sub(r"\1pass", code))
    if not isinstance(tree, ast.Module):
        found = re.findall(r"^(?:async +)?(?:def|class) +(\w+)", code[:100_000], re.MULTILINE)
        return False, frozenset(found)
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return True, frozenset(node.name for node in tree.body if isinstance(node, kinds))


def looks_like_python(code: str) -> bool:
    """Whether it is code rather than output or a listing: it parses and does something, or defines or imports."""
    tree = parse_python(_MAGIC.sub(r"\1pass", code))
    if not isinstance(tree, ast.Module):
        return (
            re.search(r"^[ \t]*(?:async def|def|class|from|import) +\w", code[:100_000], re.MULTILINE)
            is not None
        )
    return any(not isinstance(node, ast.Expr) or _is_call(node) for node in tree.body)


def _is_call(node: ast.Expr) -> bool:
    return isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name | ast.Attribute)


def is_usage(content: str, lead: str) -> bool:
    """Whether a Python block only shows how the code is used: announced as that, and defining nothing."""
    return _USAGE.search(lead) is not None and not python_facts(content)[1]


def choose_file(candidates: Sequence[Candidate], *, may_join: bool) -> tuple[tuple[int, ...], str]:
    """The indices of the blocks that make the file (several only where they are pieces), and why.

    Left out: what the text calls old, usage examples, what does not parse beside what does. Of the rest the one
    that defines most, the last of equals. `may_join` allows pieces: all parse, none defines what another does.
    """
    kept = _without_old(candidates)
    facts = {index: _facts(candidates[index]) for index in kept}
    if not any(candidates[index].is_python for index in kept):
        return (_longest(kept, facts),), "the last of the longest blocks"
    kept = _prefer(kept, lambda index: bool(facts[index].names))
    kept = _prefer(kept, lambda index: facts[index].parses)
    kept = _prefer(kept, lambda index: not _USAGE.search(candidates[index].lead))
    if may_join and len(kept) > 1 and _are_pieces([facts[index] for index in kept]):
        return tuple(kept), "pieces of one file"
    best = max(kept, key=lambda index: (len(facts[index].names), _rank(facts[index]), index))
    return (best,), "the block that defines most, the last of equals"


def _facts(candidate: Candidate) -> _Facts:
    parses, names = python_facts(candidate.content) if candidate.is_python else (True, frozenset())
    return _Facts(parses=parses, names=names, lines=candidate.content.count("\n"))


def _rank(facts: _Facts) -> int:
    """Where nothing is defined, length decides; otherwise the later block may well be the shorter."""
    return 0 if facts.names else facts.lines


def _without_old(candidates: Sequence[Candidate]) -> list[int]:
    indices = list(range(len(candidates)))
    return _prefer(indices, lambda index: not _is_old(candidates[index].lead))


def _is_old(lead: str) -> bool:
    return _OLD.search(lead) is not None and _NEW.search(lead) is None


def _prefer(indices: list[int], is_wanted: Callable[[int], bool]) -> list[int]:
    return [index for index in indices if is_wanted(index)] or indices


def _longest(indices: list[int], facts: dict[int, _Facts]) -> int:
    """The last block that is no fragment: at least half as long as the longest."""
    most = max(facts[index].lines for index in indices)
    return [index for index in indices if 2 * facts[index].lines >= most][-1]


def _are_pieces(facts: Sequence[_Facts]) -> bool:
    seen: set[str] = set()
    for each in facts:
        if not each.parses or not each.names or seen & each.names:
            return False
        seen |= each.names
    return True


def join_cells(candidates: Sequence[Candidate]) -> tuple[int, ...]:
    """The indices of the blocks that are consecutive steps of one cell.

    Left out: old code, blocks that do not parse beside blocks that do, and each block whose lines or
    definitions a later (or, for repeated pieces, an earlier) one has.
    """
    kept = _without_old(candidates)
    facts = {index: _facts(candidates[index]) for index in kept}
    kept = _prefer(kept, lambda index: facts[index].parses)
    lines = {index: frozenset(_code_lines(candidates[index].content)) for index in kept}
    return tuple(
        index
        for index in kept
        if not any(_is_covered(index, other, lines, facts) for other in kept if other != index)
    )


def _is_covered(index: int, other: int, lines: dict[int, frozenset[str]], facts: dict[int, _Facts]) -> bool:
    if other > index:
        return lines[index] <= lines[other] or bool(facts[index].names & facts[other].names)
    return lines[index] < lines[other]


def _code_lines(content: str) -> list[str]:
    return [stripped for line in content.split("\n") if (stripped := line.strip())]
